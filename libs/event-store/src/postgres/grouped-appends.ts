import { type Tenant, unreachable } from '@caretrail/kernel';
import type { Pool } from 'pg';
import type { WritableRequest } from '../append-request.policy.js';
import { ClockRefused } from '../clock-refused.error.js';
import { type AppendResult, PartlyWritten, WrongExpectedVersion } from '../port/event-store.port.js';
import {
  APPEND_DURABLY_SQL,
  eventCount,
  type GroupAnswer,
  groupParameters,
  type StoredResult,
  type Verdict,
} from './append-group.js';
import { GroupPace } from './group-pace.js';

interface Waiting {
  readonly request: WritableRequest;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (reason: unknown) => void;
}

/** What PostgreSQL says where a row is there already. */
const UNIQUE_VIOLATION = '23505';
const MAX_REQUESTS = 64;
/** Groups under way at a time: while one waits for the disk, the next is formed and written. */
const LANES = 2;
/** Less is not worth a round trip and a flush of its own: flushes wait for one another, whichever lane they are of. */
const [MIN_REQUESTS, MIN_EVENTS] = [8, 16];

/** Whoever wants to know how appends were put together. */
export interface GroupObserver {
  /** What was written, and where it ends: before any writer goes on. */
  readonly added: (appends: readonly (readonly [Tenant, bigint])[]) => void;
  /** How many requests and events of a council went together, each time that some did. */
  readonly grouped: (tenant: Tenant, requests: number, events: number) => void;
}

/** Requests that go together, and all that they name. */
class Group {
  readonly members: Waiting[] = [];
  events = 0;
  private readonly streams = new Set<string>();
  /** Ids of events, and commands. */
  private readonly named = new Set<string>();
  /** Set where the order among all streams counts: a clock that is set must not run backwards, and a head be no older. */
  private ordered = false;

  add(waiting: Waiting): void {
    const { streams, commandId, recordedAt } = waiting.request;
    const events = eventCount(waiting.request);
    this.members.push(waiting);
    this.events += events;
    if (commandId !== undefined) this.named.add(commandKey(commandId));
    for (const { stream, events } of streams) {
      this.streams.add(stream);
      for (const { id } of events) this.named.add(id);
    }
    this.ordered ||= recordedAt !== undefined || !events;
  }

  /** Whether an id or the command is in it already: what became of the first must be there to be looked up. */
  repeats({ commandId, streams }: WritableRequest): boolean {
    if (commandId !== undefined && this.named.has(commandKey(commandId))) return true;
    return streams.some(({ events }) => events.some(({ id }) => this.named.has(id)));
  }

  /** Whether the request has to wait until this group is written, so that it comes after it. */
  precedes(request: WritableRequest): boolean {
    if (this.ordered || request.recordedAt !== undefined || !eventCount(request)) return true;
    return request.streams.some(({ stream }) => this.streams.has(stream)) || this.repeats(request);
  }
}

/**
 * Appends that come while others are under way go together in the next group, each with a verdict of its own. What was
 * asked for first comes first, in each stream; groups that have nothing in common are under way at the same time.
 */
export class GroupedAppends {
  private readonly waiting: Waiting[] = [];
  private readonly underWay = new Set<Group>();
  private readonly pace = new GroupPace();
  private called = false;
  /** Set while the next request waits for a group that is under way: then there is nothing to share between lanes. */
  private held = false;

  constructor(
    private readonly pool: Pool,
    private readonly observer: GroupObserver,
  ) {}

