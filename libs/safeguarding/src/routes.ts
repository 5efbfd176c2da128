import type { CommandRoute } from '@caretrail/kernel';
import {
  AgreeProtectionPlan,
  ConcludeEnquiry,
  DecideNoProtectionPlan,
  DecideS42Criteria,
  GiveConcern,
  RaiseAlert,
  ReviewProtectionPlan,
} from './contracts/index.js';
import { concernDecider, concernStream } from './domain/concern/concern.decider.js';

const concern = { decider: concernDecider, stream: concernStream };

/** Which decider answers each command of this context, and on which stream. */
export const safeguardingRoutes: CommandRoute[] = [
  { command: RaiseAlert, ...concern },
  { command: GiveConcern, ...concern },
  { command: DecideS42Criteria, ...concern },
  { command: ConcludeEnquiry, ...concern },
  { command: AgreeProtectionPlan, ...concern },
  { command: DecideNoProtectionPlan, ...concern },
  { command: ReviewProtectionPlan, ...concern },
];
