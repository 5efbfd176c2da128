import { EventStore } from '@caretrail/event-store';
import {
  addDays,
  addMonths,
  formatDate,
  type Instant,
  InvalidInput,
  isPlainDate,
  londonClock,
  londonDate,
  londonInstant,
  RuleViolation,
  type Tenant,
} from '@caretrail/kernel';
import { Configuration, CouncilClocks, Councils } from '@caretrail/platform';
import { Inject, Injectable } from '@nestjs/common';

/** Where a council's clock stands. */
export interface ClockReading {
  readonly council: Tenant;
  /** True while it stands where somebody set it; false where it is the time of this machine. */
  readonly set: boolean;
  /** UTC. */
  readonly now: Instant;
  /** The London day of `now`. */
  readonly today: string;
}

/** What is to happen to a clock: stand at a London time `2026-03-01T09:00`, go on by `30d`, or live now. */
export type ClockChange = { readonly set: string } | { readonly advance: string } | { readonly real: true };

const LONDON_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ]([01]\d|2[0-3]):([0-5]\d))?$/;
const SPAN = /^([1-9]\d{0,3})([hdwm])$/;
const HOUR_MS = 3_600_000;

/** Sets the clock of a simulated council, so that deadlines and lateness can be lived through. */
@Injectable()
export class ClockSetting {
  constructor(
    @Inject(Councils) private readonly councils: Councils,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject('CLOCK') private readonly clocks: CouncilClocks,
  ) {}

  /** @throws NotFound for a council that is not set up */
  async read(tenant: Tenant): Promise<ClockReading> {
    await this.councils.get(tenant);
    await this.clocks.lookUp(tenant);
    const now = this.clocks.now(tenant);
    return { council: tenant, set: this.clocks.isSet(tenant), now, today: londonDate(now) };
  }

  /**
   * @throws RuleViolation in production, for a real council, for a moment that has not come, and for one before the
   * council's last event; InvalidInput for what is no time or span
   */
  async change(tenant: Tenant, change: ClockChange): Promise<ClockReading> {
    if (this.configuration.environment === 'production')
      throw new RuleViolation([
        {
          rule: 'no-set-clock-in-production',
          message: 'In production no clock can be set: it is the time of the machine.',
        },
      ]);
    const { now } = await this.read(tenant);
    if ('real' in change) await this.clocks.release(tenant);
    else {
      const instant = 'set' in change ? instantOf(change.set) : later(now, change.advance);
      await this.refuseBeforeLastEvent(tenant, instant);
      await this.clocks.set(tenant, instant);
    }
    return this.read(tenant);
  }

  private async refuseBeforeLastEvent(tenant: Tenant, instant: Instant): Promise<void> {
    const last = await lastRecorded(this.store, tenant);
    if (last === undefined || instant >= last) return;
    throw new RuleViolation([
      {
        rule: 'clock-never-runs-backwards',
        field: 'set',
        message: `The last event of this council was recorded on ${formatDate(londonDate(last))} at ${londonClock(last, true)}. Set the clock to that moment or later.`,
      },
    ]);
  }
}

/** When the council's newest event was recorded; undefined where it has none. */
export async function lastRecorded(store: EventStore, tenant: Tenant): Promise<Instant | undefined> {
  const head = await store.head(tenant);
  if (head === 0n) return undefined;
  const { events } = await store.readAll({ tenant, after: head - 1n, limit: 1 });
  return events[0]?.recordedAt;
}

function instantOf(text: string): Instant {
  const [, day = '', hour = '00', minute = '00'] = LONDON_TIME.exec(text.trim()) ?? [];
  const instant = isPlainDate(day) ? londonInstant(day, `${hour}:${minute}`) : undefined;
  if (instant) return instant;
  throw new InvalidInput([
    {
      rule: 'clock-time-is-real',
      field: 'set',
      message: `“${text}” is not a time in London. Write a day and a time, such as 2026-03-01T09:00.`,
    },
  ]);
}

/** Hours pass by the clock; days, weeks and months lead to the same London time of day. */
function later(now: Instant, span: string): Instant {
  const [, count, unit] = SPAN.exec(span.trim()) ?? [];
  const number = Number(count);
  const [day, time] = [londonDate(now), londonClock(now)];
  const at = (date: string) => londonInstant(date, time) ?? londonInstant(date, '12:00')!;
  switch (unit) {
    case 'h':
      return new Date(Date.parse(now) + number * HOUR_MS).toISOString();
    case 'd':
      return at(addDays(day, number));
    case 'w':
      return at(addDays(day, 7 * number));
    case 'm':
      return at(addMonths(day, number));
    default:
      throw new InvalidInput([
        {
          rule: 'clock-span-is-real',
          field: 'advance',
          message: `“${span}” is not a span of time. Write hours, days, weeks or months, such as 12h, 30d, 6w or 6m.`,
        },
      ]);
  }
}
