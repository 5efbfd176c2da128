import { type Fault, InvalidInput, isPlainDate } from '@caretrail/kernel';
import { ERASED } from '@caretrail/privacy';
import { parseUkDate, ukDate } from '@caretrail/web';
import type { PersonDetails } from '../contracts/index.js';

/** Values of Client Level Data, Release 2, as the form offers them. */
export const genders = ['Male', 'Female', 'Other', 'Unknown'] as const;

const textFields = ['firstName', 'lastName', 'nhsNumber', 'localId', 'postcode'] as const;
const POSTCODE = /^([A-Z]{1,2}\d[A-Z\d]?) ?(\d)[A-Z]{2}$/;

/** The sum of the first nine digits, weighted 10 to 2, gives the tenth (modulus 11). */
function isNhsNumber(text: string): boolean {
  if (!/^\d{10}$/.test(text)) return false;
  const sum = [...text.slice(0, 9)].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  return (11 - (sum % 11)) % 11 === Number(text[9]);
}

/**
 * What was typed about a person, as details and the day from which the council knows of them. Year of birth and
 * postcode sector, which are not personal, are drawn from the date of birth and the postcode.
 * @throws InvalidInput with every field that cannot be understood; values are never repeated
 */
export function personFrom(typed: Readonly<Record<string, unknown>>): { details: PersonDetails; effectiveOn: string } {
  const text = (field: string): string => {
    const value = typed[field];
    return typeof value === 'string' ? value.trim() : '';
  };
  const faults: Fault[] = [];
  const fault = (field: string, message: string) => faults.push({ rule: 'input-shape', field, message });

  const effectiveOn = parseUkDate(text('effectiveOn'));
  if (!effectiveOn)
    fault('effectiveOn', 'Enter the day from which the council knows of the person, such as 14/3/2026.');
  if (!text('details.firstName')) fault('details.firstName', 'Enter the first name.');
  if (!text('details.lastName')) fault('details.lastName', 'Enter the last name.');
  const born = text('details.dateOfBirth');
  const dateOfBirth = parseUkDate(born);
  if (born && !dateOfBirth) fault('details.dateOfBirth', 'The date of birth must be a real day, such as 31/3/1946.');
  const nhsNumber = text('details.nhsNumber').replaceAll(/[\s-]/g, '');
  if (nhsNumber && !isNhsNumber(nhsNumber))
    fault('details.nhsNumber', 'An NHS number has 10 digits, and its last digit follows from the others. Check it.');
  const postcode = text('details.postcode').toUpperCase().replaceAll(/\s+/g, ' ');
  const sector = POSTCODE.exec(postcode);
  if (postcode && !sector) fault('details.postcode', 'The postcode must be a full one, such as ZZ1 4AB.');
  const gender = text('details.gender');
  if (gender && !(genders as readonly string[]).includes(gender)) fault('details.gender', 'Choose one of the answers.');
  if (faults.length || !effectiveOn) throw new InvalidInput(faults);

  const given: Partial<Record<(typeof textFields)[number], string>> = {};
  for (const field of textFields) if (text(`details.${field}`)) given[field] = text(`details.${field}`);
  return {
    effectiveOn,
    details: {
      ...given,
      ...(nhsNumber && { nhsNumber }),
      ...(dateOfBirth && { dateOfBirth, birthYear: Number(dateOfBirth.slice(0, 4)) }),
      ...(sector && { postcode: `${sector[1]} ${postcode.slice(-3)}`, postcodeSector: `${sector[1]} ${sector[2]}` }),
      ...(gender && { gender }),
    },
  };
}

/** The fields of the form as they stand, for somebody to correct; of somebody who was erased nothing. */
export function typedFrom(details: PersonDetails): Record<string, string> {
  const { dateOfBirth = '', gender } = details;
  const said: (readonly [string, string | undefined])[] = [
    ...textFields.map((field) => [field, details[field]] as const),
    ['gender', gender],
    ['dateOfBirth', isPlainDate(dateOfBirth) ? ukDate(dateOfBirth) : ''],
  ];
  return Object.fromEntries(
    said.flatMap(([field, value]) => (value && value !== ERASED ? [[`details.${field}`, value]] : [])),
  );
}

/**
 * The whole details after a correction: what the form asks as it was typed, also where it was emptied, and what it does not
 * ask as it stood. The year of birth and the postcode sector follow what they are drawn from; alone, as returns tell them, they stay.
 */
export function correctedDetails(before: PersonDetails, typed: PersonDetails): PersonDetails {
  const { dateOfBirth, birthYear, postcode, postcodeSector, gender, ...others } = before;
  const unasked = Object.fromEntries(
    Object.entries(others).filter(([field]) => !(textFields as readonly string[]).includes(field)),
  );
  return {
    ...unasked,
    ...(!dateOfBirth && birthYear !== undefined && { birthYear }),
    ...(!postcode && postcodeSector && { postcodeSector }),
    ...(gender && { gender }),
    ...typed,
  };
}
