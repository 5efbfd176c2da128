import { defineEvent, formatDate, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { fileCounts, period, plainDate, uuid } from './shapes.js';

/** One row as the ledger keeps it: what identifies it, and a keyed digest of its content. Nothing personal. */
export const ledgerRow = z.strictObject({
  /** The stream that holds the row's events. */
  stream: z.string().max(200),
  key: z.string().max(500),
  /** 1 for the first of equal keys. */
  ordinal: z.int().min(1),
  eventType: z.enum(['Request', 'Assessment', 'Service', 'Review', 'None']),
  eventReference: z.string().max(200).optional(),
  fingerprint: z.string().max(100),
  /** Left out for a carer known by association, who has no event. */
  startsOn: plainDate.optional(),
  endsOn: plainDate.optional(),
  verdict: z.enum(['new', 'corrected', 'withdrawn']),
});
export type LedgerRow = z.infer<typeof ledgerRow>;

export const rowsReceivedSchema = z.strictObject({
  personId: uuid,
  fileId: uuid,
  submittedOn: plainDate,
  period,
  rows: z.array(ledgerRow).min(1),
});
/** What a Client Level Data file brought about one person; only where something changed. True on the day of submission. */
export const rowsReceived = defineEvent({
  type: 'returns.rows-received.v1',
  schema: rowsReceivedSchema,
  people: (data) => [data.personId],
  title: (data) => `Client Level Data of ${formatDate(data.submittedOn)}: ${data.rows.length} changed`,
  authority: 'Health and Social Care Act 2012 s259',
});
export type RowsReceivedData = EventOf<typeof rowsReceived>['data'];

export const fileReceivedSchema = z.strictObject({
  fileId: uuid,
  name: z.string().max(255),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  submittedOn: plainDate,
  /** Left out for a file without rows. */
  period: period.optional(),
  counts: fileCounts,
});
/** A Client Level Data file was taken in, and what became of its rows. `name` is the file's name without its folder. */
export const fileReceived = defineEvent({
  type: 'returns.file-received.v1',
  schema: fileReceivedSchema,
  people: () => [],
  title: (data) => `Client Level Data received: ${data.counts.rows.toLocaleString('en-GB')} rows`,
  authority: 'Health and Social Care Act 2012 s259',
});
export type FileReceivedData = EventOf<typeof fileReceived>['data'];

export const rowRejectedSchema = z.strictObject({
  fileId: uuid,
  /** Left out where the row does not say who it is about: then the file's own key locks it. */
  personId: uuid.optional(),
  line: z.int().min(2),
  faults: z
    .array(z.strictObject({ column: z.string().max(100).optional(), reason: z.string().max(500), rule: z.string() }))
    .min(1),
  /** The row as comma-separated text. PERSONAL. */
  row: z.string(),
});
/** A row that could not be recorded, kept with the reasons. The row itself is locked under its person's key. */
export const rowRejected = defineEvent({
  type: 'returns.row-rejected.v1',
  schema: rowRejectedSchema,
  personal: ['row'],
  subject: (data) => data.personId ?? data.fileId,
  people: (data) => (data.personId ? [data.personId] : []),
  title: (data) => `Row of line ${data.line} rejected`,
  authority: 'Health and Social Care Act 2012 s259',
});
export type RowRejectedData = EventOf<typeof rowRejected>['data'];

/** All that this context publishes. */
export const returnsEvents = [rowsReceived, fileReceived, rowRejected] as const;
