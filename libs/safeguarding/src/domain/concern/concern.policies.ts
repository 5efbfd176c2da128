import { formatDate, type DecisionContext, type Policy } from '@caretrail/kernel';
import {
  locationsOfRisk,
  sourcesOfRisk,
  typesOfRisk,
  type ConcludeEnquiryData,
  type DecideS42CriteriaData,
  type GiveConcernData,
  type Limbs,
  type RaiseAlertData,
  type Wishes,
  type WishesAsked,
} from '../../contracts/index.js';
import type { ConcernState } from './concern.state.js';

export type ConcernPolicy<Data> = Policy<Data, ConcernState, DecisionContext>;

const isOf = (list: readonly string[], value: string): boolean => list.includes(value);

const wordsOfTheCollection: ConcernPolicy<RaiseAlertData> = {
  rule: 'words-of-the-safeguarding-adults-collection',
  section: 'Care and Support Statutory Guidance 14.17',
  check: ({ typesOfRisk: types, sourceOfRisk, locationOfRisk }) => {
    const message = 'Choose from the list of the Safeguarding Adults Collection.';
    return [
      ...(types.length ? [] : [{ message: 'Name at least one type of risk.', field: 'typesOfRisk' }]),
      ...types.flatMap((type, at) => (isOf(typesOfRisk, type) ? [] : [{ message, field: `typesOfRisk.${at}` }])),
      ...(isOf(sourcesOfRisk, sourceOfRisk) ? [] : [{ message, field: 'sourceOfRisk' }]),
      ...(isOf(locationsOfRisk, locationOfRisk) ? [] : [{ message, field: 'locationOfRisk' }]),
    ];
  },
};

const atLeastOneAdult: ConcernPolicy<RaiseAlertData> = {
  rule: 'at-least-one-adult',
  section: 'Care Act 2014 s42(1)',
  check: ({ adults }) =>
    adults.length ? undefined : [{ message: 'An alert is about at least one adult.', field: 'adults' }],
};

const accountGiven: ConcernPolicy<RaiseAlertData> = {
  rule: 'account-given',
  section: 'Care Act 2014 s42(1)',
  check: ({ account }) =>
    account.trim() ? undefined : [{ message: 'Say what happened, or what is feared.', field: 'account' }],
};

const immediateProtectionConsidered: ConcernPolicy<RaiseAlertData> = {
  rule: 'immediate-protection-considered',
  section: 'Care Act 2014 s42(2)',
  check: ({ immediateProtection }) =>
    immediateProtection.trim()
      ? undefined
      : [
          {
            message: 'Say what was done to keep the adult safe now, or why nothing was needed.',
            field: 'immediateProtection',
          },
        ],
};

const consentOrReasonToAct: ConcernPolicy<RaiseAlertData> = {
  rule: 'consent-or-reason-to-act',
  section: 'Care Act 2014 s42; Making Safeguarding Personal',
  check: ({ consent, reasonToActWithoutConsent }) =>
    consent === 'asked, agrees' || reasonToActWithoutConsent?.trim()
      ? undefined
      : [
          {
            message: 'The duty does not wait for consent, but without it say why the council should act.',
            field: 'reasonToActWithoutConsent',
          },
        ],
};

const happenedByThen: ConcernPolicy<RaiseAlertData> = {
  rule: 'happened-by-the-day-it-is-raised',
  section: 'Care Act 2014 s42(1)',
  check: ({ happenedOn }, _, { effectiveOn, today }) =>
    happenedOn > effectiveOn || happenedOn > today
      ? [{ message: 'It cannot have happened after the day on which the alert is raised.', field: 'happenedOn' }]
      : undefined,
};

const raisedOnce: ConcernPolicy<RaiseAlertData> = {
  rule: 'raised-once',
  section: 'Care Act 2014 s42(1)',
  check: (_, state) => (state.raised ? [{ message: 'This alert was raised already.' }] : undefined),
};

export const raisedFirst: ConcernPolicy<unknown> = {
  rule: 'raised-first',
  section: 'Care Act 2014 s42(1)',
  check: (_, state) => (state.raised ? undefined : [{ message: 'No alert was raised under this concern.' }]),
};

const ownerIsNotTheAdult: ConcernPolicy<GiveConcernData> = {
  rule: 'owner-is-not-the-adult',
  section: 'Care Act 2014 s42',
  check: ({ to }, { raised }) =>
    raised?.adults.includes(to.id)
      ? [{ message: 'The concern cannot be given to an adult whom it is about.', field: 'to.id' }]
      : undefined,
};

const limbNames: Readonly<Record<keyof Limbs, string>> = {
  careAndSupportNeeds: 'needs for care and support',
  abuseOrNeglect: 'abuse or neglect, or the risk of it',
  unableToProtect: 'being unable to protect themselves because of those needs',
};

