import { type PlainDate, isPlainDate } from '@caretrail/kernel';
import { z } from 'zod';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const RECORD = /^P-([0-9a-f]{8})$/i;

const text = z.string().trim().max(200).optional().catch(undefined);
const flag = z
  .union([z.literal('yes'), z.boolean()])
  .optional()
  .transform((value) => value === 'yes' || value === true)
  .catch(false);

/** How the address (or an API call) asks: garbage is no filter, never an error, and the page shows what it understood. */
export const eventFilterSchema = z.object({
  type: text,
  about: text,
  who: text,
  tied: text,
  recordedFrom: text,
  recordedTo: text,
  trueFrom: text,
  trueTo: text,
  late: flag,
  corrections: flag,
  decisions: flag,
  order: z.enum(['newest', 'oldest']).catch('newest'),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
  event: z.string().regex(UUID).optional().catch(undefined),
});

export type EventFilter = z.output<typeof eventFilterSchema>;

/** A day as typed: `31/1/2026` or `2026-01-31`; undefined for anything else. */
export function dayOf(typed: string | undefined): PlainDate | undefined {
  if (!typed) return undefined;
  const uk = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(typed);
  const day = uk ? `${uk[3]}-${uk[2]!.padStart(2, '0')}-${uk[1]!.padStart(2, '0')}` : typed;
  return isPlainDate(day) ? day : undefined;
}

/** What the reader names in “Record, stream or event id”. */
export type About =
  | { readonly kind: 'record'; readonly record: string }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'stream'; readonly stream: string };

export function aboutOf(typed: string | undefined): About | undefined {
  if (!typed) return undefined;
  const record = RECORD.exec(typed);
  if (record) return { kind: 'record', record: record[1]!.toLowerCase() };
  if (UUID.test(typed)) return { kind: 'id', id: typed.toLowerCase() };
  return { kind: 'stream', stream: typed };
}
