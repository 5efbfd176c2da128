import { isPlainDate } from '@caretrail/kernel';
import { z } from 'zod';

/** The id of a person, a file or a row. */
export const uuid = z.uuid();

/** A London day, `yyyy-mm-dd`. */
export const plainDate = z.string().refine(isPlainDate, 'must be a calendar day, yyyy-mm-dd');

/** The days that a return covers, both included. */
export const period = z.strictObject({ start: plainDate, end: plainDate });

/** What became of the rows of a file. */
export const fileCounts = z.strictObject({
  rows: z.int().min(0),
  accepted: z.int().min(0),
  warned: z.int().min(0),
  rejected: z.int().min(0),
  unchanged: z.int().min(0),
  corrected: z.int().min(0),
  missing: z.int().min(0),
  withdrawn: z.int().min(0),
});
export type FileCounts = z.infer<typeof fileCounts>;
