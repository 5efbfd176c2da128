import { defineEvent, formatPence, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import {
  changeCauses,
  closingReasons,
  exclusionCodes,
  meansOutcomes,
  notOfferedReasons,
  waysToHold,
} from './personal-budget.values.js';
import { coded, pence, personal, plainDate, uuid } from './shapes.js';

/** The id of a personal budget is that of the allocation that it follows from. */
const whose = { budgetId: uuid, personId: uuid };

/** The three amounts of Care Act 2014 s26(1), whole pence a week: the first is the sum of the others. */
export const weeklyAmounts = {
  costPencePerWeek: pence,
  contributionPencePerWeek: pence,
  councilPencePerWeek: pence,
};

/** A sum that is paid once, apart from what is paid weekly. */
export const oneOffSum = z.strictObject({ purpose: coded, pence, contributionPence: pence, councilPence: pence });
export type OneOffSum = z.infer<typeof oneOffSum>;

/** The budget was made final, so its statement can be drawn up. */
export const personalBudgetDrafted = defineEvent({
  type: 'budgets.personal-budget-drafted.v1',
  schema: z.strictObject({
    ...whose,
    assessmentId: uuid,
    /** The stored event that made the allocation final, and its day. */
    allocatedEventId: uuid,
    allocatedOn: plainDate,
    costPencePerWeek: pence,
  }),
  people: (data) => [data.personId],
  title: (data) => `Statement of the personal budget to be agreed: ${formatPence(data.costPencePerWeek)} a week`,
  authority: 'Care Act 2014 s24, s26',
});
export type PersonalBudgetDraftedData = EventOf<typeof personalBudgetDrafted>['data'];

/** What the financial assessment found. */
export const financialAssessmentRecorded = defineEvent({
  type: 'budgets.financial-assessment-recorded.v1',
  schema: z.strictObject({
    ...whose,
    outcome: z.enum(meansOutcomes),
    contributionPencePerWeek: pence,
    reasons: personal,
  }),
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) =>
    `Financial assessment: ${data.outcome}${data.contributionPencePerWeek ? `, ${formatPence(data.contributionPencePerWeek)} a week` : ''}`,
  decision: true,
  authority: 'Care Act 2014 s14, s17',
});
export type FinancialAssessmentRecordedData = EventOf<typeof financialAssessmentRecorded>['data'];

const statement = {
  ...whose,
  ...weeklyAmounts,
  oneOff: z.array(oneOffSum).max(20),
  /** The stored event of the financial assessment that the contribution rests on. */
  financialAssessmentEventId: uuid,
  /** The stored event that made the allocation final, so that the plan which followed from it is found. */
  allocatedEventId: uuid.optional(),
  reasons: personal,
};

/** The statement of Care Act 2014 s26(1): what it costs, what the person pays of it, and what the council pays. */
export const personalBudgetAgreed = defineEvent({
  type: 'budgets.personal-budget-agreed.v1',
  schema: z.strictObject(statement),
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) =>
    `Personal budget agreed: ${formatPence(data.costPencePerWeek)} a week, of which the council pays ${formatPence(data.councilPencePerWeek)}`,
  decision: true,
  authority: 'Care Act 2014 s26(1)',
});
export type PersonalBudgetAgreedData = EventOf<typeof personalBudgetAgreed>['data'];

/** A completed review, as planning has it; a review that a return tells of names neither its plan nor what follows. */
export const reviewFound = z.strictObject({
  reviewId: uuid,
  personId: uuid,
  planId: uuid.optional(),
  /** Of the budget that the plan contains. */
  allocationId: uuid.optional(),
  completedOn: plainDate,
  consequence: coded.optional(),
});
export type ReviewFound = z.infer<typeof reviewFound>;

const citedReview = z.strictObject({ kind: z.literal(changeCauses[0]), reviewEventId: uuid });
const citedUprating = z.strictObject({ kind: z.literal(changeCauses[1]), upratingId: uuid });

/** A published list as it was found by its id. */
const upratingFound = z.strictObject({
  reference: z.string().max(200),
  publishedOn: plainDate,
  inForceFrom: plainDate,
  withdrawnOn: plainDate.optional(),
});
export type UpratingFound = z.infer<typeof upratingFound>;

