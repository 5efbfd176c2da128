import { defineEvent, formatPence, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { needNotMet } from './plan-line.js';
import { coded, pence, personal, plainDate, uuid } from './shapes.js';
import {
  agreements,
  authorities,
  closingReasons,
  contributors,
  formats,
  recipients,
  signatories,
  waysToSign,
} from './values.js';

/** The personal budget in the words of Care Act 2014 s26(1), whole pence a week. */
export const planBudget = z.strictObject({
  costPencePerWeek: pence,
  personPaysPencePerWeek: pence,
  councilPaysPencePerWeek: pence,
  /** What is paid once, apart from the weekly amounts; left out until a statement says it. */
  oneOff: z
    .array(z.strictObject({ purpose: coded, pence, personPaysPence: pence, councilPaysPence: pence }))
    .max(20)
    .optional(),
});
export type PlanBudget = z.infer<typeof planBudget>;

/** One line of a plan: for which need, what is done (personal), who contributes it, and what it costs a week. */
export const planLine = z.strictObject({
  need: coded,
  action: personal,
  contributor: z.enum(contributors),
  weeklyPence: pence,
  /** What it costs once, beside what it costs a week. */
  oneOffPence: pence.optional(),
  /** Of the line in the draft that this was; left out where another system brought the lines with the agreement. */
  lineId: uuid.optional(),
});
export type PlanLine = z.infer<typeof planLine>;

/** What opens a plan: the budget that was allocated, and the needs that it is for. */
export const planOpening = z.strictObject({
  planId: uuid,
  personId: uuid,
  allocationId: uuid,
  allocatedOn: plainDate,
  ...planBudget.omit({ oneOff: true }).shape,
  needs: z.array(coded),
  /** True for a carer's support plan (Care Act 2014 s25(1), s25(4)); left out for an adult's care and support plan. */
  ofCarer: z.literal(true).optional(),
});

/** A budget was allocated, and a plan can be made. */
export const supportPlanOpened = defineEvent({
  type: 'planning.support-plan-opened.v1',
  schema: planOpening,
  people: (data) => [data.personId],
  title: (data) => `Support plan opened: ${formatPence(data.costPencePerWeek)} a week`,
  authority: 'Care Act 2014 s24',
});
export type SupportPlanOpenedData = EventOf<typeof supportPlanOpened>['data'];

/** What the plan includes as the personal budget, as its statement has it since: agreed, or uprated. */
export const personalBudgetStated = defineEvent({
  type: 'planning.personal-budget-stated.v1',
  schema: z.strictObject({ planId: uuid, personId: uuid, budget: planBudget }),
  people: (data) => [data.personId],
  title: ({ budget: { costPencePerWeek, oneOff = [] } }) =>
    `Personal budget in the plan: ${formatPence(costPencePerWeek)} a week${oneOff.length ? `, and ${formatPence(oneOff.reduce((sum, each) => sum + each.pence, 0))} once` : ''}`,
  authority: 'Care Act 2014 s25(1)(e), s26(1)',
});
export type PersonalBudgetStatedData = EventOf<typeof personalBudgetStated>['data'];

const needs = (count: number): string => (count === 1 ? '1 need' : `${count} needs`);

/** The plan is agreed, or is signed off over the person's dissent after all reasonable steps. */
export const supportPlanAgreed = defineEvent({
  type: 'planning.support-plan-agreed.v1',
  schema: z.strictObject({
    planId: uuid,
    personId: uuid,
    allocationId: uuid,
    lines: z.array(planLine),
    notMet: z.array(needNotMet),
    budget: planBudget,
    agreement: z.enum(agreements),
    inTheirWords: personal.optional(),
    stepsToAgree: personal.optional(),
    /** 1 when it is left out; each revision that is signed off is the next. */
    version: z.int().min(1).optional(),
  }),
  personal: ['lines.*.action', 'inTheirWords', 'stepsToAgree'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => {
    const met = `${needs(new Set(data.lines.map((line) => line.need)).size)} met`;
    const rest = data.notMet.length ? `, ${needs(data.notMet.length)} not met by the council` : '';
    return `${data.agreement === 'agreed' ? 'Plan agreed' : 'Plan signed off, the person dissents'}: ${met}${rest}`;
  },
  decision: true,
  authority: 'Care Act 2014 s25',
});
export type SupportPlanAgreedData = EventOf<typeof supportPlanAgreed>['data'];

const ofPlan = { planId: uuid, personId: uuid };
const version = z.int().min(1);
const aboutPerson = { people: (data: { readonly personId: string }) => [data.personId] };
const lockedForPerson = { ...aboutPerson, subject: (data: { readonly personId: string }) => data.personId };

/** Somebody who signs on the person's behalf, as the register of representatives had them on that day. */
const representative = z.strictObject({
  representationId: uuid.optional(),
  /** In what capacity: `attorney for health and welfare`. */
  kind: coded.optional(),
  /** Left out for somebody with a record of their own: the directory knows their name. */
  name: personal.optional(),
  personId: uuid.optional(),
  /** Of signatures that were taken before the register was asked. */
  authority: z.enum(authorities).optional(),
});

/** The person's side signed a version of the plan, themselves or by a representative. */
export const supportPlanSigned = defineEvent({
  type: 'planning.support-plan-signed.v1',
  schema: z.strictObject({
    ...ofPlan,
    version,
    signatory: z.enum(signatories),
    how: z.enum(waysToSign),
    representative: representative.optional(),
  }),
  ...lockedForPerson,
  personal: ['representative.name'],
  title: (data) =>
    `Version ${data.version} of the plan signed ${data.signatory === 'person' ? 'by the person' : 'on the person’s behalf'}`,
  decision: true,
  authority: 'Care Act 2014 s25(5)',
});
export type SupportPlanSignedData = EventOf<typeof supportPlanSigned>['data'];

/** Support under an agreed version begins. */
export const supportPlanStarted = defineEvent({
  type: 'planning.support-plan-started.v1',
  schema: z.strictObject({ ...ofPlan, version }),
  ...aboutPerson,
  title: (data) => `Support under version ${data.version} of the plan begins`,
  authority: 'Care Act 2014 s24(1)',
});
export type SupportPlanStartedData = EventOf<typeof supportPlanStarted>['data'];

/** A copy of the plan was given, in writing or in another form that can be kept. */
export const planGivenInWriting = defineEvent({
  type: 'planning.plan-given-in-writing.v1',
  schema: z.strictObject({ ...ofPlan, version, to: z.enum(recipients), format: z.enum(formats) }),
  ...aboutPerson,
  title: (data) => `Version ${data.version} of the plan given to ${data.to}: ${data.format}`,
  authority: 'Care Act 2014 s25(9)',
});
export type PlanGivenInWritingData = EventOf<typeof planGivenInWriting>['data'];

/** An agreed plan is open for change, because of a review; the agreed version stands until the next is signed off. */
export const planRevisionOpened = defineEvent({
  type: 'planning.plan-revision-opened.v1',
  schema: z.strictObject({
    ...ofPlan,
    /** The version that is in the making. */
    version,
    /** The review that it follows from. */
    reviewId: uuid,
    /** Where the review changed the budget too: the one that the next version is held against. */
    budget: planBudget.optional(),
  }),
  ...aboutPerson,
  title: (data) =>
    data.budget
      ? `Plan open for revision with its budget: ${formatPence(data.budget.costPencePerWeek)} a week`
      : 'Plan open for revision',
  decision: true,
  authority: 'Care Act 2014 s27(2)–(4)',
});
export type PlanRevisionOpenedData = EventOf<typeof planRevisionOpened>['data'];

/** The plan ends. */
export const supportPlanClosed = defineEvent({
  type: 'planning.support-plan-closed.v1',
  schema: z.strictObject({ ...ofPlan, reason: z.enum(closingReasons), words: personal }),
  ...lockedForPerson,
  personal: ['words'],
  title: (data) => `Plan closed: ${data.reason}`,
  decision: true,
  authority: 'Care Act 2014 s27',
});
export type SupportPlanClosedData = EventOf<typeof supportPlanClosed>['data'];
