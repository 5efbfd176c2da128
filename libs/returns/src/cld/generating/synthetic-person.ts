import { addDays } from '@caretrail/kernel';
import { nhsCheckDigit } from '../normalising/nhs-number.js';
import {
  accommodationStatuses,
  ethnicities,
  hearingImpairments,
  primarySupportReasons,
  visualImpairments,
  type ClientType,
} from '../specification/coded-values.js';
import type { Cells } from '../reading/read-cld-file.js';
import { SeededRandom } from './seeded-random.js';

const SYLLABLES = [
  'ba',
  'cor',
  'del',
  'fen',
  'gal',
  'hin',
  'jor',
  'kel',
  'lum',
  'mar',
  'nov',
  'pel',
  'quin',
  'ros',
  'sel',
  'tam',
  'ven',
  'wil',
  'yor',
  'zan',
];
const FIRST = [
  'Avela',
  'Brenno',
  'Cyrin',
  'Delwen',
  'Edrith',
  'Fenella',
  'Gorrin',
  'Hesper',
  'Ilvane',
  'Jorrick',
  'Kessa',
  'Lorvin',
  'Mirelle',
  'Nestan',
  'Orla-Fay',
  'Perrin',
  'Quilla',
  'Rosmund',
  'Silvan',
  'Tamsel',
  'Ulric',
  'Venna',
  'Wystan',
  'Yestin',
  'Zelda-May',
];

/**
 * Person `index` of a synthetic council: nobody. The names are made of syllables, the NHS number lies in the range
 * beginning 999 that is never issued, and the postcode in an area (ZZ) that the United Kingdom does not have.
 */
export interface SyntheticPerson {
  readonly index: number;
  readonly laPersonId: string;
  readonly clientType: ClientType;
  readonly bornOn: string;
  /** What every row of the person repeats. */
  readonly cells: Cells;
}

/** The council's own number of person `index`; stable whatever else changes. */
export const laPersonIdOf = (index: number): string => `P${String(index + 1).padStart(7, '0')}`;

/** Nine digits from 999000000 on; those without a check digit are passed over. */
export function neverIssuedNhsNumber(index: number): string | undefined {
  const nine = `999${String(index % 1_000_000).padStart(6, '0')}`;
  const check = nhsCheckDigit(nine);
  return check === 10 ? undefined : `${nine}${check}`;
}

/** A last name that nobody bears, made of syllables. */
export function syntheticLastName(random: SeededRandom): string {
  const last = [random.pick(SYLLABLES), random.pick(SYLLABLES), random.pick(SYLLABLES)].join('');
  return last[0]!.toUpperCase() + last.slice(1);
}

export const syntheticFirstName = (random: SeededRandom): string => random.pick(FIRST);

export function syntheticPerson(index: number, random: SeededRandom): SyntheticPerson {
  const roll = random.next();
  const clientType: ClientType =
    index === 0 || roll < 0.86 ? 'Service user' : roll < 0.97 ? 'Unpaid carer' : 'Unpaid carer known by association';
  const old = random.chance(0.68);
  const bornOn = addDays(old ? '1930-01-01' : '1960-01-01', random.between(0, old ? 10_500 : 16_500));
  const lastName = syntheticLastName(random);
  const nhsNumber = neverIssuedNhsNumber(index);
  const isUser = clientType === 'Service user';
  const caredFor = isUser ? [] : [Math.max(0, index - 1), ...(random.chance(0.1) && index > 1 ? [index - 2] : [])];
  return {
    index,
    laPersonId: laPersonIdOf(index),
    clientType,
    bornOn,
    cells: {
      ...(nhsNumber && { nhsNumber }),
      laPersonId: laPersonIdOf(index),
      firstName: syntheticFirstName(random),
      lastName,
      gpPracticeName: `Practice ${random.between(1, 40)}`,
      gpPracticeCode: `Z9${String(random.between(1, 40)).padStart(4, '0')}`,
      gender: random.pick(['Male', 'Female', 'Female', 'Unknown']),
      ethnicity: random.chance(0.6)
        ? 'White: English, Welsh, Scottish, Northern Irish or British'
        : random.pick(ethnicities).value,
      dateOfBirth: bornOn,
      clientType,
      postcode: `ZZ${random.between(1, 12)} ${random.between(1, 9)}${random.pick(['AA', 'BD', 'CE', 'GH', 'JL', 'NP', 'QR', 'ST', 'UX', 'YZ'])}`,
      accommodationStatus: random.pick(accommodationStatuses.slice(0, 8)).value,
      hasUnpaidCarer: random.pick(['Yes', 'No', 'Unknown']),
      ...(isUser && {
        primarySupportReason: old
          ? random.pick(primarySupportReasons.slice(0, 6)).value
          : random.pick(primarySupportReasons.slice(0, 11)).value,
        employmentStatus: old
          ? 'Not in paid employment: Not actively seeking work or retired'
          : random.pick(['Unknown', 'Paid: Less than 16 hours a week', 'Not in paid employment: Seeking work']),
        autism: random.pick(['No', 'No', 'No', 'Yes', 'Unknown']),
        visualImpairment: random.chance(0.9) ? 'No visual impairment' : random.pick(visualImpairments).value,
        hearingImpairment: random.chance(0.85) ? 'No hearing impairment' : random.pick(hearingImpairments).value,
        dementia: old && random.chance(0.2) ? 'Yes' : 'No',
      }),
      ...(!isUser && {
        primarySupportReason: 'Social support: Support to unpaid carer',
        hoursCared: random.pick(['1-19 hours per week', '20-49 hours per week', '50+ hours per week']),
        adultsCaredFor: String(caredFor.length),
        linkedAdult1: laPersonIdOf(caredFor[0]!),
        ...(caredFor[1] !== undefined && { linkedAdult2: laPersonIdOf(caredFor[1]) }),
      }),
    },
  };
}
