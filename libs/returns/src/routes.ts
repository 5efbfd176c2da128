import { streamName, type CommandRoute } from '@caretrail/kernel';
import { KeepRejectedRows, RecordFile, RecordRows } from './contracts/index.js';
import { cldFileDecider } from './domain/cld-file.decider.js';
import { cldPersonDecider } from './domain/cld-person.decider.js';

const ofFile = (data: unknown): string => streamName('returns.cld-file', (data as RecordFile['data']).fileId);

/** Which decider answers which command of this context, and on which stream. */
export const returnsRoutes: readonly CommandRoute[] = [
  {
    command: RecordRows,
    decider: cldPersonDecider,
    stream: (data) => streamName('returns.cld-person', (data as RecordRows['data']).personId),
  },
  { command: RecordFile, decider: cldFileDecider, stream: ofFile },
  { command: KeepRejectedRows, decider: cldFileDecider, stream: ofFile },
];
