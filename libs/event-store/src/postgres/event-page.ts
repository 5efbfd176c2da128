import type { Instant, PlainDate, StoredEvent, Tenant } from '@caretrail/kernel';

type Fields = [
  position: number,
  version: number,
  id: string,
  type: string,
  stream: string,
  recordedAt: number,
  knownOn: number,
  data: unknown,
  metadata: StoredEvent['metadata'],
];

const DAY_MS = 86_400_000;
const dates = new Map<number, PlainDate>();

/** @param texts JSON arrays of the fields above, with commas between them */
export function eventsIn(texts: readonly string[], tenant: Tenant): StoredEvent[] {
  const events: StoredEvent[] = [];
  // What was recorded together has one moment, and to write it out takes longer than most else.
  let moment = NaN;
  let instant: Instant = '';
  for (const text of texts)
    for (const fields of JSON.parse(`[${text}]`) as Fields[]) {
      const [position, version, id, type, stream, recordedAt, knownOn, data, metadata] = fields;
      if (recordedAt !== moment) instant = new Date((moment = recordedAt)).toISOString();
      events.push({
        id,
        type,
        data,
        metadata,
        tenant,
        stream,
        version,
        position: BigInt(position),
        recordedAt: instant,
        knownOn: dateOf(knownOn),
      });
    }
  return events;
}

/** @param day since 1970 */
export function dateOf(day: number): PlainDate {
  let date = dates.get(day);
  if (date === undefined) dates.set(day, (date = new Date(day * DAY_MS).toISOString().slice(0, 10)));
  return date;
}
