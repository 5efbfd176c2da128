import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { allocationClosing, allocationOpening, allocationReopening } from './budgets.events.js';
import { localPrice, neededService } from './indicative.events.js';
import { personal, uuid } from './shapes.js';

export type OpenAllocationData = z.infer<typeof allocationOpening>;
/** Sent by a process when an assessment with eligible needs is complete. */
export class OpenAllocation extends Command<OpenAllocationData> {
  static readonly schema = allocationOpening;
  readonly type = 'budgets.open-allocation';
}

export type CloseAllocationData = z.infer<typeof allocationClosing>;
/** Sent by a process when the person wants none of the needs met. It may come before the opening, and holds all the same. */
export class CloseAllocation extends Command<CloseAllocationData> {
  static readonly schema = allocationClosing;
  readonly type = 'budgets.close-allocation';
}

export type ReopenAllocationData = z.infer<typeof allocationReopening>;
/** Sent by a process when the person wants needs met that they had not wanted met before. */
export class ReopenAllocation extends Command<ReopenAllocationData> {
  static readonly schema = allocationReopening;
  readonly type = 'budgets.reopen-allocation';
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