const eachLimbWithReasons: ConcernPolicy<DecideS42CriteriaData> = {
  rule: 'each-limb-with-reasons',
  section: 'Care Act 2014 s42(1)(a)–(c)',
  check: ({ limbs }) =>
    (Object.keys(limbNames) as (keyof Limbs)[])
      .filter((name) => !limbs[name].reasons.trim())
      .map((name) => ({ message: `Give the reasons on ${limbNames[name]}.`, field: `limbs.${name}.reasons` })),
};

/** The duty of s42(1) does not ask where the adult is ordinarily resident, nor whether the council meets any needs. */
export const dutyToEnquire = ({ limbs, inArea }: Pick<DecideS42CriteriaData, 'limbs' | 'inArea'>): boolean =>
  inArea && limbs.careAndSupportNeeds.met && limbs.abuseOrNeglect.met && limbs.unableToProtect.met;

const sequelExactlyWithoutDuty: ConcernPolicy<DecideS42CriteriaData> = {
  rule: 'sequel-exactly-without-duty',
  section: 'Care Act 2014 s42(2)',
  check: (data) => {
    const duty = dutyToEnquire(data);
    if (!duty && !data.ifNoDuty)
      return [{ message: 'There is no duty to enquire: say what follows instead.', field: 'ifNoDuty' }];
    if (duty && data.ifNoDuty)
      return [{ message: 'There is a duty to enquire: nothing else can take its place.', field: 'ifNoDuty' }];
    return undefined;
  },
};

const decidedBySomebodyElse: ConcernPolicy<DecideS42CriteriaData> = {
  rule: 'decided-by-somebody-else',
  section: 'Care Act 2014 s42(1)',
  check: (_, { raised }, { actor }) =>
    raised?.adults.includes(actor.id)
      ? [{ message: 'An adult of the concern cannot decide on the duty to enquire into it.' }]
      : undefined,
};

const notBeforeTheAlert: ConcernPolicy<DecideS42CriteriaData> = {
  rule: 'not-before-the-alert',
  section: 'Care Act 2014 s42(1)',
  check: (_, { raised }, { effectiveOn }) =>
    raised && effectiveOn < raised.on
      ? [{ message: `The alert was raised on ${formatDate(raised.on)}, after this decision.`, field: 'effectiveOn' }]
      : undefined,
};

const decidedOnce: ConcernPolicy<DecideS42CriteriaData> = {
  rule: 'decided-once',
  section: 'Care Act 2014 s42(1)',
  check: (_, state) =>
    state.decided
      ? [{ message: 'This was decided already. A second decision must be a correction of the first.' }]
      : undefined,
};

const dutyDecidedFirst: ConcernPolicy<ConcludeEnquiryData> = {
  rule: 'duty-decided-first',
  section: 'Care Act 2014 s42(1)–(2)',
  check: (_, { decided }) =>
    decided?.dutyToEnquire
      ? undefined
      : [{ message: 'There is nothing to conclude: it was not decided that there is a duty to enquire.' }],
};

const concludedBySomebodyElse: ConcernPolicy<ConcludeEnquiryData> = {
  rule: 'concluded-by-somebody-else',
  section: 'Care Act 2014 s42(2)',
  check: (_, { raised }, { actor }) =>
    raised?.adults.includes(actor.id)
      ? [{ message: 'An adult of the concern cannot conclude the enquiry into it.' }]
      : undefined,
};

const enquirerNamed: ConcernPolicy<ConcludeEnquiryData> = {
  rule: 'enquirer-is-named',
  section: 'Care Act 2014 s42(2)',
  check: ({ madeBy, askedOf }) => {
    const byOthers = madeBy === 'somebody whom the council asked';
    if (byOthers && !askedOf?.trim()) return [{ message: 'Name who was asked to make the enquiry.', field: 'askedOf' }];
    if (!byOthers && askedOf !== undefined)
      return [{ message: 'The council made the enquiry itself: name nobody else.', field: 'askedOf' }];
    return undefined;
  },
};

const eachFindingWithReasons: ConcernPolicy<ConcludeEnquiryData> = {
  rule: 'each-finding-with-reasons',
  section: 'Care Act 2014 s42(1)(a)–(c), s42(2)',
  check: ({ findings }) =>
    (Object.keys(limbNames) as (keyof Limbs)[])
      .filter((name) => !findings[name].reasons.trim())
      .map((name) => ({
        message: `Say what the enquiry found on ${limbNames[name]}.`,
        field: `findings.${name}.reasons`,
      })),
};

/** "… to enable it to decide whether any action should be taken in the adult's case … and, if so, what and by whom". */
const actionAndByWhom: ConcernPolicy<ConcludeEnquiryData> = {
  rule: 'action-and-by-whom-or-why-none',
  section: 'Care Act 2014 s42(2)',
  check: ({ actions, noActionBecause }) => {
    if (!actions.length)
      return noActionBecause?.trim()
        ? undefined
        : [{ message: 'Say what action is taken and by whom, or why none is needed.', field: 'noActionBecause' }];
    return [
      ...actions.flatMap(({ what, by }, at) => [
        ...(what.trim() ? [] : [{ message: 'Say what is done.', field: `actions.${at}.what` }]),
        ...(by.trim() ? [] : [{ message: 'Say who does it.', field: `actions.${at}.by` }]),
      ]),
      ...(noActionBecause === undefined
        ? []
        : [{ message: 'Action is taken: give no reason for taking none.', field: 'noActionBecause' }]),
    ];
  },
};

