import { isPlainDate } from '@caretrail/kernel';
import { z } from 'zod';
import { wishesAsked } from './values.js';

/** The id of a person or an aggregate. */
export const uuid = z.uuid();

/** A London day, `yyyy-mm-dd`. */
export const plainDate = z.string().refine(isPlainDate, 'must be a calendar day, yyyy-mm-dd');

/** Words that may identify somebody; they are ciphertext in the store. */
export const personal = z.string().max(10_000);

/** Whether an adult was asked what they want, and what they said (Making Safeguarding Personal). */
export const wishes = z.strictObject({
  asked: z.enum(wishesAsked),
  /** What they want, in their words; exactly where they said so. */
  words: personal.optional(),
  /** Exactly where they were not asked. */
  notAskedBecause: personal.optional(),
});
export type Wishes = z.infer<typeof wishes>;
