import { CaretrailError } from '@caretrail/kernel';
import { isConnectionLost } from '@caretrail/platform';

/** Events were read, and could not be applied or handled; the cause says why, and the id which, where that is known. */
export class HandlingFailed extends Error {
  constructor(
    override readonly cause: unknown,
    readonly eventId?: string,
  ) {
    super('Events could not be handled.');
    this.name = 'HandlingFailed';
  }
}

/** The store is not the one that the checkpoint is a position of: going on would miss events or apply them twice. */
export class StoreReplaced extends Error {
  constructor(why: 'epoch' | 'beyond-head') {
    super(
      why === 'epoch'
        ? 'The event store was restored or replaced since this checkpoint was written. Start the subscription over.'
        : 'The checkpoint lies beyond the newest event: the event store was restored from an older backup. Start the subscription over.',
    );
    this.name = 'StoreReplaced';
  }
}

/** The server repeats what another one does: nothing can be followed there, because rows and checkpoints are written. */
export class StandbyServer extends Error {
  constructor() {
    super(
      'This PostgreSQL is a standby, which only repeats another server. Subscriptions run on the primary: name it in DATABASE_URL, or promote this one.',
    );
    this.name = 'StandbyServer';
  }
}

/** The rows were built by a newer program: one of this version would write what that one does not expect. */
export class NewerRows extends Error {
  constructor(rows: number, program: number) {
    super(
      `The rows are of version ${rows}, and this program builds version ${program}. Start the newer program, or show the rows of before.`,
    );
    this.name = 'NewerRows';
  }
}

/** Somebody went back to rows that this program cannot carry on, and it does not build its own unasked. */
export class RolledBack extends Error {
  constructor(rows: number, program: number) {
    super(
      `Somebody went back to the rows of version ${rows}; they stand still until a program of that version runs, or a rebuild brings version ${program}.`,
    );
    this.name = 'RolledBack';
  }
}

/** Raised as an alarm: some keys do not go on until somebody releases or skips what was parked. */
export class KeysParked extends Error {
  constructor(
    readonly keys: readonly string[],
    readonly reasons: readonly string[],
  ) {
    super(`${keys.length} ${keys.length === 1 ? 'key was' : 'keys were'} parked: ${keys.join(', ')}`);
    this.name = 'KeysParked';
  }
}

/** So many keys at once are no fault of the events: the program or its tables are at fault. Nothing is parked. */
export class TooManyKeys extends Error {
  constructor(most: number) {
    super(`More than ${most} keys could not be handled; nothing was parked.`);
    this.name = 'TooManyKeys';
  }
}

/** What PostgreSQL or the system calls it; undefined where neither named it. */
export const codeOf = (error: unknown): string | undefined => {
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  const found = driverError?.code ?? code;
  return typeof found === 'string' ? found : undefined;
};

/**
 * True for what passes by itself and is no fault of an event: a lost connection (08), a deadlock (40), a lack of
 * resources (53), a lock (55), a shutdown or time limit (57), a broken disk (58), or another writer who was first.
 */
export function passes(error: unknown): boolean {
  if (error instanceof CaretrailError) return error.kind === 'conflict' || error.kind === 'unavailable';
  if (error instanceof Error && error.name === 'WrongExpectedVersion') return true;
  const code = codeOf(error);
  if (!code) return error instanceof Error && isConnectionLost(error);
  return /^[0-9A-Z]{5}$/.test(code)
    ? ['08', '40', '53', '55', '57', '58'].includes(code.slice(0, 2))
    : /^E[A-Z]+$/.test(code);
}

const SAYS_IT_ITSELF = [StandbyServer, StoreReplaced, TooManyKeys, NewerRows, RolledBack];

/** What kind of failure it was, never its words: those may repeat what stands in an event. */
export function reasonOf(error: unknown): string {
  if (SAYS_IT_ITSELF.some((known) => error instanceof known)) return (error as Error).message;
  if (error instanceof HandlingFailed)
    return error.eventId ? `${reasonOf(error.cause)} at event ${error.eventId}` : reasonOf(error.cause);
  if (error instanceof CaretrailError && error.faults.length)
    return `${error.name}: ${[...new Set(error.faults.map(({ rule }) => rule))].join(', ')}`;
  if (!(error instanceof Error)) return 'unknown error';
  const code = codeOf(error);
  return code ? `${error.name} ${code}` : error.name;
}