const riskOutcomeAfterAction: ConcernPolicy<ConcludeEnquiryData> = {
  rule: 'risk-outcome-exactly-after-action',
  section: 'Care Act 2014 s42(2); Safeguarding Adults Collection SG2e',
  check: ({ findings, actions, riskOutcome }) => {
    const asked = findings.abuseOrNeglect.found === 'found' && actions.length > 0;
    if (asked && !riskOutcome)
      return [{ message: 'A risk was found and action is taken: say what is left of the risk.', field: 'riskOutcome' }];
    if (!asked && riskOutcome)
      return [
        { message: 'Only where a risk was found and action is taken is something left of it.', field: 'riskOutcome' },
      ];
    return undefined;
  },
};

const EXPRESSED: WishesAsked = 'Yes they were asked and outcomes were expressed';

/** What does not belong together in what an adult wants, each at its field under `at`. */
export function faultsOfWishes({ asked, words, notAskedBecause }: Wishes, at: string) {
  const said = asked === EXPRESSED;
  return [
    ...(said === !!words?.trim()
      ? []
      : [
          {
            message: said
              ? 'Write down what the adult wants, in their words.'
              : 'The adult said nothing of what they want: write no words down.',
            field: `${at}.words`,
          },
        ]),
    ...((asked === 'No') === !!notAskedBecause?.trim()
      ? []
      : [
          {
            message:
              asked === 'No'
                ? 'Say why the adult was not asked what they want.'
                : 'The adult was asked: give no reason for not asking.',
            field: `${at}.notAskedBecause`,
          },
        ]),
  ];
}

/** How far it came about is said exactly where the adult said what they want. */
export function faultsOfAchieved(asked: WishesAsked, achieved: string | undefined, field: string) {
  const said = asked === EXPRESSED;
  if (said === (achieved !== undefined)) return [];
  const message = said
    ? 'Choose how far what the adult wants came about.'
    : 'The adult said nothing of what they want: nothing of it came about or did not.';
  return [{ message, field }];
}

const wishesOfEachAdult: ConcernPolicy<ConcludeEnquiryData> = {
  rule: 'wishes-of-each-adult',
  section: 'Care and Support Statutory Guidance 14.15; Making Safeguarding Personal',
  check: ({ wishes }, { raised }) => {
    const adults = raised?.adults ?? [];
    const told = wishes.map(({ adult }) => adult);
    const about = told.length === adults.length && adults.every((adult) => told.includes(adult));
    return [
      ...(about ? [] : [{ message: 'Say it once of each adult of the concern, and of nobody else.', field: 'wishes' }]),
      ...wishes.flatMap((of, at) => [
        ...faultsOfWishes(of, `wishes.${at}`),
        ...faultsOfAchieved(of.asked, of.achieved, `wishes.${at}.achieved`),
      ]),
    ];
  },
};

const concludedInTime: ConcernPolicy<ConcludeEnquiryData> = {
  rule: 'concluded-after-the-decision-and-by-today',
  section: 'Care Act 2014 s42(2)',
  check: (_, { decided }, { effectiveOn, today }) => {
    if (effectiveOn > today) return [{ message: 'This day has not come yet.', field: 'effectiveOn' }];
    return decided && effectiveOn < decided.on
      ? [
          {
            message: `The duty to enquire was decided on ${formatDate(decided.on)}, after this conclusion.`,
            field: 'effectiveOn',
          },
        ]
      : undefined;
  },
};

const concludedOnce: ConcernPolicy<ConcludeEnquiryData> = {
  rule: 'concluded-once',
  section: 'Care Act 2014 s42(2)',
  check: (_, { concluded }) =>
    concluded ? [{ message: `This enquiry was concluded on ${formatDate(concluded.on)} already.` }] : undefined,
};

export const alertPolicies = [
  raisedOnce,
  atLeastOneAdult,
  wordsOfTheCollection,
  accountGiven,
  immediateProtectionConsidered,
  consentOrReasonToAct,
  happenedByThen,
] as const;

export const givingPolicies = [raisedFirst, ownerIsNotTheAdult] as const;

export const s42Policies = [
  raisedFirst,
  decidedBySomebodyElse,
  eachLimbWithReasons,
  sequelExactlyWithoutDuty,
  notBeforeTheAlert,
  decidedOnce,
] as const;

export const conclusionPolicies = [
  raisedFirst,
  dutyDecidedFirst,
  concludedOnce,
  concludedBySomebodyElse,
  enquirerNamed,
  eachFindingWithReasons,
  actionAndByWhom,
  riskOutcomeAfterAction,
  wishesOfEachAdult,
  concludedInTime,
] as const;
