import type { StoredEvent, Tenant } from '@caretrail/kernel';

/** The transaction in which a batch is applied and its checkpoint moved; rows of other councils are out of its reach. */
export interface ProjectionTransaction {
  readonly tenant: Tenant;
  /** Parameterised SQL (`$1`, `$2`, …). */
  readonly query: <Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;
}

/**
 * A read model: how a batch of events changes its tables. Set-based, no clock, no I/O but the transaction.
 * Events come as stored: personal fields are ciphertext and stay so.
 */
export interface Projection {
  /** Kebab-case; the name of its checkpoint. */
  readonly name: string;
  /** Raised when the rows would be built differently; the rows are then rebuilt from the first event. */
  readonly version: number;
  /** Tables that belong to it alone; each has a `tenant` column and row-level security. */
  readonly tables: readonly string[];
  /** Types that it takes; all when left out. */
  readonly types?: readonly string[];
  /**
   * What an event that cannot be applied holds up: it and all later events of the same key are parked. The stream when
   * left out; an id, and nothing personal, because it is shown to whoever looks after the platform.
   */
  key?(event: StoredEvent): string;
  apply(events: readonly StoredEvent[], transaction: ProjectionTransaction): Promise<void>;
}
