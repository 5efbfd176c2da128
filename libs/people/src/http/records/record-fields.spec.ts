import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@caretrail/kernel';
import { type RecordField, recordFrom } from './record-fields.js';

const field = (kind: RecordField['kind'], more: Partial<RecordField> = {}): RecordField => ({
  kind,
  name: 'asked',
  label: 'Asked',
  ...more,
});
const day = { effectiveOn: '14/3/2026' };
const valueOf = (asked: RecordField, typed: unknown): unknown =>
  recordFrom([asked], { ...day, asked: typed }).data['asked'];
const refused = (fields: RecordField[], typed: object): (string | undefined)[] => {
  try {
    recordFrom(fields, { ...day, ...typed });
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map((fault) => fault.field);
    throw error;
  }
  return [];
};
const id = '0b0f0000-0000-4000-8000-000000000001';

describe('what is typed about what is known around a person', () => {
  it.each<[RecordField, unknown, unknown]>([
    [field('choice', { values: ['a', 'b'] }), 'b', 'b'],
    [field('select', { values: [{ value: 'a', text: 'The first' }] }), 'a', 'a'],
    [field('choices', { values: ['a', 'b', 'c'] }), ['c', 'a', 'x'], ['a', 'c']],
    [field('choices', { values: ['a'] }), 'a', ['a']],
    [field('choices', { values: ['a'] }), undefined, []],
    [field('yes-no'), 'yes', true],
    [field('yes-no'), 'no', false],
    [field('words'), '  said ', 'said'],
    [field('words'), ' ', ''],
    [field('words', { optional: true }), ' ', undefined],
    [field('day'), '1.2.2026', '2026-02-01'],
    [field('day', { optional: true }), '', undefined],
    [field('number', { optional: true }), '', undefined],
    [field('number'), '12', 12],
    [field('records'), `http://here/people/${id.toUpperCase()}\n\n ${id}`, [id, id]],
    [field('records'), '', []],
    [field('heading'), 'anything', undefined],
  ])('reads %j, typed as %j', (asked, typed, read) => expect(valueOf(asked, typed)).toEqual(read));

  it('is nested as the names say, with the day', () =>
    expect(
      recordFrom([field('text', { name: 'advocate.name' }), field('text', { name: 'advocate.organisation' })], {
        ...day,
        'advocate.name': 'An Advocate',
        'advocate.organisation': 'Wrenbridge Advocacy',
      }),
    ).toEqual({
      effectiveOn: '2026-03-14',
      data: { advocate: { name: 'An Advocate', organisation: 'Wrenbridge Advocacy' } },
    }));

  it('is refused as a whole, at every field that cannot be understood', () => {
    const fields = [
      field('choice', { name: 'one', values: ['a'] }),
      field('yes-no', { name: 'two' }),
      field('day', { name: 'three' }),
      field('day', { name: 'four', optional: true }),
      field('number', { name: 'five' }),
      field('records', { name: 'six' }),
    ];
    const typed = { one: 'b', three: '31/2/2026', four: 'soon', five: '1.5', six: 'Joan', effectiveOn: '' };
    expect(refused(fields, typed)).toEqual(['one', 'two', 'three', 'four', 'five', 'six', 'effectiveOn']);
  });

  it('may leave a choice open where the form lets it', () => {
    const open = [
      field('choice', { values: ['a'], optional: true }),
      field('yes-no', { name: 'other', optional: true }),
    ];
    expect(refused(open, {})).toEqual([]);
    expect(recordFrom(open, day).data).toEqual({});
  });
});
