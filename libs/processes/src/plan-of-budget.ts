import type { PersonalBudgetAgreedData } from '@caretrail/budgets/contracts';
import type { PlanBudget } from '@caretrail/planning/contracts';
import { idArisingFrom } from './caused-by.js';

/** The plan that was opened when the allocation of a statement was made final; undefined where the statement does not say. */
export const planOf = ({ allocatedEventId }: PersonalBudgetAgreedData): string | undefined =>
  allocatedEventId && idArisingFrom({ id: allocatedEventId });

/** The statement in the words of a plan, one-off sums apart. */
export const planBudgetOf = (statement: PersonalBudgetAgreedData): PlanBudget => ({
  costPencePerWeek: statement.costPencePerWeek,
  personPaysPencePerWeek: statement.contributionPencePerWeek,
  councilPaysPencePerWeek: statement.councilPencePerWeek,
  oneOff: statement.oneOff.map(({ purpose, pence, contributionPence, councilPence }) => ({
    purpose,
    pence,
    personPaysPence: contributionPence,
    councilPaysPence: councilPence,
  })),
});
