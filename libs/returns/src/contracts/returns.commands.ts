import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { fileReceivedSchema, rowRejectedSchema, rowsReceivedSchema } from './returns.events.js';
import { uuid } from './shapes.js';

const recordRows = rowsReceivedSchema;
/** Writes into a person's ledger what one file brought; what stands already is left out. */
export class RecordRows extends Command<z.infer<typeof recordRows>> {
  static readonly schema = recordRows;
  readonly type = 'returns.record-rows';
}

const recordFile = fileReceivedSchema;
/** Closes the taking-in of a file; the same file again changes nothing. */
export class RecordFile extends Command<z.infer<typeof recordFile>> {
  static readonly schema = recordFile;
  readonly type = 'returns.record-file';
}

const keepRejectedRows = z.strictObject({
  fileId: uuid,
  rows: z.array(rowRejectedSchema.omit({ fileId: true })).min(1),
});
/** Keeps rows that could not be recorded; a line that was kept before is left out. Send many at a time. */
export class KeepRejectedRows extends Command<z.infer<typeof keepRejectedRows>> {
  static readonly schema = keepRejectedRows;
  readonly type = 'returns.keep-rejected-rows';
}
