import { type DecisionContext, formatDate, type Policy } from '@caretrail/kernel';
import {
  type AppointAdvocateData,
  type ConsiderAdvocacyData,
  type EndAdvocacyData,
  isForSafeguarding,
} from '../../contracts/index.js';
import type { AdvocacyState } from './advocacy.state.js';

type AdvocacyPolicy<Data> = Policy<Data, AdvocacyState, DecisionContext>;

const consideredOnce: AdvocacyPolicy<ConsiderAdvocacyData> = {
  rule: 'considered-once',
  check: ({ advocacyId }, { byId }) =>
    byId[advocacyId] ? [{ message: 'This was considered already. Consider it anew under another id.' }] : undefined,
};

const consideredByToday: AdvocacyPolicy<ConsiderAdvocacyData> = {
  rule: 'considered-by-today',
  check: (_, __, { effectiveOn, today }) =>
    effectiveOn > today
      ? [{ message: 'It cannot have been considered on this day already.', field: 'effectiveOn' }]
      : undefined,
};

const difficultyIsNamed: AdvocacyPolicy<ConsiderAdvocacyData> = {
  rule: 'substantial-difficulty-is-named',
  section: 'Care Act 2014 s67(4), s68',
  check: ({ substantialDifficulty }) => [
    ...(substantialDifficulty.found === substantialDifficulty.in.length > 0
      ? []
      : [
          {
            message:
              'Name in which of the four things the person has substantial difficulty, or say that they have none.',
            field: 'substantialDifficulty.in',
          },
        ]),
    ...(substantialDifficulty.reasons.trim()
      ? []
      : [{ message: 'Give the reasons, whichever way it goes.', field: 'substantialDifficulty.reasons' }]),
  ],
};

const secondTestFollows: AdvocacyPolicy<ConsiderAdvocacyData> = {
  rule: 'second-test-follows-the-first',
  section: 'Care Act 2014 s67(5), s68',
  check: ({ substantialDifficulty, appropriatePerson }) => {
    if (substantialDifficulty.found === (appropriatePerson !== undefined))
      return appropriatePerson && !appropriatePerson.reasons.trim()
        ? [{ message: 'Say who there is, or why nobody is appropriate.', field: 'appropriatePerson.reasons' }]
        : undefined;
    const message = substantialDifficulty.found
      ? 'Say whether somebody appropriate can represent and support the person.'
      : 'Without substantial difficulty it is not asked who could support the person.';
    return [{ message, field: 'appropriatePerson' }];
  },
};

const notPaidToCare: AdvocacyPolicy<ConsiderAdvocacyData> = {
  rule: 'appropriate-person-is-not-paid-to-care',
  section: 'Care Act 2014 s67(5)(b), s68',
  check: ({ appropriatePerson }) =>
    appropriatePerson?.found && appropriatePerson.professionalOrPaid
      ? [
          {
            message: 'Somebody who cares or treats for their living, or is paid for it, is not appropriate.',
            field: 'appropriatePerson.professionalOrPaid',
          },
        ]
      : undefined,
};

const personAgrees: AdvocacyPolicy<ConsiderAdvocacyData> = {
  rule: 'appropriate-person-is-agreed',
  section: 'Care Act 2014 s67(6), s68',
  check: ({ appropriatePerson }) =>
    appropriatePerson?.found && !appropriatePerson.agreedBy
      ? [
          {
            message:
              'Somebody is appropriate only if the person agrees to them, or, where they cannot, if it is in their best interests.',
            field: 'appropriatePerson.agreedBy',
          },
        ]
      : undefined,
};

const exceptionNeedsSomebody: AdvocacyPolicy<ConsiderAdvocacyData> = {
  rule: 'exception-needs-somebody-appropriate',
  section: 'SI 2014/2889 reg 4',
  check: ({ appropriatePerson, exception }) =>
    exception && !appropriatePerson?.found
      ? [{ message: 'The exceptions are for people for whom somebody appropriate is there.', field: 'exception' }]
      : undefined,
};

/** The regulations are made under s67(7) and restrict s67(5); nothing of the kind restricts section 68. */
const exceptionIsOfSection67: AdvocacyPolicy<ConsiderAdvocacyData> = {
  rule: 'exception-is-of-section-67',
  section: 'Care Act 2014 s67(7); SI 2014/2889 reg 4',
  check: ({ purpose, exception }) =>
    exception && isForSafeguarding({ purpose })
      ? [
          {
            message:
              'The exceptions are for assessments, plans and reviews, not for an enquiry or a safeguarding review.',
            field: 'exception',
          },
        ]
      : undefined,
};

const isOffered: AdvocacyPolicy<AppointAdvocateData> = {
  rule: 'advocate-was-offered',
  section: 'Care Act 2014 s67(2), s68(2)',
  check: ({ advocacyId }, { byId }) => {
    const stands = byId[advocacyId]?.stands;
    if (stands === 'offered') return undefined;
    const message =
      stands === 'appointed'
        ? 'An advocate is appointed already: end that first.'
        : 'Consider first whether an advocate has to be arranged; here none was offered.';
    return [{ message, field: 'advocacyId' }];
  },
};

const advocateIsNamed: AdvocacyPolicy<AppointAdvocateData> = {
  rule: 'advocate-is-named',
  check: ({ advocate }) =>
    advocate.name.trim() ? undefined : [{ message: 'Enter the name of the advocate.', field: 'advocate.name' }],
};

const isAppointed: AdvocacyPolicy<EndAdvocacyData> = {
  rule: 'advocate-is-appointed',
  check: ({ advocacyId }, { byId }) =>
    byId[advocacyId]?.stands === 'appointed'
      ? undefined
      : [{ message: 'No advocate is appointed here.', field: 'advocacyId' }],
};

/** One step of an advocacy follows the one before it, by today. */
const followsByToday = (section: string): AdvocacyPolicy<{ readonly advocacyId: string }> => ({
  rule: 'advocacy-follows-in-order',
  section,
  check: ({ advocacyId }, { byId }, { effectiveOn, today }) => {
    if (effectiveOn > today) return [{ message: 'This day has not come yet.', field: 'effectiveOn' }];
    const before = byId[advocacyId];
    return before && effectiveOn < before.since
      ? [
          {
            message: `This stands as it does since ${formatDate(before.since)}: give that day or a later one.`,
            field: 'effectiveOn',
          },
        ]
      : undefined;
  },
});

/**
 * Whether an advocate has to be arranged: substantial difficulty, and nobody appropriate (s67(2), (5)), or somebody
 * appropriate and one of the exceptions of the regulations.
 */
export const advocateIsRequired = ({
  substantialDifficulty,
  appropriatePerson,
  exception,
}: ConsiderAdvocacyData): boolean =>
  substantialDifficulty.found && (!appropriatePerson?.found || exception !== undefined);

export const considerationPolicies = [
  consideredOnce,
  consideredByToday,
  difficultyIsNamed,
  secondTestFollows,
  notPaidToCare,
  personAgrees,
  exceptionNeedsSomebody,
  exceptionIsOfSection67,
] as const;
export const appointmentPolicies = [
  isOffered,
  advocateIsNamed,
  followsByToday('Care Act 2014 s67(2), s68(2)'),
] as const;
export const endingPolicies = [isAppointed, followsByToday('Care Act 2014 s67, s68')] as const;
