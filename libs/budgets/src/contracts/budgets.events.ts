import { defineEvent, formatPence, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { directPaymentAccountEvents } from './direct-payment-account.events.js';
import { fundingEvents } from './funding.events.js';
import { indicativeEvents } from './indicative.events.js';
import { personalBudgetEvents } from './personal-budget.events.js';
import { rulebookEvents } from './rulebook.events.js';
import { coded, pence, personal, plainDate, uuid } from './shapes.js';
import { upratingEvents } from './uprating.events.js';

/** What an assessment said of needs, in the words of Client Level Data. */
export const eligibleNeedsValues = [
  'Eligible needs identified',
  'Non-eligible needs identified',
  'No needs identified',
] as const;

/** True where it is a carer's own: their needs for support (Care Act 2014 s10, s20). Left out for an adult's (s9, s18). */
const ofCarer = z.literal(true).optional();

/** What opens an allocation: the assessment, and the outcomes that the person cannot achieve. */
export const allocationOpening = z.strictObject({
  allocationId: uuid,
  personId: uuid,
  assessmentId: uuid,
  assessedOn: plainDate,
  eligibleNeeds: z.enum(eligibleNeedsValues),
  needs: z.array(coded),
  ofCarer,
});

/** An assessment was completed, and a budget can be decided. */
export const allocationOpened = defineEvent({
  type: 'budgets.allocation-opened.v1',
  schema: allocationOpening,
  people: (data) => [data.personId],
  title: (data) => `Budget to be decided${data.needs.length ? `: ${data.needs.length} needs` : ''}`,
  authority: 'Care Act 2014 s24',
});
export type AllocationOpenedData = EventOf<typeof allocationOpened>['data'];

/** Why an allocation comes to an end without a budget. */
export const allocationClosingReasons = ['the person wants none of the needs met by the council'] as const;

/** What names an allocation, and what it is about. */
const allocationNamed = { allocationId: uuid, personId: uuid, assessmentId: uuid };
export const allocationClosing = z.strictObject({ ...allocationNamed, because: z.enum(allocationClosingReasons) });

/** No budget is to be decided any more. */
export const allocationClosed = defineEvent({
  type: 'budgets.allocation-closed.v1',
  schema: allocationClosing,
  people: (data) => [data.personId],
  title: (data) => `No budget to be decided: ${data.because}`,
  authority: 'Care Act 2014 s13(3)(b), s24(1)',
});
export type AllocationClosedData = EventOf<typeof allocationClosed>['data'];

export const allocationReopening = z.strictObject(allocationNamed);

/** What closed the allocation holds no longer: a budget is to be decided again. */
export const allocationReopened = defineEvent({
  type: 'budgets.allocation-reopened.v1',
  schema: allocationReopening.extend({ ofCarer }),
  people: (data) => [data.personId],
  title: () => 'Budget to be decided after all',
  authority: 'Care Act 2014 s13(3)(b), s24(1)',
});
export type AllocationReopenedData = EventOf<typeof allocationReopened>['data'];

/** The personal budget: what meeting the needs costs a week, what of it the person pays, and what the council pays. */
export const budgetAllocated = defineEvent({
  type: 'budgets.budget-allocated.v1',
  schema: z.strictObject({
    allocationId: uuid,
    personId: uuid,
    assessmentId: uuid,
    costPencePerWeek: pence,
    personPaysPencePerWeek: pence,
    councilPaysPencePerWeek: pence,
    needs: z.array(coded),
    ofCarer,
    reasons: personal,
  }),
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Budget allocated: ${formatPence(data.costPencePerWeek)} a week`,
  decision: true,
  authority: 'Care Act 2014 s26',
});
export type BudgetAllocatedData = EventOf<typeof budgetAllocated>['data'];

/** All that this context publishes. */
export const budgetsEvents = [
  allocationOpened,
  allocationClosed,
  allocationReopened,
  budgetAllocated,
  ...directPaymentAccountEvents,
  ...rulebookEvents,
  ...indicativeEvents,
  ...personalBudgetEvents,
  ...fundingEvents,
  ...upratingEvents,
] as const;
