import type { CommandRoute } from '@caretrail/kernel';
import { AllocateBudget, OpenAllocation } from './contracts/index.js';
import { allocationDecider, allocationStream } from './domain/allocation/allocation.decider.js';

const allocation = { decider: allocationDecider, stream: allocationStream };

/** Which decider answers each command of this context, and on which stream. */
export const budgetsRoutes: CommandRoute[] = [
  { command: OpenAllocation, ...allocation },
  { command: AllocateBudget, ...allocation },
];
