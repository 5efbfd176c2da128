import { defineEvent, formatDate, formatPence, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import {
  alignedSteps,
  blockedBecause,
  cadences,
  fundingHolders,
  fundingKindNames,
  fundingUses,
} from './funding.values.js';
import { coded, pence, personal, plainDate, uuid } from './shapes.js';

/** A stream of public money that a person has, from a day, perhaps to a day. */
export const fundingStream = z.strictObject({
  fundingId: uuid,
  kind: z.enum(fundingKindNames),
  cadence: z.enum(cadences),
  /** Each time that it comes; left out where it comes in kind. */
  pence: pence.optional(),
  /** What this stream may pay for: what its kind may, or less. */
  permittedUses: z.array(z.enum(fundingUses)).min(1),
  /** What the holder asks: may tell of the person. */
  conditions: personal.optional(),
  from: plainDate,
  to: plainDate.optional(),
});
export type FundingStream = z.infer<typeof fundingStream>;

/** The person has this money, beside the personal budget (Care Act 2014 s26(3)). */
export const fundingStreamAdded = defineEvent({
  type: 'budgets.funding-stream-added.v1',
  schema: fundingStream.extend({ personId: uuid, holder: z.enum(fundingHolders) }),
  personal: ['conditions'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) =>
    `Other public money: ${data.kind}${data.pence === undefined ? ', in kind' : `, ${formatPence(data.pence)} ${data.cadence}`}`,
  authority: 'Care Act 2014 s26(3)',
});
export type FundingStreamAddedData = EventOf<typeof fundingStreamAdded>['data'];

/** The money ends with this day. */
export const fundingStreamWithdrawn = defineEvent({
  type: 'budgets.funding-stream-withdrawn.v1',
  schema: z.strictObject({
    personId: uuid,
    fundingId: uuid,
    kind: z.enum(fundingKindNames),
    to: plainDate,
    reasons: personal,
  }),
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Other public money ends on ${formatDate(data.to)}: ${data.kind}`,
  decision: true,
  authority: 'Care Act 2014 s26(3)',
});
export type FundingStreamWithdrawnData = EventOf<typeof fundingStreamWithdrawn>['data'];

const asked = { fundingId: uuid, kind: z.enum(fundingKindNames), cadence: z.enum(cadences) };

/** Money of several streams goes together for one use; what may not, and why not. */
export const fundingPooled = defineEvent({
  type: 'budgets.funding-pooled.v1',
  schema: z.strictObject({
    personId: uuid,
    poolId: uuid,
    use: z.enum(fundingUses),
    pooled: z.array(z.strictObject({ ...asked, pence })),
    blocked: z.array(z.strictObject({ ...asked, because: z.enum(blockedBecause), authority: coded.max(500) })),
  }),
  people: (data) => [data.personId],
  title: (data) => `Money pooled for ${data.use}: ${data.pooled.length} streams, ${data.blocked.length} blocked`,
  decision: true,
  authority: 'Care Act 2014 s26(3)',
});
export type FundingPooledData = EventOf<typeof fundingPooled>['data'];

const appointment = {
  personId: uuid,
  appointmentId: uuid,
  step: z.enum(alignedSteps),
  fundingIds: z.array(uuid).min(1),
  /** The day it is planned for, or was held on. */
  on: plainDate,
};

/** An assessment or a review was planned, of one stream or of several together. */
export const fundingStepPlanned = defineEvent({
  type: 'budgets.funding-step-planned.v1',
  schema: z.strictObject({ ...appointment, holders: z.array(z.enum(fundingHolders)).min(1) }),
  people: (data) => [data.personId],
  title: (data) => `Joint ${data.step} of ${data.fundingIds.length} streams planned for ${formatDate(data.on)}`,
  authority: 'Care Act 2014 s26(3), s27',
});
export type FundingStepPlannedData = EventOf<typeof fundingStepPlanned>['data'];

/** It took place; who of the holders took part, and who did not. */
export const fundingStepHeld = defineEvent({
  type: 'budgets.funding-step-held.v1',
  schema: z.strictObject({
    ...appointment,
    tookPart: z.array(z.enum(fundingHolders)),
    absent: z.array(z.enum(fundingHolders)),
  }),
  people: (data) => [data.personId],
  title: (data) =>
    `Joint ${data.step} held${data.absent.length ? `, without ${data.absent.join(', ')}` : ', everybody took part'}`,
  authority: 'Care Act 2014 s26(3), s27',
});
export type FundingStepHeldData = EventOf<typeof fundingStepHeld>['data'];

export const fundingEvents = [
  fundingStreamAdded,
  fundingStreamWithdrawn,
  fundingPooled,
  fundingStepPlanned,
  fundingStepHeld,
] as const;
