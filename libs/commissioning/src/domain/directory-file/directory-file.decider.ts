import { streamName, unreachable, type Decider, type EventOf } from '@caretrail/kernel';
import type {
  directoryReceived,
  directoryRecordRejected,
  KeepRejectedRecords,
  RecordDirectoryFile,
} from '../../contracts/index.js';

export type DirectoryFileEvent = EventOf<typeof directoryReceived> | EventOf<typeof directoryRecordRejected>;

/** The days for which the file was taken in whole, and the places whose records are kept. */
export interface DirectoryFileState {
  readonly receivedFor: readonly string[];
  readonly kept: readonly string[];
}

export const directoryFileCategory = 'commissioning.directory-file';

/** The stream of a file, by the id that its content has. */
export const directoryFileStream = ({ fileId }: { readonly fileId: string }): string =>
  streamName(directoryFileCategory, fileId);

/** One file of the directory. Its id is derived from its content, so that the same file is the same one. */
export const directoryFileDecider: Decider<
  RecordDirectoryFile | KeepRejectedRecords,
  DirectoryFileState,
  DirectoryFileEvent
> = {
  initial: { receivedFor: [], kept: [] },

  decide(command, { receivedFor, kept }) {
    switch (command.type) {
      case 'commissioning.record-directory-file':
        return receivedFor.includes(taking(command.data))
          ? []
          : [{ type: 'commissioning.directory-received.v1', data: command.data }];
      case 'commissioning.keep-rejected-records': {
        const { fileId, records } = command.data;
        return records
          .filter(({ place }) => !kept.includes(place))
          .map((record) => ({ type: 'commissioning.directory-record-rejected.v1', data: { fileId, ...record } }));
      }
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'commissioning.directory-received.v1':
        return { ...state, receivedFor: [...state.receivedFor, taking(event.data)] };
      case 'commissioning.directory-record-rejected.v1':
        return { ...state, kept: [...state.kept, event.data.place] };
      default:
        return unreachable(event);
    }
  },
};

/** A file is taken in once for a day, and once more when it is said to be the whole directory after all. */
const taking = ({ publishedOn, whole }: { readonly publishedOn: string; readonly whole: boolean }): string =>
  `${publishedOn} ${whole ? 'whole' : 'part'}`;
