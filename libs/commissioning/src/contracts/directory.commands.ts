import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { delisting, directoryFile, listing, rejectedRecord } from './directory.events.js';
import { uuid } from './shapes.js';

export type ListServiceData = z.infer<typeof listing>;
/** What a directory says of a service; the same again changes nothing. */
export class ListService extends Command<ListServiceData> {
  static readonly schema = listing;
  readonly type = 'commissioning.list-service';
}

export type DelistServiceData = z.infer<typeof delisting>;
/** Takes a service out of the directory; one that does not stand in it stays out. */
export class DelistService extends Command<DelistServiceData> {
  static readonly schema = delisting;
  readonly type = 'commissioning.delist-service';
}

export type RecordDirectoryFileData = z.infer<typeof directoryFile>;
/** Closes the taking-in of a file; the same file of the same day again changes nothing. */
export class RecordDirectoryFile extends Command<RecordDirectoryFileData> {
  static readonly schema = directoryFile;
  readonly type = 'commissioning.record-directory-file';
}

const keepRejectedRecords = z.strictObject({ fileId: uuid, records: z.array(rejectedRecord).min(1) });
/** Keeps records that could not be understood; one that was kept before is left out. */
export class KeepRejectedRecords extends Command<z.infer<typeof keepRejectedRecords>> {
  static readonly schema = keepRejectedRecords;
  readonly type = 'commissioning.keep-rejected-records';
}
