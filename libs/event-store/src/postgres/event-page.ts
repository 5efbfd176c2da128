import type { Instant, PlainDate, StoredEvent, Tenant } from '@caretrail/kernel';

/** What `events_page` answers. */
export interface PageRow {
  /** How many events there are in it. */
  readonly size: number;
  /** The events as JSON arrays, with commas between them; null where there is none. */
  readonly events: string | null;
  /** Position of the last of them. */
  readonly last: string | null;
  /** Position of the council's newest event. */
  readonly head: string;
}

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

/** The events of a page. */
export function eventsIn({ events }: PageRow, tenant: Tenant): StoredEvent[] {
  if (events === null) return [];
  // What was recorded together has one moment, and to write it out takes longer than most else.
  let moment = NaN;
  let instant: Instant = '';
  return (JSON.parse(`[${events}]`) as Fields[]).map(
    ([position, version, id, type, stream, recordedAt, knownOn, data, metadata]) => {
      if (recordedAt !== moment) instant = new Date((moment = recordedAt)).toISOString();
      return {
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
      };
    },
  );
}

/** @param day since 1970 */
function dateOf(day: number): PlainDate {
  let date = dates.get(day);
  if (date === undefined) dates.set(day, (date = new Date(day * DAY_MS).toISOString().slice(0, 10)));
  return date;
}
