import {
  type AllocationOpenedData,
  allocationOpened,
  type IndicativeBudgetCalculatedData,
  indicativeBudgetCalculated,
} from '@caretrail/budgets/contracts';
import type { EventStore } from '@caretrail/event-store';
import type { Tenant } from '@caretrail/kernel';
import { type SupportPlanOpenedData, supportPlanOpened } from '@caretrail/planning/contracts';

const TYPES: readonly string[] = [allocationOpened.type, indicativeBudgetCalculated.type, supportPlanOpened.type];

/** What processes opened and calculated at a council, by the assessment that it follows from. */
export class WhatWasOpened {
  private readUpTo = 0n;
  private readonly allocations = new Map<string, string>();
  private readonly indications = new Map<string, number>();
  private readonly plans = new Map<string, string>();

  constructor(
    private readonly store: EventStore,
    private readonly tenant: Tenant,
  ) {}

  /** Everything up to this position was read. */
  get position(): bigint {
    return this.readUpTo;
  }

  /** Reads on from where it stopped. */
  async read(): Promise<void> {
    for await (const { events, position } of this.store.replay({
      tenant: this.tenant,
      after: this.readUpTo,
      types: TYPES,
    })) {
      for (const { type, data } of events) this.note(type, data);
      this.readUpTo = position;
    }
  }

  /** @throws Error where none was opened */
  allocationOf(assessmentId: string): string {
    return found(this.allocations.get(assessmentId), 'allocation', assessmentId);
  }

  /** @throws Error where none was opened */
  planOf(assessmentId: string): string {
    return found(this.plans.get(this.allocationOf(assessmentId)), 'support plan', assessmentId);
  }

  /** Pence a week, as last calculated. */
  indicationOf(assessmentId: string): number | undefined {
    return this.indications.get(assessmentId);
  }

  private note(type: string, data: unknown): void {
    if (type === allocationOpened.type) {
      const { assessmentId, allocationId } = data as AllocationOpenedData;
      this.allocations.set(assessmentId, allocationId);
    } else if (type === supportPlanOpened.type) {
      const { allocationId, planId } = data as SupportPlanOpenedData;
      this.plans.set(allocationId, planId);
    } else {
      const { assessmentId, pencePerWeek } = data as IndicativeBudgetCalculatedData;
      this.indications.set(assessmentId, pencePerWeek);
    }
  }
}

function found(id: string | undefined, what: string, assessmentId: string): string {
  if (id) return id;
  throw new Error(`No ${what} was opened for the assessment ${assessmentId}.`);
}