/** The cause of a change as a sender cites it. */
export const citedCause = z.discriminatedUnion('kind', [citedReview, citedUprating]);

/** The same with what the handler found of it; whatever a sender gives there is replaced. */
export const foundCause = z.discriminatedUnion('kind', [
  citedReview.extend({ review: reviewFound.optional() }),
  citedUprating.extend({ uprating: upratingFound.optional() }),
]);

/** What makes a change lawful: a review, by the stored event that completed it, or a published list of prices or charges. */
export const changeCause = z.discriminatedUnion('kind', [
  citedReview.extend({ review: reviewFound.optional() }),
  z.strictObject({
    kind: z.literal(changeCauses[1]),
    /** Of the published list; left out where it was cited by its name alone. */
    upratingId: uuid.optional(),
    reference: z.string().max(200),
    publishedOn: plainDate,
    /** From which day the list is in force; from that of its publication where it is left out. */
    inForceFrom: plainDate.optional(),
  }),
]);
export type ChangeCause = z.infer<typeof changeCause>;

/** The statement as it is from now on, and what caused the change. */
export const personalBudgetRevised = defineEvent({
  type: 'budgets.personal-budget-revised.v1',
  schema: z.strictObject({ ...statement, cause: changeCause }),
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) =>
    `Personal budget revised: ${formatPence(data.costPencePerWeek)} a week, because of a ${data.cause.kind}`,
  decision: true,
  authority: 'Care Act 2014 s26, s27',
});
export type PersonalBudgetRevisedData = EventOf<typeof personalBudgetRevised>['data'];

/** What was said of one way to hold the money. */
export const wayOffered = z.strictObject({
  way: z.enum(waysToHold),
  offered: z.boolean(),
  /** Where a direct payment was not offered: the ground in law. */
  excludedBy: z.enum(exclusionCodes).optional(),
  /** Where another way was not offered. */
  notOfferedBecause: z.enum(notOfferedReasons).optional(),
  /** Where it was offered and not chosen: why not, in the person's words. */
  whyNot: personal.optional(),
});
export type WayOffered = z.infer<typeof wayOffered>;

/** One part of the council's amount, and who holds it. */
export const deployedPart = z.strictObject({
  way: z.enum(waysToHold),
  pencePerWeek: pence,
  /** Who holds it, where it is not the person: a name, so personal. */
  holder: personal.optional(),
});
export type DeployedPart = z.infer<typeof deployedPart>;

/** How the council's amount is held, split to the penny; what was offered, what was not, and why. */
export const budgetDeploymentChosen = defineEvent({
  type: 'budgets.budget-deployment-chosen.v1',
  schema: z.strictObject({
    ...whose,
    councilPencePerWeek: pence,
    parts: z.array(deployedPart).min(1).max(20),
    ways: z.array(wayOffered).length(waysToHold.length),
    inTheirWords: personal.optional(),
  }),
  personal: ['parts.*.holder', 'ways.*.whyNot', 'inTheirWords'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Way to hold the budget chosen: ${[...new Set(data.parts.map(({ way }) => way))].join(', ')}`,
  decision: true,
  authority: 'Care Act 2014 s31–s33',
});
export type BudgetDeploymentChosenData = EventOf<typeof budgetDeploymentChosen>['data'];

/** The personal budget ended. */
export const personalBudgetClosed = defineEvent({
  type: 'budgets.personal-budget-closed.v1',
  schema: z.strictObject({ ...whose, reason: z.enum(closingReasons) }),
  people: (data) => [data.personId],
  title: (data) => `Personal budget closed: ${data.reason}`,
  decision: true,
  authority: 'Care Act 2014 s27',
});
export type PersonalBudgetClosedData = EventOf<typeof personalBudgetClosed>['data'];

export const personalBudgetEvents = [
  personalBudgetDrafted,
  financialAssessmentRecorded,
  personalBudgetAgreed,
  personalBudgetRevised,
  budgetDeploymentChosen,
  personalBudgetClosed,
] as const;
