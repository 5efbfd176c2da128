import type { PlainDate, Tenant } from '@caretrail/kernel';
import type { Projection, ProjectionTransaction } from '@caretrail/projections';

/** The two days, both given: what was true on the one, as it was known by the end of the other. */
export interface ReplayScope {
  readonly tenant: Tenant;
  readonly effectiveOn: PlainDate;
  readonly knownOn: PlainDate;
}

/** A figure, a word, or nothing where the figure does not apply. */
export type ReplayCell = string | number | null;

/** What a view shows, as one flat table. */
export interface ReplayTable {
  readonly columns: readonly { readonly key: string; readonly label: string }[];
  readonly rows: readonly Readonly<Record<string, ReplayCell>>[];
}

/**
 * A view that can be built again from the event store as it stood on a past day: the projections that fill its tables,
 * and the query that its page asks. Both name their tables without a schema, so that a replay can put its own first.
 */
export interface ReplayableView {
  /** Kebab-case; what `caretrail replay --view` takes. */
  readonly name: string;
  readonly title: string;
  readonly projections: readonly Projection[];
  query(transaction: ProjectionTransaction, scope: ReplayScope): Promise<ReplayTable>;
}
