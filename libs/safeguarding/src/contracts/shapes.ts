import { isPlainDate } from '@caretrail/kernel';
import { z } from 'zod';

/** The id of a person or an aggregate. */
export const uuid = z.uuid();

/** A London day, `yyyy-mm-dd`. */
export const plainDate = z.string().refine(isPlainDate, 'must be a calendar day, yyyy-mm-dd');

/** Words that may identify somebody; they are ciphertext in the store. */
export const personal = z.string().max(10_000);
