import type { closingReasons, MeansOutcome, WayToHold } from '../contracts/index.js';

const ways: Readonly<Record<WayToHold, string>> = {
  'cash direct payment': 'paid to you, and you arrange your care yourself (a direct payment)',
  'held by the care manager': 'looked after by the council, which arranges your care',
  trust: 'looked after for you by a trust (a direct payment)',
  'indirect payment to a third party': 'paid to somebody who looks after it for you (a direct payment)',
  'held by a provider': 'looked after by a care provider, as you agree with them',
};
const outcomes: Readonly<Record<MeansOutcome, string>> = {
  'contribution assessed': 'you pay a part of the cost',
  'nothing to pay': 'you have nothing to pay',
  'declined, pays the full cost': 'you did not want us to look at your money, so you pay the full cost',
  'not charged by law': 'the law does not let us charge you for this',
};
const endings: Readonly<Record<(typeof closingReasons)[number], string>> = {
  'the person died': 'the person died',
  'ordinarily resident elsewhere': 'you live in the area of another council now',
  'needs are no longer eligible': 'your needs have changed, so that we do not have to meet them any more',
  'needs are met in another way': 'your needs are met in another way',
  'the person declined': 'you told us that you do not want it',
  'replaced by a new allocation': 'a new personal budget takes its place',
};
const grounds: Readonly<Record<string, string>> = {
  Answers: 'What you and we said about your needs',
  'Indicative budget': 'The first idea of the amount',
  'Another amount approved': 'Another amount, which was approved',
  'Check at local prices': 'What care costs here',
  'Allocation made final': 'The decision on the amount',
  'Financial assessment': 'What you can pay',
  Agreed: 'The statement was agreed',
  Revised: 'The statement was changed',
  'Way to hold it': 'How the money is held',
  Closed: 'The personal budget ended',
};

/** What the closed lists of a statement say in a sentence to the person whose it is. */
export const toThePerson = {
  way: (way: WayToHold): string => ways[way],
  means: (outcome: MeansOutcome): string => outcomes[outcome],
  ending: (reason: (typeof closingReasons)[number]): string => endings[reason],
  /** What a statement rests on; what is none of the usual as it is written. */
  ground: (what: string): string =>
    what.startsWith('Rulebook') ? 'The rules by which the first idea was worked out' : (grounds[what] ?? what),
};
