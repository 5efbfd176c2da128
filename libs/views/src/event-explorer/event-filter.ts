import { parseUkDate } from '@caretrail/web';
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

const DAYS = {
  recordedFrom: 'Recorded from',
  recordedTo: 'Recorded to',
  trueFrom: 'True from',
  trueTo: 'True to',
} as const;

/** What stands in a field for a day and is none, with what to type: nothing is filtered by it. */
export function unreadableDays(filter: Partial<EventFilter>): Partial<Record<keyof typeof DAYS, string>> {
  const wrong = Object.entries(DAYS).filter(([field]) => {
    const typed = filter[field as keyof typeof DAYS];
    return typed && !parseUkDate(typed);
  });
  return Object.fromEntries(wrong.map(([field, name]) => [field, `“${name}” must be a real day, such as 31/3/2026`]));
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
