import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { personal, plainDate, uuid, wishes } from './shapes.js';
import { planAgreements, planBases, reviewSequels, riskOutcomes, stepStates, wishesAchieved } from './values.js';

/** The plan of one adult of a concern. What is said in it is under that adult's own key. */
const ofAdult = { concernId: uuid, adult: uuid };
const MOST_STEPS = 20;

/** How one adult is kept safe after an enquiry: what, by whom and until when, what they want, and on what it rests. */
export const protectionPlan = z.strictObject({
  ...ofAdult,
  steps: z.array(z.strictObject({ what: personal, by: personal, dueOn: plainDate })).max(MOST_STEPS),
  wishes,
  agreement: z.enum(planAgreements),
  /** Exactly where the adult does not agree. */
  dissent: personal.optional(),
  legalBasis: z.enum(planBases),
  /** Why nothing that restricts less will do. */
  proportionality: personal,
  reviewOn: plainDate,
});

/** A protection plan was agreed for one adult; agreed again, it takes the place of the one before. */
export const protectionPlanAgreed = defineEvent({
  type: 'safeguarding.protection-plan-agreed.v1',
  schema: protectionPlan,
  personal: ['steps.*.what', 'steps.*.by', 'wishes.words', 'wishes.notAskedBecause', 'dissent', 'proportionality'],
  subject: ({ adult }) => adult,
  people: ({ adult }) => [adult],
  title: ({ steps, agreement, legalBasis }) =>
    `Protection plan: ${steps.length === 1 ? '1 step' : `${steps.length} steps`}; the adult ${agreement}; ${legalBasis}`,
  decision: true,
  authority: 'Care Act 2014 s42(2)',
  needToKnow: () => true,
});
export type ProtectionPlanAgreedData = EventOf<typeof protectionPlanAgreed>['data'];

export const noProtectionPlan = z.strictObject({ ...ofAdult, reasons: personal });

/** Action is taken after an enquiry, and this adult needs no plan for it. */
export const protectionPlanNotNeeded = defineEvent({
  type: 'safeguarding.protection-plan-not-needed.v1',
  schema: noProtectionPlan,
  personal: ['reasons'],
  subject: ({ adult }) => adult,
  people: ({ adult }) => [adult],
  title: () => 'No protection plan is needed',
  decision: true,
  authority: 'Care Act 2014 s42(2)',
  needToKnow: () => true,
});
export type ProtectionPlanNotNeededData = EventOf<typeof protectionPlanNotNeeded>['data'];

/** What a review of a protection plan came to. */
export const protectionReview = z.strictObject({
  ...ofAdult,
  /** One for each step of the plan, in its order. */
  steps: z.array(z.strictObject({ state: z.enum(stepStates), words: personal.optional() })).max(MOST_STEPS),
  /** How far what the adult wants came about; exactly where the plan says what they want. */
  achieved: z.enum(wishesAchieved).optional(),
  riskOutcome: z.enum(riskOutcomes),
  reasons: personal,
  next: z.enum(reviewSequels),
  /** Exactly where the plan goes on. */
  reviewOn: plainDate.optional(),
});

/** A protection plan was reviewed: it goes on until its next review, or it ends. */
export const protectionPlanReviewed = defineEvent({
  type: 'safeguarding.protection-plan-reviewed.v1',
  schema: protectionReview,
  personal: ['steps.*.words', 'reasons'],
  subject: ({ adult }) => adult,
  people: ({ adult }) => [adult],
  title: ({ riskOutcome, next }) => `Protection plan reviewed: ${riskOutcome.toLowerCase()}; ${next}`,
  decision: true,
  authority: 'Care Act 2014 s42(2)',
  needToKnow: () => true,
});
export type ProtectionPlanReviewedData = EventOf<typeof protectionPlanReviewed>['data'];
