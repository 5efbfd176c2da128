import type { Tenant } from '@caretrail/kernel';

/** What became of an append. */
export type AppendOutcome = 'written' | 'repeated' | 'conflict' | 'failed';

/** How many appends came to what, and how many events they added. */
export type AppendCounts = Readonly<Record<AppendOutcome | 'events', number>>;

/** How many transactions held so many appends: at most `most`, and more than the size before it. */
export interface GroupSize {
  readonly most: number;
  readonly transactions: number;
}

/** The appends of one council through this process. */
export interface AppendFigures {
  /** When the process began to count. */
  readonly since: Date;
  readonly all: AppendCounts;
  /** Of the last minutes, the one that runs included. */
  readonly recent: AppendCounts;
  /** Over how many minutes `recent` is counted: fewer than five in a process that began just now, never under one. */
  readonly recentMinutes: number;
  readonly groups: readonly GroupSize[];
}

const MINUTE_MS = 60_000;
const RECENT_MINUTES = 5;
/** One append went alone; no transaction holds more than the last. */
const SIZES = [1, 4, 16, 64] as const;
const NOTHING: AppendCounts = { written: 0, repeated: 0, conflict: 0, failed: 0, events: 0 };

type Counts = { -readonly [Kind in keyof AppendCounts]: AppendCounts[Kind] };

class Council {
  readonly all: Counts = { ...NOTHING };
  /** By minute since 1970; those that are too old go when a new one begins. */
  readonly minutes = new Map<number, Counts>();
  readonly groups = SIZES.map(() => 0);
}

/** Counts what the appends of this process come to, by council, for whoever looks after it. Nothing in it is about a person. */
export class AppendActivity {
  private readonly councils = new Map<Tenant, Council>();
  private readonly since: number;

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number = Date.now) {
    this.since = now();
  }

  /** @param events that were added */
  count(tenant: Tenant, outcome: AppendOutcome, events: number): void {
    const { all, minutes } = this.council(tenant);
    const minute = this.minute();
    let recent = minutes.get(minute);
    if (!recent) {
      for (const old of minutes.keys()) if (old <= minute - RECENT_MINUTES) minutes.delete(old);
      minutes.set(minute, (recent = { ...NOTHING }));
    }
    for (const counts of [all, recent]) {
      counts[outcome]++;
      counts.events += events;
    }
  }

  /** @param appends that shared a transaction */
  group(tenant: Tenant, appends: number): void {
    const size = SIZES.findIndex((most) => appends <= most);
    this.council(tenant).groups[size < 0 ? SIZES.length - 1 : size]!++;
  }

  of(tenant: Tenant): AppendFigures {
    const { all, minutes, groups } = this.council(tenant);
    const recent: Counts = { ...NOTHING };
    const first = this.minute() - RECENT_MINUTES + 1;
    for (const [minute, counts] of minutes)
      if (minute >= first) for (const kind of Object.keys(NOTHING) as (keyof Counts)[]) recent[kind] += counts[kind];
    const begun = Math.max(first * MINUTE_MS, this.since);
    return {
      since: new Date(this.since),
      all: { ...all },
      recent,
      recentMinutes: Math.max((this.now() - begun) / MINUTE_MS, 1),
      groups: SIZES.map((most, index) => ({ most, transactions: groups[index]! })),
    };
  }

  private minute(): number {
    return Math.floor(this.now() / MINUTE_MS);
  }

  private council(tenant: Tenant): Council {
    let council = this.councils.get(tenant);
    if (!council) this.councils.set(tenant, (council = new Council()));
    return council;
  }
}
