import { isPlainDate } from '@caretrail/kernel';
import { z } from 'zod';

/** The id of a person or an aggregate. */
export const uuid = z.uuid();

/** A London day, `yyyy-mm-dd`. */
export const plainDate = z.string().refine(isPlainDate, 'must be a calendar day, yyyy-mm-dd');

/** Whole pence, not below nothing. */
export const pence = z.int().min(0);

/** The name of an outcome or another coded value. Never free text. */
export const coded = z.string().min(1).max(200);

/** Words that may identify somebody; they are ciphertext in the store. */
export const personal = z.string().max(10_000);

/** Words about nobody: of a rulebook, a letter of appointment, a published list. Clear in the store. */
export const published = z.string().min(1).max(2_000);
