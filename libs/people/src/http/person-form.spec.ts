import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@caretrail/kernel';
import { RegisterPerson } from '../contracts/index.js';
import { correctedDetails, personFrom, typedFrom } from './person-form.js';

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

describe('what is typed to put right what is known', () => {
  const { details } = personFrom(typed);
  it('begins with what stands, and comes out the same', () => {
    const shown = typedFrom(details);
    expect(shown).toMatchObject({ 'details.firstName': 'Ada', 'details.dateOfBirth': '3/2/1941' });
    expect(personFrom({ ...shown, effectiveOn: typed.effectiveOn }).details).toEqual(details);
    expect(correctedDetails(details, details)).toEqual(details);
  });
  it('keeps what the form does not ask, and takes out what was emptied', () => {
    const before = { ...details, localId: '17', ethnicity: 'Refused', gpPracticeName: 'The surgery' };
    const { nhsNumber, ...without } = details;
    expect(nhsNumber).toBe('9990000018');
    expect(correctedDetails(before, without)).toEqual({
      ...without,
      ethnicity: 'Refused',
      gpPracticeName: 'The surgery',
    });
  });
  it('lets year, sector and gender of a return stand where the form says nothing', () => {
    const returned = { birthYear: 1941, postcodeSector: 'ZZ1 4', gender: 'Indeterminate', autism: 'No' };
    const names = { firstName: 'Ada', lastName: 'Okoro' };
    expect(correctedDetails(returned, names)).toEqual({ ...returned, ...names });
    const moved = {
      ...names,
      postcode: 'ZZ2 1AB',
      postcodeSector: 'ZZ2 1',
      dateOfBirth: '1942-02-03',
      birthYear: 1942,
    };
    expect(correctedDetails(returned, moved)).toEqual({ ...returned, ...moved });
    // The full date and postcode were there, and are taken out with what was drawn from them.
    expect(correctedDetails({ ...moved, autism: 'No' }, names)).toEqual({ ...names, autism: 'No' });
  });
  it('shows nothing of somebody who was erased', () =>
    expect(typedFrom({ firstName: '[erased]', dateOfBirth: '[erased]', gender: 'Female' })).toEqual({
      'details.gender': 'Female',
    }));
});
