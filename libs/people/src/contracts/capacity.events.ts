import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { abilities, capacityMatters } from './capacity.values.js';
import { personal, plainDate, uuid } from './shapes.js';

const capacity = { capacityId: uuid, personId: uuid };

/** One assessment of capacity: for one decision, on one day. All texts are personal. */
export const capacityAssessment = z.strictObject({
  ...capacity,
  matter: z.enum(capacityMatters),
  /** The decision in words: `Whether to move into Elm Court this summer`. */
  decision: personal,
  /** What was done to help the person decide: Mental Capacity Act 2005 s1(3). */
  supportGiven: personal,
  /** What the person cannot do about this decision, of the four abilities of s3(1); none where they can do all four. */
  unableTo: z.array(z.enum(abilities)),
  /** An impairment of, or a disturbance in the functioning of, the mind or brain: s2(1). */
  impairment: z.boolean(),
  /** Whether the impairment is why the person cannot: s2(1). */
  becauseOfImpairment: z.boolean(),
  reasons: personal,
  /** When to look again, where capacity may change. */
  lookAgainOn: plainDate.optional(),
});

/** Whether a person could make one decision on one day. True on that day, and for that decision alone. */
export const capacityAssessed = defineEvent({
  type: 'people.capacity-assessed.v1',
  schema: capacityAssessment.extend({ hasCapacity: z.boolean() }),
  personal: ['decision', 'supportGiven', 'reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ matter, hasCapacity }) =>
    `Capacity assessed for one decision on ${matter}: ${hasCapacity ? 'has capacity' : 'lacks capacity'}`,
  decision: true,
  authority: 'Mental Capacity Act 2005 s1–s3',
});
export type CapacityAssessedData = EventOf<typeof capacityAssessed>['data'];

/** What is decided for a person, in their best interests, where they could not decide it. All texts are personal. */
export const bestInterests = z.strictObject({
  ...capacity,
  /** What was decided. */
  decided: personal,
  /** The person's past and present wishes and feelings, beliefs and values: s4(6). */
  wishesAndFeelings: personal,
  /** Who was asked, and what they said: s4(7). */
  consulted: personal,
  /** What would restrict the person's rights and freedom less, and why it does or does not do: s1(6). */
  lessRestrictive: personal,
  /** Whether the person may be able to decide it later: s4(3). */
  canWait: z.boolean(),
  reasons: personal,
});

/** A decision was made in the best interests of a person who could not make it. */
export const bestInterestsDecided = defineEvent({
  type: 'people.best-interests-decided.v1',
  schema: bestInterests.extend({ matter: z.enum(capacityMatters) }),
  personal: ['decided', 'wishesAndFeelings', 'consulted', 'lessRestrictive', 'reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ matter }) => `Decided in the person’s best interests: ${matter}`,
  decision: true,
  authority: 'Mental Capacity Act 2005 s1(5), s4',
});
export type BestInterestsDecidedData = EventOf<typeof bestInterestsDecided>['data'];
