import type { Contributor, FivePoint, ReasonNotMet } from '../contracts/index.js';

/** To whom a plan is put: to staff in the terms of the law; to the person, or who speaks for them, in plain words. */
export type Reader = 'staff' | 'person' | 'representative';

/** How the closed lists of a plan read for somebody. What is none of them is left as it is. */
export interface PlanWords {
  readonly need: (need: string) => string;
  /** Who gives support, or whose line it is. */
  readonly who: (contributor: string) => string;
  readonly notMet: (reason: string) => string;
  readonly point: (point: string) => string;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const asWritten: PlanWords = { need: capital, who: capital, notMet: capital, point: capital };

const needs: Readonly<Record<string, string>> = {
  nutrition: 'Eating and drinking',
  'personal hygiene': 'Washing and keeping clean',
  'toilet needs': 'Using the toilet',
  'being appropriately clothed': 'Getting dressed',
  'using the home safely': 'Moving safely at home',
  'a habitable home': 'Looking after the home',
  'family and other personal relationships': 'Family and friends',
  'work, training, education or volunteering': 'Work, learning, volunteering',
  'facilities and services in the community': 'Getting out',
  'caring responsibilities for a child': 'Caring for a child',
  'providing care to other people': 'Caring for other people',
  'recreational activities': 'Time for what you enjoy',
};
const whoToThePerson: Readonly<Record<Contributor, string>> = {
  person: 'You',
  carer: 'Your carer',
  family: 'Your family',
  'front-line worker': 'A care worker',
  community: 'People around you',
};
const whoToOthers: Readonly<Record<Contributor, string>> = {
  person: 'The person',
  carer: 'Their carer',
  family: 'Their family',
  'front-line worker': 'A care worker',
  community: 'People around them',
};
const reasonsToThePerson: Readonly<Record<ReasonNotMet, string>> = {
  'a carer meets it (s18(7))': 'Your carer does this.',
  'the person declined': 'You told us that you do not want help with this.',
  'not asked for': 'You did not ask us for this.',
  'another power or bar (s21–s23)': 'The law has somebody else do this, such as the NHS or the housing service.',
};
const reasonsToOthers: Readonly<Record<ReasonNotMet, string>> = {
  'a carer meets it (s18(7))': 'A carer does this.',
  'the person declined': 'They said that they do not want help with this.',
  'not asked for': 'They did not ask the council for this.',
  'another power or bar (s21–s23)': 'The law has somebody else do this, such as the NHS or the housing service.',
};
const points: Readonly<Record<FivePoint, string>> = {
  'controlled by the person': 'You decide how you are supported',
  'level agreed openly': 'We agreed openly with you how much support there is',
  'help close to the person': 'There is help close to you when you want it',
  'the person controls the money': 'You decide how the money is used',
  'ethical principles': 'You are treated fairly and with respect',
};

const from = (words: Readonly<Record<string, string>>) => (said: string) => words[said] ?? capital(said);

/** @param reader whose page it is; a print is always put to the person */
export function putInWords(reader: Reader): PlanWords {
  if (reader === 'staff') return asWritten;
  const me = reader === 'person';
  return {
    need: from(needs),
    who: from(me ? whoToThePerson : whoToOthers),
    notMet: from(me ? reasonsToThePerson : reasonsToOthers),
    point: me ? from(points) : capital,
  };
}

/** @param account who reads @param personId whose plan it is */
export const readerOf = (
  account: { readonly role: string; readonly personId?: string | undefined },
  personId: string,
): Reader => {
  if (account.role !== 'person') return 'staff';
  return account.personId === personId ? 'person' : 'representative';
};
