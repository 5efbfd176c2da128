import { defineEvent, formatPence, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { coded, pence, personal, plainDate, uuid } from './shapes.js';
import { agreements, contributors, reasonsNotMet } from './values.js';

/** The personal budget in the words of Care Act 2014 s26(1), whole pence a week. */
export const planBudget = z.strictObject({
  costPencePerWeek: pence,
  personPaysPencePerWeek: pence,
  councilPaysPencePerWeek: pence,
});
export type PlanBudget = z.infer<typeof planBudget>;

/** One line of a plan: for which need, what is done (personal), who contributes it, and what it costs a week. */
export const planLine = z.strictObject({
  need: coded,
  action: personal,
  contributor: z.enum(contributors),
  weeklyPence: pence,
});
export type PlanLine = z.infer<typeof planLine>;

/** A need that the council does not meet itself, and the lawful reason. */
export const needNotMet = z.strictObject({ need: coded, reason: z.enum(reasonsNotMet) });
export type NeedNotMet = z.infer<typeof needNotMet>;

/** What opens a plan: the budget that was allocated, and the needs that it is for. */
export const planOpening = z.strictObject({
  planId: uuid,
  personId: uuid,
  allocationId: uuid,
  allocatedOn: plainDate,
  ...planBudget.shape,
  needs: z.array(coded),
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
