import { type Tenant, unreachable } from '@caretrail/kernel';
import type { Pool } from 'pg';
import type { WritableRequest } from '../append-request.policy.js';
import { ClockRefused } from '../clock-refused.error.js';
import { type AppendResult, PartlyWritten, WrongExpectedVersion } from '../port/event-store.port.js';
import {
  APPEND_GROUP_SQL,
  APPEND_SQL,
  eventCount,
  eventMoments,
  groupParameters,
  type GroupResult,
  isPlain,
  type Verdict,
} from './append-group.js';

interface Waiting {
  readonly request: WritableRequest;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (reason: unknown) => void;
}

/** Requests that go together, as they are sent. */
interface Group {
  readonly members: readonly Waiting[];
  readonly requests: readonly WritableRequest[];
  readonly values: readonly (Buffer | null)[];
  /** Only where the group is plain. */
  readonly moments: Buffer | null | undefined;
}

/** What PostgreSQL says where a row is there already. */
const UNIQUE_VIOLATION = '23505';
const MAX_REQUESTS = 64;
const MAX_EVENTS = 4_000;

/** Appends that come while one is under way go together in the next, each with a verdict of its own. */
export class GroupedAppends {
  private readonly waiting: Waiting[] = [];
  private writing = false;

  /** @param added told of what was written, once for each request, before any writer goes on */
  constructor(
    private readonly pool: Pool,
    private readonly added: (appends: readonly (readonly [Tenant, bigint])[]) => void,
  ) {}

  /** As `EventStore.append`. */
  write(request: WritableRequest): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      if (this.writing) return;
      this.writing = true;
      // After this turn, so that what was sent at the same time goes together from the start.
      setImmediate(() => void this.writeAll());
    });
  }

  /** One group after another, until nobody waits. */
  private async writeAll(): Promise<void> {
    for (let group = this.nextGroup(); group;) {
      const sent = this.writeOrReject(group);
      // A group that is full can be put into its form while PostgreSQL has the one before: once that one is sent.
      await new Promise(setImmediate);
      const ahead = this.waiting.length >= MAX_REQUESTS ? this.nextGroup() : undefined;
      await sent;
      group = ahead ?? this.nextGroup();
    }
    this.writing = false;
  }

  private async writeOrReject(group: Group): Promise<void> {
    try {
      await this.writeGroup(group);
    } catch (error) {
      if (group.members.length > 1 && isFaultOfOne(error)) await this.writeSingly(group);
      else for (const { reject } of group.members) reject(error);
    }
  }

  /** Of one council, which is what can be written as a whole; in the order in which they came. */
  private nextGroup(): Group | undefined {
    const group: Waiting[] = [];
    const others: Waiting[] = [];
    let [seen, events] = [0, 0];
    for (const waiting of this.waiting) {
      if (waiting.request.tenant === this.waiting[0]!.request.tenant) {
        events += eventCount(waiting.request);
        if (group.length === MAX_REQUESTS || (group.length > 0 && events > MAX_EVENTS)) break;
        group.push(waiting);
      } else others.push(waiting);
      seen++;
    }
    this.waiting.splice(0, seen, ...others);
    return group.length ? formed(group) : undefined;
  }

  /** Nothing of the group was written; alone, each fails for its own reason only. */
  private async writeSingly({ members }: Group): Promise<void> {
    for (const one of members)
      try {
        await this.writeGroup(formed([one]));
      } catch (error) {
        one.reject(error);
      }
  }

  private async writeGroup(group: Group): Promise<void> {
    const { members, requests } = group;
    const rows = await this.verdicts(group);
    if (rows[0]?.request === 0) {
      const results = resultsOf(requests, JSON.parse(rows[0].result!) as GroupResult);
      members.forEach(({ resolve }, index) => resolve(results[index]!));
      this.added(members.map(({ request }, index) => [request.tenant, results[index]!.position]));
      return;
    }
    const streams = requests.flatMap((request) => request.streams);
    const added: [Tenant, bigint][] = [];
    for (const row of rows) {
      const { request, resolve, reject } = members[row.request - 1]!;
      const { tenant, recordedAt } = request;
      const named = row.stream_index === null ? undefined : streams[row.stream_index - 1];
      switch (row.verdict) {
        case 'written': {
          const result = toResult(row.result!, false);
          resolve(result);
          if (result.eventIds.length) added.push([tenant, result.position]);
          break;
        }
        case 'repeated':
          resolve(toResult(row.result!, true));
          break;
        case 'conflict':
          reject(new WrongExpectedVersion(named!.stream, named!.expected, row.actual!));
          break;
        case 'partly written':
          reject(new PartlyWritten(named!.stream));
          break;
        case 'not-simulated':
        case 'before-last-event':
        case 'in-the-future':
          reject(new ClockRefused(tenant, recordedAt!, row.verdict));
          break;
        default:
          unreachable(row.verdict);
      }
    }
    this.added(added);
  }

  private async verdicts({ values, moments }: Group): Promise<readonly Verdict[]> {
    if (moments !== undefined)
      try {
        const whole = { name: 'append_group', text: APPEND_GROUP_SQL, values: [...values, moments] };
        return (await this.pool.query<Verdict>(whole)).rows;
      } catch (error) {
        // Some id, or some command, was there before. Nothing of the group was written.
        if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
      }
    return (await this.pool.query<Verdict>({ name: 'append_events', text: APPEND_SQL, values: [...values] })).rows;
  }
}

function formed(members: readonly Waiting[]): Group {
  const requests = members.map(({ request }) => request);
  const moments = isPlain(requests) ? eventMoments(requests) : undefined;
  return { members, requests, values: groupParameters(requests), moments };
}

/** The result of each request of a group that was written as a whole. */
function resultsOf(requests: readonly WritableRequest[], { positions, versions }: GroupResult): AppendResult[] {
  let at = 0;
  return requests.map(({ streams }, index) => ({
    position: BigInt(positions[index]!),
    eventIds: streams.flatMap(({ events }) => events.map(({ id }) => id)),
    versions: Object.fromEntries(streams.map(({ stream, events }) => [stream, versions[at++]! + events.length])),
    repeated: false,
  }));
}

/** A result as PostgreSQL keeps it. */
export function toResult(json: string, repeated: boolean): AppendResult {
  const { position, eventIds, versions } = JSON.parse(json) as Pick<AppendResult, 'eventIds' | 'versions'> & {
    position: string;
  };
  return { position: BigInt(position), eventIds, versions, repeated };
}

/**
 * True where PostgreSQL refused the statement and so wrote nothing. A lost connection (08), a lack of resources (53) or
 * a shutdown (57) is nobody's fault: asking again for each would only hold everybody up.
 */
function isFaultOfOne(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !['08', '53', '57'].includes(code.slice(0, 2));
}
