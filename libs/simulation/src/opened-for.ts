import type { EventStore } from '@caretrail/event-store';
import type { Tenant } from '@caretrail/kernel';

const PAGE = 1_000;

/** The id that an event of a type gives to what was opened for a person; undefined while there is none. */
export async function openedFor(
  store: EventStore,
  tenant: Tenant,
  personId: string,
  [type, field]: readonly [type: string, field: string],
): Promise<string | undefined> {
  for (let after = 0n; ;) {
    const page = await store.readAll({ tenant, after, limit: PAGE, types: [type] });
    const found = page.events.find((event) => (event.data as { personId: string }).personId === personId);
    if (found) return (found.data as Record<string, string>)[field];
    if (page.caughtUp) return undefined;
    after = page.position;
  }
}

export const ALLOCATION_OPENED = ['budgets.allocation-opened.v1', 'allocationId'] as const;
export const BUDGET_DRAFTED = ['budgets.personal-budget-drafted.v1', 'budgetId'] as const;
export const PLAN_OPENED = ['planning.support-plan-opened.v1', 'planId'] as const;
