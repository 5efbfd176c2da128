import { defineEvent, type EventOf, formatDate } from '@caretrail/kernel';
import { z } from 'zod';
import { directoryEntry } from './directory-entry.js';
import { plainDate, uuid } from './shapes.js';

const AUTHORITY = 'Care Act 2014 s2(2)(a), s4(1)–(2)';
const nobody = () => [];

export const delistingReasons = [
  'not in the whole directory any more',
  'inactive in the directory',
  'defunct in the directory',
] as const;

export const listing = z.strictObject({ serviceId: uuid, entry: directoryEntry });

/** A service that is there for everybody stands in the directory, for the first time or again. True from the day of publication. */
export const serviceListed = defineEvent({
  type: 'commissioning.service-listed.v1',
  schema: listing,
  people: nobody,
  title: ({ entry }) => `Service listed: ${entry.name}`,
  authority: AUTHORITY,
});
export type ServiceListedData = EventOf<typeof serviceListed>['data'];

/** The directory tells the whole of a service anew. True from the day of publication. */
export const serviceListingChanged = defineEvent({
  type: 'commissioning.service-listing-changed.v1',
  schema: listing,
  people: nobody,
  title: ({ entry }) => `Service listing changed: ${entry.name}`,
  authority: AUTHORITY,
});

export const delisting = z.strictObject({ serviceId: uuid, reason: z.enum(delistingReasons) });

/** The service stands in the directory no longer. */
export const serviceDelisted = defineEvent({
  type: 'commissioning.service-delisted.v1',
  schema: delisting,
  people: nobody,
  title: ({ reason }) => `Service delisted: ${reason}`,
  authority: AUTHORITY,
});

/** What became of the records of a directory’s file. */
export const directoryCounts = z.strictObject({
  records: z.int().min(0),
  accepted: z.int().min(0),
  /** Of the accepted: recorded without something that could not be understood. */
  warned: z.int().min(0),
  rejected: z.int().min(0),
  listed: z.int().min(0),
  changed: z.int().min(0),
  unchanged: z.int().min(0),
  delisted: z.int().min(0),
});
export type DirectoryCounts = z.infer<typeof directoryCounts>;

/** What is wrong with a part of a record; `place` is its path in the file, `contents[3].cost_options[0].amount`. */
export const directoryFault = z.strictObject({
  place: z.string().max(300),
  rule: z.string().max(100),
  reason: z.string().max(500),
});
export type DirectoryFault = z.infer<typeof directoryFault>;

export const directoryFile = z.strictObject({
  fileId: uuid,
  /** The file’s name without its folder. */
  name: z.string().max(255),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  publishedOn: plainDate,
  /** Whether it held the whole directory, so that what is not in it is delisted. */
  whole: z.boolean(),
  counts: directoryCounts,
  warnings: z.array(directoryFault).max(1_000),
});

/** A file of the directory was taken in, and what became of its records. */
export const directoryReceived = defineEvent({
  type: 'commissioning.directory-received.v1',
  schema: directoryFile,
  people: nobody,
  title: ({ publishedOn, counts }) =>
    `Directory of ${formatDate(publishedOn)} received: ${counts.records.toLocaleString('en-GB')} services`,
  authority: AUTHORITY,
});
export type DirectoryReceivedData = EventOf<typeof directoryReceived>['data'];

export const rejectedRecord = z.strictObject({
  /** Its path in the file: `contents[3]`. */
  place: z.string().max(300),
  faults: z.array(directoryFault).min(1).max(100),
  /** The record as JSON, its first 20,000 characters; locked, because a directory may name whom to contact. */
  record: z.string().max(20_000),
});

/** A record that could not be understood, kept with its place and the reasons. */
export const directoryRecordRejected = defineEvent({
  type: 'commissioning.directory-record-rejected.v1',
  schema: rejectedRecord.extend({ fileId: uuid }),
  personal: ['record'],
  subject: ({ fileId }) => fileId,
  people: nobody,
  title: ({ place }) => `Record ${place} of a directory rejected`,
  authority: AUTHORITY,
});
export type DirectoryRecordRejectedData = EventOf<typeof directoryRecordRejected>['data'];
