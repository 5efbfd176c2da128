import { InvalidInput } from '@caretrail/kernel';
import { describe, expect, it } from '@jest/globals';
import type { Specification } from '../application/specification.query.js';
import { dayFrom, readOpening, sectionsFrom, specificationForms, textFrom, type Typed } from './specification-forms.js';

const [FIRST, SECOND] = ['0b0f0000-0000-4000-8000-000000000001', '0b0f0000-0000-4000-8000-000000000002'];
const said = (contributionId: string, role = 'carers') => ({
  contributionId,
  role,
  people: 2,
  way: 'survey',
  on: '2026-03-01',
  own: false,
});
const specification = {
  contributions: [said(FIRST), said(SECOND)],
  versions: [{ version: 3, sections: [{ heading: 'Times', text: 'As agreed.' }] }],
  tookPart: [{ role: 'carers', people: 4 }],
} as unknown as Specification;
const read = (name: string, typed: Typed) => specificationForms[name]!.read(typed, specification);
const fieldsAtFault = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ field }) => field);
    throw error;
  }
  return [];
};

describe('a specification as it is typed', () => {
  it('has a section for each heading, and an introduction before the first', () => {
    expect(sectionsFrom('\nFor whom.\n\n# Times\nAs agreed.\nOr sooner.\n## People\nThe same.')).toEqual([
      { heading: 'Introduction', text: 'For whom.' },
      { heading: 'Times', text: 'As agreed.\nOr sooner.' },
      { heading: 'People', text: 'The same.' },
    ]);
    const sections = [{ heading: 'Times', text: 'As agreed.' }];
    expect(sectionsFrom(textFrom(sections))).toEqual(sections);
    expect(sectionsFrom('')).toEqual([]);
  });

  it('answers the contributions of which something is said', () => {
    const typed = {
      text: '# Times\r\nAs agreed.',
      [`takenUp-${FIRST}`]: 'yes',
      [`answer-${FIRST}`]: ' Times are agreed. ',
    };
    expect(read('version', typed)).toEqual({
      sections: [{ heading: 'Times', text: 'As agreed.' }],
      answers: [{ contributionId: FIRST, takenUp: true, answer: 'Times are agreed.' }],
    });
    const no = { ...typed, [`takenUp-${SECOND}`]: 'no', [`answer-${SECOND}`]: 'Too dear.' };
    expect(read('version', no)).toMatchObject({ answers: [{}, { contributionId: SECOND, takenUp: false }] });
  });

  it('says what is missing, all at once', () => {
    expect(fieldsAtFault(() => read('version', {}))).toEqual(['text']);
    const half = { text: '# Times\n# \nx', [`takenUp-${FIRST}`]: 'yes', [`answer-${SECOND}`]: 'x' };
    expect(fieldsAtFault(() => read('version', half))).toEqual([
      'text',
      'text',
      `answer-${FIRST}`,
      `takenUp-${SECOND}`,
    ]);
    expect(fieldsAtFault(() => readOpening({ title: ' ' }))).toEqual(['title', 'component', 'purpose']);
    expect(fieldsAtFault(() => read('contribution', {}))).toEqual(['role', 'inTheirWords']);
    expect(fieldsAtFault(() => read('withdrawal', {}))).toEqual(['reason']);
    expect(fieldsAtFault(() => dayFrom({ effectiveOn: '31/2/2026' }))).toEqual(['effectiveOn']);
    expect(dayFrom({ effectiveOn: '28/2/2026' })).toBe('2026-02-28');
  });

  it('counts those who took part; a person is one', () => {
    const typed = { role: 'carers', inTheirWords: 'Ring first.', way: 'survey' };
    expect(read('contribution', typed)).toMatchObject({ people: 1, way: 'survey' });
    expect(read('contribution', { ...typed, people: '12' })).toMatchObject({ people: 12 });
    for (const people of ['', '0', 'some', '1.5'])
      expect(fieldsAtFault(() => read('contribution', { ...typed, people }))).toEqual(['people']);
  });

  it('is published in its newest version, and asks for a reason only where nobody concerned took part', () => {
    expect(read('publication', {})).toEqual({ version: 3 });
    const without = { ...specification, tookPart: [{ role: 'providers', people: 1 }] } as Specification;
    const form = specificationForms['publication']!;
    expect(form.fields(specification, false)).toEqual([]);
    expect(form.fields(without, false).map(({ name }) => name)).toEqual(['withoutLivedExperience']);
  });
});
