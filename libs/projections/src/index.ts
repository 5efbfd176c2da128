export { CheckpointMoved, Checkpoints, type Checkpoint, type Lease, type Standing } from './checkpoints.js';
export { type ComparedTable, type Comparison, differing, RowsDiffered } from './comparison.js';
export { KeysParked, StandbyServer, StoreReplaced } from './failures.js';
export type { RunnerCounts, SubscriptionStatus } from './follower.js';
export { foldedProjection, type FoldedView } from './folded-rows.js';
export type { ParkedKey } from './parked-events.js';
export { ProcessSubscription, type Process } from './process-subscription.js';
export { ProjectionSubscription } from './projection-subscription.js';
export { type Folding, type Projection, type ProjectionTransaction, transactionOf } from './projection.js';
export { projectionMigrations } from './projections.migration.js';
export { Rebuild, type RebuildOptions, type Rebuilt } from './rebuild.js';
export type { PreviousRows, RebuildProgress, RebuildStage } from './rebuild-state.js';
export { SubscriptionRunner, type RunnerOptions } from './subscription-runner.js';
export {
  FollowingSubscription,
  unwaited,
  type Advance,
  type AdvanceOptions,
  type Subscription,
} from './subscription.js';
export {
  DECISION_REASONS,
  SubscriptionControl,
  type DecidedBy,
  type DecisionReason,
  type SubscriptionDecision,
  type SubscriptionOverview,
} from './subscription-control.js';
export { VIEW_FUNCTIONS, viewTable } from './view-rows.migration.js';
