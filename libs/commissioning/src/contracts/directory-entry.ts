import { z } from 'zod';
import { plainDate } from './shapes.js';

/** Published words of a directory: about a service, never about a person. */
const published = (length: number) => z.string().min(1).max(length);

/** `AB1 2CD`: district, blank, the rest. */
const postcode = z.string().regex(/^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/);

/** A term under which a service stands: what it is for, or for whom. */
export const directoryTerm = z.strictObject({
  /** Of which list of terms: `Circumstance`. */
  taxonomy: published(200).optional(),
  code: published(100).optional(),
  name: published(200),
});

/** Where a service is given; a telephone line or a web page has no postcode. */
export const directoryPlace = z.strictObject({
  kind: z.enum(['physical', 'postal', 'virtual']),
  name: published(300).optional(),
  address: published(500).optional(),
  postcode: postcode.optional(),
  /** How somebody who uses a wheelchair or a hearing aid gets in. */
  access: z.array(published(500)).max(20),
});

/** What somebody pays, in whole pence; 0 where it is free. */
export const directoryCost = z.strictObject({
  pence: z.int().min(0).optional(),
  /** For whom, or under which condition: `Under 18s and over 60s`. */
  option: published(500).optional(),
  /** `per one-hour session`. */
  note: published(500).optional(),
  from: plainDate.optional(),
  to: plainDate.optional(),
});

/** When it is open, in words, and between which days that holds. */
export const directoryOpening = z.strictObject({
  words: published(1_000),
  from: plainDate.optional(),
  to: plainDate.optional(),
});

/**
 * A universal service as its directory publishes it: the part of Open Referral UK (HSDS-UK 3.0) that helps somebody to
 * choose. Names of contacts are left out, because nobody needs them to find a service.
 */
export const directoryEntry = z.strictObject({
  name: published(300),
  organisation: z.strictObject({ id: z.uuid().optional(), name: published(300) }),
  description: published(10_000).optional(),
  /** One that is closed for now is still listed, and says so. */
  temporarilyClosed: z.boolean(),
  alert: published(1_000).optional(),
  url: published(1_000).optional(),
  email: published(300).optional(),
  phones: z.array(published(50)).max(20),
  howToApply: published(4_000).optional(),
  eligibility: published(4_000).optional(),
  minimumAge: z.int().min(0).max(150).optional(),
  maximumAge: z.int().min(0).max(150).optional(),
  fees: published(4_000).optional(),
  costs: z.array(directoryCost).max(50),
  opening: z.array(directoryOpening).max(50),
  languages: z.array(published(100)).max(50),
  terms: z.array(directoryTerm).max(100),
  /** In which areas it is offered, in the directory’s words. */
  areas: z.array(published(500)).max(50),
  places: z.array(directoryPlace).max(200),
  /** When somebody last checked that this is so. */
  assuredOn: plainDate.optional(),
});
export type DirectoryEntry = z.infer<typeof directoryEntry>;