  /** As `EventStore.append`. */
  write(request: WritableRequest): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      this.call();
    });
  }

  /** After this turn, so that what was sent at the same time goes together from the start. */
  private call(): void {
    if (this.called || this.underWay.size === LANES || !this.waiting.length) return;
    this.called = true;
    setImmediate(() => {
      this.called = false;
      const group = this.nextGroup();
      if (!group) return;
      this.underWay.add(group);
      void this.writeOrReject(group.members).finally(() => {
        this.underWay.delete(group);
        this.call();
      });
      this.call();
    });
  }

  /** Of one council, in the order in which they came; undefined while the first has to wait. */
  private nextGroup(): Group | undefined {
    const [first] = this.waiting;
    if (!first) return undefined;
    const group = new Group();
    const others: Waiting[] = [];
    const most = this.share();
    this.held = false;
    let seen = 0;
    for (const waiting of this.waiting) {
      const { request } = waiting;
      if (request.tenant === first.request.tenant) {
        const size = group.members.length;
        if (size === MAX_REQUESTS || (size >= most && group.events >= MIN_EVENTS)) break;
        if (size > 0 && group.events + eventCount(request) > this.pace.most) break;
        this.held = [...this.underWay].some((other) => other.precedes(request));
        if (this.held || group.repeats(request)) break;
        group.add(waiting);
      } else others.push(waiting);
      seen++;
    }
    if (!group.members.length) return undefined;
    this.waiting.splice(0, seen, ...others);
    return group;
  }

  /** An equal share for each lane: one group of all would leave the others idle until it is on the disk. */
  private share(): number {
    if (this.held) return MAX_REQUESTS;
    let requests = this.waiting.length;
    for (const { members } of this.underWay) requests += members.length;
    return Math.max(Math.ceil(requests / LANES), MIN_REQUESTS);
  }

  private async writeOrReject(group: readonly Waiting[]): Promise<void> {
    try {
      await this.writeGroup(group);
    } catch (error) {
      if (group.length > 1 && isFaultOfOne(error)) await this.writeSingly(group);
      else for (const { reject } of group) reject(error);
    }
  }

  /** Nothing of the group was written; alone, each fails for its own reason only. */
  private async writeSingly(group: readonly Waiting[]): Promise<void> {
    for (const one of group)
      try {
        await this.writeGroup([one]);
      } catch (error) {
        one.reject(error);
      }
  }

  private async writeGroup(group: readonly Waiting[]): Promise<void> {
    const requests = group.map(({ request }) => request);
    const events = requests.reduce((sum, request) => sum + eventCount(request), 0);
    const began = performance.now();
    const { versions, positions, verdicts } = await this.answer(requests);
    this.pace.took(events, performance.now() - began);
    const added: [Tenant, bigint][] = [];
    if (verdicts === null) {
      const results = resultsOf(requests, JSON.parse(versions!) as number[], JSON.parse(positions!) as number[]);
      group.forEach(({ request, resolve }, index) => {
        resolve(results[index]!);
        added.push([request.tenant, results[index]!.position]);
      });
    } else {
      const parts = requests.flatMap((request) => request.streams);
      for (const [index, verdict] of (JSON.parse(verdicts) as Verdict[]).entries()) {
        const waiting = group[index]!;
        if (verdict.added) added.push([waiting.request.tenant, BigInt(verdict.result!.position)]);
        settle(waiting, verdict, verdict.stream === null ? undefined : parts[verdict.stream - 1]);
      }
    }
    this.observer.grouped(requests[0]!.tenant, requests.length, events);
    this.observer.added(added);
  }

  private async answer(requests: readonly WritableRequest[]): Promise<GroupAnswer> {
    try {
      return await this.send(groupParameters(requests));
    } catch (error) {
      // Some id, or some command, was there before. Nothing of the group was written.
      if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
      return this.send(groupParameters(requests, true));
    }
  }

  private async send(values: unknown[]): Promise<GroupAnswer> {
    const { rows } = await this.pool.query<GroupAnswer>({ name: 'append_durably', text: APPEND_DURABLY_SQL, values });
    return rows[0]!;
  }
}

const commandKey = (commandId: string): string => `command ${commandId}`;

function settle(
  { request, resolve, reject }: Waiting,
  { verdict, result, actual }: Verdict,
  part: WritableRequest['streams'][number] | undefined,
): void {
  switch (verdict) {
    case 'written':
    case 'repeated':
      return resolve(toResult(result!, verdict === 'repeated'));
    case 'conflict':
      return reject(new WrongExpectedVersion(part!.stream, part!.expected, actual!));
    case 'partly written':
      return reject(new PartlyWritten(part!.stream));
    case 'not-simulated':
    case 'before-last-event':
    case 'in-the-future':
      return reject(new ClockRefused(request.tenant, request.recordedAt!, verdict));
    default:
      unreachable(verdict);
  }
}

/** The result of each request of a group that was written as a whole. */
function resultsOf(
  requests: readonly WritableRequest[],
  versions: readonly number[],
  positions: readonly number[],
): AppendResult[] {
  let [part, event] = [0, 0];
  return requests.map(({ streams }) => {
    const eventIds = streams.flatMap(({ events }) => events.map(({ id }) => id));
    event += eventIds.length;
    return {
      position: BigInt(positions[event - 1]!),
      eventIds,
      versions: Object.fromEntries(streams.map(({ stream }) => [stream, versions[part++]!])),
      repeated: false,
    };
  });
}

/** A stored result as the port has it. */
export const toResult = ({ position, eventIds, versions }: StoredResult, repeated: boolean): AppendResult => ({
  position: BigInt(position),
  eventIds,
  versions,
  repeated,
});

/**
 * True where PostgreSQL refused the statement and so wrote nothing. A lost connection (08), a lack of resources (53) or
 * a shutdown (57) is nobody's fault: asking again for each would only hold everybody up.
 */
function isFaultOfOne(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !['08', '53', '57'].includes(code.slice(0, 2));
}
