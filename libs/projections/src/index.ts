export { CheckpointMoved, Checkpoints, type Checkpoint, type Lease, type Standing } from './checkpoints.js';
export { KeysParked, StoreReplaced } from './failures.js';
export type { ParkedKey } from './parked-events.js';
export { ProcessSubscription, type Process } from './process-subscription.js';
export { ProjectionSubscription, transactionOf } from './projection-subscription.js';
export type { Projection, ProjectionTransaction } from './projection.js';
export { projectionMigrations } from './projections.migration.js';
export {
  SubscriptionRunner,
  type RunnerCounts,
  type RunnerOptions,
  type SubscriptionStatus,
} from './subscription-runner.js';
export type { Advance, RebuildProgress, Subscription } from './subscription.js';
export {
  DECISION_REASONS,
  SubscriptionControl,
  type DecidedBy,
  type DecisionReason,
  type SubscriptionDecision,
  type SubscriptionOverview,
} from './subscription-control.js';
