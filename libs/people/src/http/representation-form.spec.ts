import { InvalidInput } from '@caretrail/kernel';
import { describe, expect, it } from '@jest/globals';
import { AppointRepresentative } from '../contracts/index.js';
import { appointmentFrom, inFormFields, revocationFrom } from './representation-form.js';

const ids = {
  personId: '4471c0de-0000-4000-8000-000000000001',
  representationId: '4471c0de-0000-4000-8000-000000000002',
};
const sister = '4471c0de-0000-4000-8000-000000000003';
const typed = {
  kind: 'informal',
  scope: ['assessment', 'reviews', 'everything'],
  'representative.personId': ` http://here/people/${sister.toUpperCase()} `,
  'representative.relation': ' Her sister ',
  'evidence.kind': 'the person’s own word',
  'evidence.seenOn': '1/3/2026',
  effectiveOn: '2/3/2026',
  until: '',
  'conflict.kind': 'other',
  'conflict.reasons': 'They share a house.',
};
const faultsOf = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ field }) => field);
    throw error;
  }
  return [];
};

describe('what is typed about a representative', () => {
  it('becomes the command: the record by its address, the scopes there are, what was left out left out', () => {
    const { data, effectiveOn } = appointmentFrom(ids, typed);
    expect(effectiveOn).toBe('2026-03-02');
    expect(AppointRepresentative.schema.parse(data)).toEqual({
      ...ids,
      kind: 'informal',
      representative: { personId: sister, relation: 'Her sister' },
      evidence: { kind: 'the person’s own word', seenOn: '2026-03-01' },
      scope: ['assessment', 'reviews'],
      conflicts: [{ kind: 'other', reasons: 'They share a house.', handling: '' }],
    });
  });
  it('may be one scope, a name, a last day, and no conflict', () => {
    const { data } = appointmentFrom(ids, {
      ...typed,
      scope: 'reviews',
      'representative.personId': '',
      'representative.name': 'A Neighbour',
      until: '2/3/2027',
      'conflict.kind': '',
    });
    expect(data).toMatchObject({ scope: ['reviews'], representative: { name: 'A Neighbour' }, until: '2027-03-02' });
    expect(data.conflicts).toEqual([]);
  });
  it('names every field that cannot be understood', () => {
    expect(faultsOf(() => appointmentFrom(ids, { 'representative.personId': 'Joan', until: 'soon' }))).toEqual([
      'kind',
      'representative.personId',
      'evidence.kind',
      'evidence.seenOn',
      'effectiveOn',
      'until',
    ]);
  });
  it('shows the faults of the first conflict where the form has it', () =>
    expect(
      inFormFields([
        { rule: 'a', message: 'b', field: 'conflicts.0.handling' },
        { rule: 'a', message: 'b' },
      ]).map(({ field }) => field),
    ).toEqual(['conflict.handling', undefined]));
});

describe('what is typed about its end', () => {
  it('becomes the command', () => {
    const said = {
      representationId: ids.representationId,
      reason: 'the authority ended',
      reasons: ' Over ',
      effectiveOn: '2/3/2026',
    };
    expect(revocationFrom(ids.personId, said)).toEqual({
      effectiveOn: '2026-03-02',
      data: { ...ids, reason: 'the authority ended', reasons: 'Over' },
    });
  });
  it('says why and when', () =>
    expect(faultsOf(() => revocationFrom(ids.personId, { reason: 'so' }))).toEqual(['reason', 'effectiveOn']));
});
