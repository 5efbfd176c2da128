import { type Command, type CommandMeta, RuleViolation, type StoredEvent } from '@caretrail/kernel';
import { v5 as derivedUuid } from 'uuid';

/** Where a process sends its commands: the CommandBus. */
export interface CommandSender {
  execute(command: Command): Promise<unknown>;
}

const AGGREGATE_NAMESPACE = 'b5d6a6a7-6df3-4c0b-9a5e-0f6c3e3f1d52';

/** The id of the aggregate that an event brings about: the same whenever the event is handled again. */
export const idArisingFrom = (event: Pick<StoredEvent, 'id'>): string => derivedUuid(event.id, AGGREGATE_NAMESPACE);

/**
 * The meta of the one command that a process sends because of an event. Its id follows from the event's, so that a
 * repetition has no further effect; it is true for the event's day, and its actor is the process, not the person who
 * caused the event (who is found by the causation).
 */
export function causedBy(event: StoredEvent, process: string): CommandMeta {
  return {
    tenant: event.tenant,
    commandId: `${process}/${event.id}`,
    actor: { id: `process:${process}`, role: 'process' },
    effectiveOn: event.metadata.effectiveOn,
    correlationId: event.metadata.correlationId,
    causationId: event.id,
    process,
  };
}

/** For a command whose refusal by the rules is an answer, too: nothing is stored, and the event is handled. */
export function unlessRefused(error: unknown): void {
  if (!(error instanceof RuleViolation)) throw error;
}
