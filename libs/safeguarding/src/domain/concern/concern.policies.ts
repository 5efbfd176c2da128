import { formatDate, type DecisionContext, type Policy } from '@caretrail/kernel';
import {
  locationsOfRisk,
  sourcesOfRisk,
  typesOfRisk,
  type DecideS42CriteriaData,
  type GiveConcernData,
  type Limbs,
  type RaiseAlertData,
} from '../../contracts/index.js';
import type { ConcernState } from './concern.state.js';

type ConcernPolicy<Data> = Policy<Data, ConcernState, DecisionContext>;

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

const raisedFirst: ConcernPolicy<unknown> = {
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
