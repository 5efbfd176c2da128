import { unreachable, type Decider, type EventOf } from '@caretrail/kernel';
import type { KeepRejectedRows, RecordFile } from '../contracts/returns.commands.js';
import { fileReceived, rowRejected } from '../contracts/returns.events.js';

type Event = EventOf<typeof fileReceived> | EventOf<typeof rowRejected>;

/** The rejected lines, newest first; a list, because it grows by one for each of what may be very many events. */
interface RejectedLine {
  readonly line: number;
  readonly before: RejectedLine | undefined;
}

/** Whether the file is closed, and which of its lines were rejected. */
export interface FileState {
  readonly received: boolean;
  readonly rejected: RejectedLine | undefined;
}

/** One file as it was taken in. Its id is derived from its content and its day, so that the same file is the same one. */
export const cldFileDecider: Decider<RecordFile | KeepRejectedRows, FileState, Event> = {
  initial: { received: false, rejected: undefined },

  decide(command, state) {
    switch (command.type) {
      case 'returns.record-file':
        if (state.received) return [];
        return [{ type: fileReceived.type, data: command.data, effectiveOn: command.data.submittedOn }];
      case 'returns.keep-rejected-rows': {
        const { fileId, rows } = command.data;
        const kept = new Set<number>();
        for (let one = state.rejected; one; one = one.before) kept.add(one.line);
        return rows
          .filter(({ line }) => !kept.has(line))
          .map((row) => ({ type: rowRejected.type, data: { fileId, ...row } }));
      }
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'returns.file-received.v1':
        return { ...state, received: true };
      case 'returns.row-rejected.v1':
        return { ...state, rejected: { line: event.data.line, before: state.rejected } };
      default:
        return unreachable(event);
    }
  },
};
