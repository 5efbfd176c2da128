import { isPlainDate } from '@caretrail/kernel';
import { z } from 'zod';

/** The id of a person or an aggregate. */
export const uuid = z.uuid();

/** A London day, `yyyy-mm-dd`. */
export const plainDate = z.string().refine(isPlainDate, 'must be a calendar day, yyyy-mm-dd');

/** A value of a coded list, kept as the source wrote it where the list is not fully published. Never free text. */
export const coded = z.string().min(1).max(200);

/** By which representation of the register somebody spoke for the person; the register knows their name. */
export const representation = z.strictObject({ representationId: uuid, kind: coded }).optional();

/** Words that may identify somebody; they are ciphertext in the store. */
export const personal = z.string().max(10_000);

/** Whole pence, not below nothing. */
export const pence = z.int().min(0);
