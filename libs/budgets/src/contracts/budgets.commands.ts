import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { allocationOpening } from './budgets.events.js';
import { localPrice, neededService } from './indicative.events.js';
import { personal, uuid } from './shapes.js';

export type OpenAllocationData = z.infer<typeof allocationOpening>;
/** Sent by a process when an assessment with eligible needs is complete. */
export class OpenAllocation extends Command<OpenAllocationData> {
  static readonly schema = allocationOpening;
  readonly type = 'budgets.open-allocation';
}

const allocateBudget = z.strictObject({
  allocationId: uuid,
  costPencePerWeek: z.int(),
  personPaysPencePerWeek: z.int(),
  councilPaysPencePerWeek: z.int(),
  reasons: personal,
  /** What the needs take: checked at local prices, where they are known. */
  needed: z.array(neededService).max(20).optional(),
  /** Put in by the handler; whatever a sender gives is replaced. */
  localPrices: z.array(localPrice).max(50).optional(),
});
export type AllocateBudgetData = z.infer<typeof allocateBudget>;
/** Decides the personal budget: whole pence a week, in the three parts of s26(1). */
export class AllocateBudget extends Command<AllocateBudgetData> {
  static readonly schema = allocateBudget;
  readonly type = 'budgets.allocate-budget';
}
