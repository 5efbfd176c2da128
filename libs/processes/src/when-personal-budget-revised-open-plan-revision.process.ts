import { type PersonalBudgetRevisedData, personalBudgetRevised } from '@caretrail/budgets/contracts';
import { OpenPlanRevision, type OpenPlanRevisionData, StatePlanBudget } from '@caretrail/planning/contracts';
import type { Process } from '@caretrail/projections';
import { type CommandSender, causedBy, unlessRefused } from './caused-by.js';
import { planBudgetOf } from './plan-of-budget.js';

const NAME = 'when-personal-budget-revised-open-plan-revision';

/** The revision of the plan that a changed statement asks for; undefined where no review of a plan caused the change. */
export function revisionOf(statement: PersonalBudgetRevisedData): OpenPlanRevisionData | undefined {
  const { cause } = statement;
  if (cause.kind !== 'review (s27)' || !cause.review?.planId) return undefined;
  return { planId: cause.review.planId, reviewId: cause.review.reviewId, budget: planBudgetOf(statement) };
}

/**
 * A review changed the budget, so the plan that contains it is revised with the new one (Care Act 2014 s27(4)). Opened by
 * hand for the same review with the same budget it is open already. Where it cannot be opened for it, because that was done
 * with another budget, the plan takes the statement all the same; a plan that has ended takes nothing.
 */
export function whenPersonalBudgetRevisedOpenPlanRevision(commandBus: CommandSender): Process {
  return {
    name: NAME,
    types: [personalBudgetRevised.type],
    async handle(event) {
      const statement = event.data as PersonalBudgetRevisedData;
      const revision = revisionOf(statement);
      if (!revision) return;
      const meta = causedBy(event, NAME);
      await commandBus.execute(new OpenPlanRevision(revision, meta)).catch(async (error: unknown) => {
        unlessRefused(error);
        const { planId } = revision;
        const stating = { planId, personId: statement.personId, budget: planBudgetOf(statement) };
        const again = { ...meta, commandId: `${meta.commandId}/stated` };
        await commandBus.execute(new StatePlanBudget(stating, again)).catch(unlessRefused);
      });
    },
  };
}
