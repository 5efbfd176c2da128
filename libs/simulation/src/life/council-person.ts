import { addDays, type PlainDate } from '@caretrail/kernel';
import type { Outcome } from '@caretrail/assessment/contracts';
import type { PersonDetails } from '@caretrail/people/contracts';
import { type SeededRandom, syntheticFirstName, syntheticLastName } from '@caretrail/returns';
import { published, supportReasons, type SupportReason } from './published-figures.js';

/** Somebody of the demonstration council. Nobody: the name is of syllables, the postcode in an area that there is not. */
export interface CouncilPerson {
  readonly personId: string;
  readonly details: PersonDetails;
  /** 65 or over when the story begins. */
  readonly older: boolean;
  readonly reason: SupportReason;
  /** Needs that go with the reason, the likelier ones first. */
  readonly likelyNeeds: readonly Outcome[];
}

const ETHNICITIES = [
  ['White: English, Welsh, Scottish, Northern Irish or British', 0.78],
  ['Asian or Asian British: Indian', 0.05],
  ['Asian or Asian British: Pakistani', 0.05],
  ['Black, Black British, Caribbean or African: Caribbean', 0.04],
  ['Black, Black British, Caribbean or African: African', 0.04],
  ['White: Irish', 0.04],
] as const;

const HOMES = [
  'Owner occupier or shared ownership scheme',
  'Owner occupier or shared ownership scheme',
  'Tenant: Local authority or other social housing provider',
  'Tenant: Private landlord',
  'Settled mainstream housing with family or friends',
  'Sheltered housing, extra care housing or other sheltered housing',
] as const;

const needsOf: Readonly<Record<SupportReason, readonly Outcome[]>> = {
  'access and mobility': [
    'facilities and services in the community',
    'using the home safely',
    'a habitable home',
    'being appropriately clothed',
    'family and other personal relationships',
  ],
  'personal care': [
    'personal hygiene',
    'being appropriately clothed',
    'nutrition',
    'toilet needs',
    'using the home safely',
    'a habitable home',
  ],
  sensory: [
    'facilities and services in the community',
    'using the home safely',
    'family and other personal relationships',
    'nutrition',
  ],
  'memory and cognition': [
    'nutrition',
    'using the home safely',
    'personal hygiene',
    'family and other personal relationships',
    'toilet needs',
    'a habitable home',
  ],
  'learning disability': [
    'facilities and services in the community',
    'work, training, education or volunteering',
    'nutrition',
    'a habitable home',
    'family and other personal relationships',
    'personal hygiene',
  ],
  'mental health': [
    'family and other personal relationships',
    'a habitable home',
    'work, training, education or volunteering',
    'nutrition',
    'caring responsibilities for a child',
  ],
  social: ['family and other personal relationships', 'facilities and services in the community', 'a habitable home'],
};

/** One of a list of things with weights. */
export function weighed<Item>(random: SeededRandom, items: readonly (readonly [Item, number])[]): Item {
  let left = random.next() * items.reduce((sum, [, weight]) => sum + weight, 0);
  return (items.find(([, weight]) => (left -= weight) < 0) ?? items.at(-1)!)[0];
}

/** @param older left out, as often as people aged 65 and over ask for support */
export function councilPerson(
  personId: string,
  random: SeededRandom,
  today: PlainDate,
  older: boolean = random.chance(published.requestsAged65),
): CouncilPerson {
  // The mean of two draws lies in the middle of the ages more often than at their ends.
  const years = older
    ? Math.round((random.between(66, 98) + random.between(66, 98)) / 2)
    : Math.round((random.between(20, 63) + random.between(20, 63)) / 2);
  const dateOfBirth = addDays(today, -Math.round(years * 365.25) - random.between(0, 300));
  const reason = weighed(
    random,
    supportReasons.map((each) => [each.reason, older ? each.older : each.younger] as const),
  );
  const district = `ZZ${random.between(1, 12)}`;
  const sector = random.between(1, 9);
  return {
    personId,
    older,
    reason,
    likelyNeeds: needsOf[reason],
    details: {
      firstName: syntheticFirstName(random),
      lastName: syntheticLastName(random),
      dateOfBirth,
      birthYear: Number(dateOfBirth.slice(0, 4)),
      postcode: `${district} ${sector}${random.pick(['AA', 'BD', 'CE', 'GH', 'JL', 'NP', 'QR', 'ST'])}`,
      postcodeSector: `${district} ${sector}`,
      gender: random.chance(0.58) ? 'Female' : 'Male',
      ethnicity: weighed(random, ETHNICITIES),
      accommodationStatus: random.pick(HOMES),
      hasUnpaidCarer: random.chance(0.34) ? 'Yes' : 'No',
    },
  };
}
