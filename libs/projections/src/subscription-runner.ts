import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Tenant } from '@caretrail/kernel';
import type { EventStore } from '@caretrail/event-store';
import { AskingPace } from './asking-pace.js';
import { Bell } from './bell.js';
import { CheckpointMoved, type Checkpoints, type Lease, type RunnerThere } from './checkpoints.js';
import { differing, RowsDiffered } from './comparison.js';
import { Follower, RETRY_MS, type RunnerCounts, type SubscriptionStatus } from './follower.js';
import type { Subscription } from './subscription.js';

const LEASE_MS = 6_000;
/** How often a waiting page looks where another process stands. */
const LOOK_MS = 25;

export interface RunnerOptions {
  /** Names the runner; unique among all that share the database. */
  readonly owner?: string;
  /** How long a lease outlives a runner that died, in milliseconds. */
  readonly leaseMs?: number;
  /** False for a process that runs no subscription, and waits for those of others. */
  readonly runs?: boolean;
}

/**
 * Keeps every subscription of every council up to date, and lets a page wait for its own effect. Of the runners that
 * share a database each subscription of a council is run by one, whose lease the others take over when it expires.
 */
export class SubscriptionRunner {
  readonly owner: string;
  private readonly leaseMs: number;
  private readonly runs: boolean;
  private readonly followers = new Map<string, Follower>();
  private readonly running = new Set<Promise<void>>();
  private readonly heads = new Map<Tenant, bigint>();
  /** Of the store that the heads and positions in memory are of. */
  private readonly marks = new Map<Tenant, string>();
  private readonly tended = new Map<Tenant, number>();
  private readonly heldBack = new Map<Tenant, readonly Subscription['kind'][]>();
  /** Rung when there may be something to follow. */
  private readonly wake = new Bell();
  /** Rung when a subscription came further, here or elsewhere. */
  private readonly moved = new Bell();
  private resting = new AbortController();
  private readonly ending = new AbortController();
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly store: EventStore,
    private readonly subscriptions: readonly Subscription[],
    private readonly tenants: () => Promise<readonly Tenant[]>,
    private readonly report: (error: unknown, subscription: string, tenant: Tenant) => void,
    { owner, leaseMs, runs = true }: RunnerOptions = {},
  ) {
    this.owner = owner ?? `${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`;
    this.leaseMs = leaseMs ?? LEASE_MS;
    this.runs = runs;
  }

  /** Starts following; councils that are added later are found within a second. */
  async start(): Promise<void> {
    this.stopListening = this.store.onAppend((tenant, position) => this.advanceHead(tenant, position));
    try {
      await this.look();
    } catch (error) {
      await this.end();
      throw error;
    }
    this.run(this.poll());
  }

  /** Lets running transactions finish, starts no others, and gives the leases back. */
  async stop(): Promise<void> {
    await this.end();
    for (const tenant of this.councils())
      for (const checkpoints of this.checkpoints()) await checkpoints.leave(tenant, this.owner);
  }

  /** Ends without giving anything back, as a process does that is killed. Nothing of it is under way then. */
  async end(): Promise<void> {
    this.ending.abort();
    this.stopListening();
    this.wake.ring();
    this.hurry();
    while (this.running.size) await Promise.all(this.running);
  }

  /** Looks sooner than it would have: another process may have appended to this council. */
  heard(tenant: Tenant): void {
    if (this.stopping) return;
    if (!this.councils().has(tenant)) return this.hurry();
    this.run(this.readHead(tenant).catch(() => undefined)); // asked again before long
  }

  status(): readonly SubscriptionStatus[] {
    return [...this.followers.values()].map((each) => each.status());
  }

  counts(): readonly RunnerCounts[] {
    return [...this.followers.values()].map((each) => each.counts());
  }

  /**
   * Waits until this council's processes, and then its views, have handled everything up to `position` and what
   * the processes added to it, in whichever process they run. What is parked counts as handled.
   * Returns false when that took longer than `patienceMs`.
   */
  async reached(tenant: Tenant, position: bigint, patienceMs: number): Promise<boolean> {
    const deadline = Date.now() + patienceMs;
    await this.beSure(tenant);
    if (!(await this.waitFor(tenant, 'process', position, deadline))) return false;
    const head = await this.store.head(tenant);
    this.advanceHead(tenant, head);
    return this.waitFor(tenant, 'projection', head, deadline);
  }

  /** The same of this council's processes alone: false when that took longer than `patienceMs`. */
  async processed(tenant: Tenant, position: bigint, patienceMs: number): Promise<boolean> {
    const deadline = Date.now() + patienceMs;
    await this.beSure(tenant);
    return this.waitFor(tenant, 'process', position, deadline);
  }

  /**
   * Holds this runner's subscriptions of a council back, or those of some kinds, while `work` appends, and lets them follow
   * all of it at once: for whoever makes many events, and needs nothing of what follows from them before they are there.
   * Within `work` others may be held back for a while, too.
   */
  async gather<Result>(
    tenant: Tenant,
    work: () => Promise<Result>,
    kinds: readonly Subscription['kind'][] = ['process', 'projection'],
  ): Promise<Result> {
    const before = this.heldBack.get(tenant) ?? [];
    this.heldBack.set(tenant, [...before, ...kinds]);
    try {
      return await work();
    } finally {
      this.heldBack.set(tenant, before);
      this.wake.ring();
    }
  }

  private async waitFor(tenant: Tenant, kind: Subscription['kind'], position: bigint, deadline: number) {
    for (;;) {
      const moved = this.moved.rung;
      const behind = this.of(tenant).filter((each) => each.subscription.kind === kind && each.position < position);
      if (!behind.length) return true;
      const left = deadline - Date.now();
      if (left <= 0) return false;
      const elsewhere = behind.some(({ lease }) => !lease);
      await Promise.race([moved, pause(elsewhere ? Math.min(LOOK_MS, left) : left, undefined, { ref: false })]);
      if (elsewhere) await this.readStandings(tenant);
    }
  }

  /** Notices may be lost: what is asked here is the truth. */
  private async poll(): Promise<void> {
    const pace = new AskingPace(this.leaseMs);
    for (let found = true; !this.stopping;) {
      await this.pause(pace.least);
      await this.rest(pace.next(found) - pace.least);
      found = false;
      try {
        found = await this.look();
      } catch (error) {
        if (!this.stopping) this.report(error, 'poll', '');
      }
    }
  }

  /** Until somebody hurries it. */
  private async rest(ms: number): Promise<void> {
    if (!this.resting.signal.aborted)
      await pause(ms, undefined, { signal: this.resting.signal }).catch(() => undefined);
    if (!this.stopping) this.resting = new AbortController();
  }

  private hurry(): void {
    this.resting.abort();
  }

  /** @returns whether something was appended of which no notice told */
  private async look(): Promise<boolean> {
    let found = false;
    await this.findTenants();
    for (const tenant of this.councils()) {
      if (this.stopping) break;
      if (await this.readHead(tenant)) found = true;
      const now = performance.now();
      if (now - (this.tended.get(tenant) ?? -Infinity) < this.leaseMs / 4) continue;
      this.tended.set(tenant, now);
      await this.tend(tenant);
    }
    return found;
  }

  /**
   * What was appended before the question is in the answer, unless the store went back to an older state.
   * @returns whether there is something new
   */
  private async readHead(tenant: Tenant): Promise<boolean> {
    const known = this.headOf(tenant);
    const head = await this.store.head(tenant);
    const isNew = this.advanceHead(tenant, head);
    if (head < known) {
      this.forget(tenant);
      this.advanceHead(tenant, head);
    }
    return isNew;
  }

  /** A store that was restored or replaced came up anew, or has another epoch: what is remembered of it says nothing then. */
  private async beSure(tenant: Tenant): Promise<void> {
    if (!this.councils().has(tenant)) await this.findTenants();
    const marks = await Promise.all([...this.checkpoints()].map((checkpoints) => checkpoints.mark(tenant)));
    const [known, mark] = [this.marks.get(tenant), marks.join()];
    this.marks.set(tenant, mark);
    if (known !== undefined && known !== mark) this.forget(tenant);
  }

  /** Whoever takes a lease makes sure that the store is still the same. */
  private forget(tenant: Tenant): void {
    this.heads.delete(tenant);
    for (const follower of this.of(tenant))
      Object.assign(follower, { lease: undefined, position: -1n, caughtUp: false });
    this.tendSoon(tenant);
  }

  private tendSoon(tenant: Tenant): void {
    this.tended.delete(tenant);
    this.hurry();
  }

  private async findTenants(): Promise<void> {
    for (const tenant of await this.tenants())
      for (const subscription of this.subscriptions) {
        const key = `${tenant}/${subscription.name}`;
        if (this.followers.has(key)) continue;
        const follower = new Follower(tenant, subscription, {
          wake: this.wake,
          moved: this.moved,
          headOf: () => this.headOf(tenant),
          isHeldBack: () => this.heldBack.get(tenant)?.includes(subscription.kind) ?? false,
          tendSoon: () => this.tendSoon(tenant),
          report: (error) => this.report(error, subscription.name, tenant),
        });
        this.followers.set(key, follower);
        if (this.runs) this.run(follower.follow(this.ending.signal));
      }
  }

  /** Renews what is held, hands over what another runner should run, and takes what is this runner's and free. */
  private async tend(tenant: Tenant): Promise<void> {
    await this.beSure(tenant);
    if (!this.runs) return this.readStandings(tenant);
    for (const checkpoints of this.checkpoints()) {
      const held = this.of(tenant).filter((each) => each.subscription.checkpoints === checkpoints);
      const leases = held.flatMap(({ lease }) => lease ?? []);
      const passesOver = held.filter(({ tooOld }) => tooOld).map(({ name }) => name);
      const there = await checkpoints.present(tenant, this.owner, this.leaseMs, leases, passesOver);
      await this.readStandings(tenant);
      const wanted = held.filter((each) => chosen(this.able(there, each), tenant, each.name) === this.owner);
      for (const each of this.of(tenant))
        if (each.lease && each.subscription.checkpoints === checkpoints && !wanted.includes(each))
          await this.handOver(each, each.lease);
      const missing = wanted.filter(({ lease }) => !lease).map(({ name }) => name);
      const taken = await checkpoints.acquire(tenant, missing, this.owner, this.leaseMs);
      for (const lease of taken) {
        const follower = this.followers.get(`${tenant}/${lease.name}`)!;
        follower.lease = lease;
        follower.position = lease.seen.position;
        follower.caughtUp = false;
      }
      if (taken.length) this.wake.ring();
      for (const each of wanted) if (each.lease && each.rebuildAsked && !each.rebuildRuns) this.startRebuild(each);
    }
  }

  /** Of the runners that are there, those whose program can carry the rows on; where none can, all: one of them says so. */
  private able(there: readonly RunnerThere[], { name, tooOld }: Follower): readonly string[] {
    const able = there.filter(({ owner, passesOver }) => (owner === this.owner ? !tooOld : !passesOver.includes(name)));
    return (able.length ? able : there).map(({ owner }) => owner);
  }

  /** Beside the following of events, which goes on. What fails is tried again, until somebody gives it up. */
  private startRebuild(follower: Follower): void {
    const { tenant, name, subscription } = follower;
    if (!subscription.rebuild) return;
    follower.rebuildRuns = true;
    const { signal } = this.ending;
    const running = subscription.rebuild
      .goOn(tenant, { signal, onProgress: (progress) => (follower.rebuilding = progress) })
      .then(
        (rebuilt) => {
          const tables = rebuilt ? differing(rebuilt.comparison) : [];
          if (tables.length) this.report(new RowsDiffered(tables), name, tenant);
          // The checkpoint is the new rows': it is seen with a new lease.
          if (rebuilt) follower.lease = undefined;
          this.tendSoon(tenant);
        },
        async (error: unknown) => {
          if (this.stopping || error instanceof CheckpointMoved) return;
          follower.failures++;
          this.report(error, name, tenant);
          await this.pause(RETRY_MS.at(-1)!);
        },
      )
      .finally(() => Object.assign(follower, { rebuildRuns: false, rebuilding: undefined }));
    this.run(running);
  }

  /** Between two transactions; a rebuild that is under way is finished by whoever began it. */
  private async handOver(follower: Follower, lease: Lease): Promise<void> {
    if (await follower.subscription.checkpoints.release(lease)) follower.lease = undefined;
  }

  /** Where the table says that each subscription stands; finds leases that were lost while nothing happened. */
  private async readStandings(tenant: Tenant): Promise<void> {
    for (const checkpoints of this.checkpoints())
      for (const { name, version, token, position, failing, rebuilding } of await checkpoints.standings(tenant)) {
        const follower = this.followers.get(`${tenant}/${name}`);
        if (!follower || follower.subscription.checkpoints !== checkpoints) continue;
        follower.rebuildAsked = rebuilding;
        follower.tooOld = version > (follower.subscription.version ?? version);
        if (follower.lease && follower.lease.token < token) follower.lease = undefined;
        if (follower.lease) continue;
        Object.assign(follower, { position, failing, caughtUp: position >= this.headOf(tenant) });
      }
    this.moved.ring();
  }

  /** Beside everything else; whoever ends it waits for it. */
  private run(work: Promise<unknown>): void {
    const running = work.then(() => void this.running.delete(running));
    this.running.add(running);
  }

  private get stopping(): boolean {
    return this.ending.signal.aborted;
  }

  private of(tenant: Tenant): Follower[] {
    return [...this.followers.values()].filter((each) => each.tenant === tenant);
  }

  private councils(): ReadonlySet<Tenant> {
    return new Set([...this.followers.values()].map(({ tenant }) => tenant));
  }

  private checkpoints(): ReadonlySet<Checkpoints> {
    return new Set(this.subscriptions.map(({ checkpoints }) => checkpoints));
  }

  private headOf(tenant: Tenant): bigint {
    return this.heads.get(tenant) ?? 0n;
  }

  private async pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.ending.signal }).catch(() => undefined);
  }

  /** @returns whether it lies beyond what was known */
  private advanceHead(tenant: Tenant, position: bigint): boolean {
    if (position <= (this.heads.get(tenant) ?? -1n)) return false;
    this.heads.set(tenant, position);
    this.wake.ring();
    return true;
  }
}

/** Which of the runners runs it: the one with the highest draw, so that who comes or goes moves only its own share. */
function chosen(runners: readonly string[], tenant: Tenant, name: string): string | undefined {
  const draw = (runner: string) => createHash('sha256').update(`${runner}\n${tenant}\n${name}`).digest('hex');
  return runners.map((runner) => ({ runner, drawn: draw(runner) })).sort((a, b) => (a.drawn < b.drawn ? 1 : -1))[0]
    ?.runner;
}
