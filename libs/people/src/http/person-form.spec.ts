import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@caretrail/kernel';
import { RegisterPerson } from '../contracts/index.js';
import { personFrom } from './person-form.js';

const typed = {
  effectiveOn: '14/3/2026',
  'details.firstName': ' Ada ',
  'details.lastName': 'Okoro',
  'details.dateOfBirth': '3.2.1941',
  'details.nhsNumber': '999 000 0018',
  'details.postcode': 'zz1  4ab',
  'details.gender': 'Female',
  'details.localId': '',
  commandId: 'something',
};

const fieldsRefused = (change: object): (string | undefined)[] => {
  try {
    personFrom({ ...typed, ...change });
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ field }) => field);
    throw error;
  }
  return [];
};

describe('what is typed about a new person', () => {
  it('becomes details, with what is not personal drawn from what is', () => {
    const { details, effectiveOn } = personFrom(typed);
    expect(effectiveOn).toBe('2026-03-14');
    expect(details).toEqual({
      firstName: 'Ada',
      lastName: 'Okoro',
      dateOfBirth: '1941-02-03',
      birthYear: 1941,
      nhsNumber: '9990000018',
      postcode: 'ZZ1 4AB',
      postcodeSector: 'ZZ1 4',
      gender: 'Female',
    });
    const personId = '4471c0de-0000-4000-8000-000000000001';
    expect(() => RegisterPerson.schema.parse({ personId, simulated: true, details })).not.toThrow();
  });

  it('needs a name and a day, and nothing else', () => {
    expect(
      fieldsRefused({
        'details.dateOfBirth': '',
        'details.nhsNumber': '',
        'details.postcode': '',
        'details.gender': '',
      }),
    ).toEqual([]);
    expect(fieldsRefused({ effectiveOn: '', 'details.firstName': ' ', 'details.lastName': undefined })).toEqual([
      'effectiveOn',
      'details.firstName',
      'details.lastName',
    ]);
  });

  it.each([
    ['details.dateOfBirth', '31/2/1941'],
    ['details.nhsNumber', '9990000019'],
    ['details.nhsNumber', '12345'],
    ['details.postcode', 'QX9'],
    ['details.gender', 'F'],
    ['effectiveOn', ['14/3/2026', '15/3/2026']],
  ])('refuses %s when it is %j, without repeating it', (field, value) => {
    expect(fieldsRefused({ [field]: value })).toEqual([field]);
    expect(() => personFrom({ ...typed, [field]: value })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(String(value)) }),
    );
  });
});
