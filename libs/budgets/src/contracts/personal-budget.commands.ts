import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { deployedPart, foundCause, oneOffSum, wayOffered } from './personal-budget.events.js';
import { closingReasons, meansOutcomes } from './personal-budget.values.js';
import { personal, plainDate, uuid } from './shapes.js';

const budgetId = uuid;

const draftPersonalBudget = z.strictObject({
  budgetId,
  personId: uuid,
  assessmentId: uuid,
  allocatedEventId: uuid,
  allocatedOn: plainDate,
  costPencePerWeek: z.int(),
});
export type DraftPersonalBudgetData = z.infer<typeof draftPersonalBudget>;
/** Sent by a process when an allocation was made final. */
export class DraftPersonalBudget extends Command<DraftPersonalBudgetData> {
  static readonly schema = draftPersonalBudget;
  readonly type = 'budgets.draft-personal-budget';
}

const recordFinancialAssessment = z.strictObject({
  budgetId,
  outcome: z.enum(meansOutcomes),
  contributionPencePerWeek: z.int(),
  reasons: personal,
});
export type RecordFinancialAssessmentData = z.infer<typeof recordFinancialAssessment>;
/** Records what the financial assessment found: it was made elsewhere. */
export class RecordFinancialAssessment extends Command<RecordFinancialAssessmentData> {
  static readonly schema = recordFinancialAssessment;
  readonly type = 'budgets.record-financial-assessment';
}

const amounts = {
  costPencePerWeek: z.int(),
  contributionPencePerWeek: z.int(),
  councilPencePerWeek: z.int(),
  oneOff: z.array(oneOffSum).max(20),
  reasons: personal,
};

const agreePersonalBudget = z.strictObject({ budgetId, ...amounts });
export type AgreePersonalBudgetData = z.infer<typeof agreePersonalBudget>;
/** Agrees the statement of s26(1), in its three parts. */
export class AgreePersonalBudget extends Command<AgreePersonalBudgetData> {
  static readonly schema = agreePersonalBudget;
  readonly type = 'budgets.agree-personal-budget';
}

const revisePersonalBudget = z.strictObject({ budgetId, ...amounts, cause: foundCause });
export type RevisePersonalBudgetData = z.infer<typeof revisePersonalBudget>;
/** Changes the statement, because of a review or a published uprating. */
export class RevisePersonalBudget extends Command<RevisePersonalBudgetData> {
  static readonly schema = revisePersonalBudget;
  readonly type = 'budgets.revise-personal-budget';
}

const chooseDeployment = z.strictObject({
  budgetId,
  parts: z.array(deployedPart).max(20),
  ways: z.array(wayOffered).max(20),
  inTheirWords: personal.optional(),
});
export type ChooseDeploymentData = z.infer<typeof chooseDeployment>;
/** Splits the council's amount over the ways to hold it, and says what was offered. */
export class ChooseDeployment extends Command<ChooseDeploymentData> {
  static readonly schema = chooseDeployment;
  readonly type = 'budgets.choose-deployment';
}

const closePersonalBudget = z.strictObject({ budgetId, reason: z.enum(closingReasons) });
export type ClosePersonalBudgetData = z.infer<typeof closePersonalBudget>;
/** Ends the personal budget. */
export class ClosePersonalBudget extends Command<ClosePersonalBudgetData> {
  static readonly schema = closePersonalBudget;
  readonly type = 'budgets.close-personal-budget';
}
