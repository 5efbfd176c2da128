import type { DecisionContext, Policy } from '@caretrail/kernel';
import type { AssessCapacityData, DecideInBestInterestsData } from '../../contracts/index.js';
import type { CapacityState } from './capacity.state.js';

type CapacityPolicy<Data> = Policy<Data, CapacityState, DecisionContext>;

const assessedOnce: CapacityPolicy<AssessCapacityData> = {
  rule: 'one-assessment-one-decision',
  section: 'Mental Capacity Act 2005 s2(1)',
  check: ({ capacityId }, { byId }) =>
    byId[capacityId]
      ? [{ message: 'An assessment of capacity is for one decision on one day. Assess anew for another.' }]
      : undefined,
};

const assessedByToday: CapacityPolicy<AssessCapacityData> = {
  rule: 'assessed-by-today',
  section: 'Mental Capacity Act 2005 s2(1)',
  check: (_, __, { effectiveOn, today }) =>
    effectiveOn > today
      ? [
          {
            message: 'Capacity is what it is at the time: it cannot be assessed for a day to come.',
            field: 'effectiveOn',
          },
        ]
      : undefined,
};

const decisionIsNamed: CapacityPolicy<AssessCapacityData> = {
  rule: 'decision-is-named',
  section: 'Mental Capacity Act 2005 s2(1)',
  check: ({ decision }) =>
    decision.trim()
      ? undefined
      : [
          {
            message: 'Say which decision the person has to make: capacity is never assessed in general.',
            field: 'decision',
          },
        ],
};

const supportWasGiven: CapacityPolicy<AssessCapacityData> = {
  rule: 'support-was-given',
  section: 'Mental Capacity Act 2005 s1(3)',
  check: ({ supportGiven }) =>
    supportGiven.trim()
      ? undefined
      : [{ message: 'Say what was done to help the person make the decision themselves.', field: 'supportGiven' }],
};

const causeNeedsBoth: CapacityPolicy<AssessCapacityData> = {
  rule: 'two-stages-and-their-link',
  section: 'Mental Capacity Act 2005 s2(1), s3(1)',
  check: ({ unableTo, impairment, becauseOfImpairment }) =>
    becauseOfImpairment && !(impairment && unableTo.length)
      ? [
          {
            message:
              'It can only be because of an impairment where there is one, and something that the person cannot do.',
            field: 'becauseOfImpairment',
          },
        ]
      : undefined,
};

const reasonsBothWays: CapacityPolicy<AssessCapacityData> = {
  rule: 'reasons-both-ways',
  section: 'Mental Capacity Act 2005 s2(4)',
  check: ({ reasons }) =>
    reasons.trim() ? undefined : [{ message: 'Give the reasons, whichever way it goes.', field: 'reasons' }],
};

const lacksCapacity: CapacityPolicy<DecideInBestInterestsData> = {
  rule: 'best-interests-only-without-capacity',
  section: 'Mental Capacity Act 2005 s1(2), s1(5)',
  check: ({ capacityId }, { byId }) => {
    const found = byId[capacityId];
    if (!found) return [{ message: 'Assess first whether the person can make this decision.', field: 'capacityId' }];
    return found.hasCapacity
      ? [{ message: 'The person can make this decision: it is theirs.', field: 'capacityId' }]
      : undefined;
  },
};

const decidedOnce: CapacityPolicy<DecideInBestInterestsData> = {
  rule: 'decided-once',
  section: 'Mental Capacity Act 2005 s4',
  check: ({ capacityId }, { byId }) =>
    byId[capacityId]?.decided
      ? [{ message: 'This decision was made. Another one needs its own assessment of capacity.', field: 'capacityId' }]
      : undefined,
};

const checklist = [
  ['decided', 'Say what was decided.'],
  ['wishesAndFeelings', 'Say what the person wishes and feels, and believed before.'],
  ['consulted', 'Say who was asked, and what they said; or why nobody could be.'],
  ['lessRestrictive', 'Say what would restrict the person less, and why it does or does not do.'],
  ['reasons', 'Give the reasons for the decision.'],
] as const;

const checklistIsAnswered: CapacityPolicy<DecideInBestInterestsData> = {
  rule: 'best-interests-checklist',
  section: 'Mental Capacity Act 2005 s1(6), s4',
  check: (data) => checklist.flatMap(([field, message]) => (data[field].trim() ? [] : [{ message, field }])),
};

/**
 * Mental Capacity Act 2005 s2(1), s3(1): unable to do one of the four things, at the time, because of an impairment of
 * the mind or brain. Otherwise somebody has capacity (s1(2)).
 */
export const hasCapacity = ({ unableTo, impairment, becauseOfImpairment }: AssessCapacityData): boolean =>
  !(unableTo.length && impairment && becauseOfImpairment);

export const capacityPolicies = [
  assessedOnce,
  assessedByToday,
  decisionIsNamed,
  supportWasGiven,
  causeNeedsBoth,
  reasonsBothWays,
] as const;
export const bestInterestsPolicies = [lacksCapacity, decidedOnce, checklistIsAnswered] as const;
