import type { StoredEvent, Tenant } from '@caretrail/kernel';
import type { Asking } from '@caretrail/platform';
import type { EntityManager } from 'typeorm';

/** The transaction in which a batch is applied and its checkpoint moved; rows of other councils are out of its reach. */
export interface ProjectionTransaction {
  readonly tenant: Tenant;
  /** Parameterised SQL (`$1`, `$2`, …). */
  readonly query: <Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;
}

/** Rows that are folded in memory and written together. */
export interface Folding {
  /** How many rows it holds. */
  readonly size: number;
  /** Reads the rows that these events change and that it does not hold, in one statement or none. */
  read(events: readonly StoredEvent[], transaction: ProjectionTransaction): Promise<void>;
  take(event: StoredEvent): void;
  /** Writes what changed since it was last written, in one statement that is asked for before the call returns. */
  write(transaction: ProjectionTransaction): Promise<void>;
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
  /** Tables that belong to it alone, given to it with `viewTable` in their migration. */
  readonly tables: readonly string[];
  /** Types that it takes; all when left out. */
  readonly types?: readonly string[];
  /**
   * What an event that cannot be applied holds up: it and all later events of the same key are parked. The stream when
   * left out; an id, and nothing personal, because it is shown to whoever looks after the platform.
   */
  key?(event: StoredEvent): string;
  /**
   * True where the events of one key write rows that those of no other key read or write: then a rebuild may fill them
   * side by side.
   */
  readonly keysAreIndependent?: boolean;
  /**
   * Rows that are folded in memory, of tables that nobody else writes meanwhile; only of a `foldedProjection`.
   * @param all whether it will hold every row there is, because the tables are empty; else it reads those it lacks
   */
  folding?(all: boolean): Folding;
  apply(events: readonly StoredEvent[], transaction: ProjectionTransaction): Promise<void>;
}

/** What a projection may do within the transaction of a unit of work. */
export function transactionOf(tenant: Tenant, manager: Asking): ProjectionTransaction {
  return {
    tenant,
    query: <Row>(sql: string, parameters: readonly unknown[] = []) => manager.query<Row[]>(sql, [...parameters]),
  };
}

/** Undoes what failed and keeps the transaction; a connection that is gone fails here too, and with it everything. */
export async function orNothing(manager: EntityManager, work: () => Promise<void>): Promise<void> {
  await manager.query('savepoint attempt');
  try {
    await work();
  } catch (error) {
    await manager.query('rollback to savepoint attempt');
    throw error;
  }
  await manager.query('release savepoint attempt');
}
