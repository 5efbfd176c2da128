import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { budgetsEvents } from '@caretrail/budgets/contracts';
import { peopleEvents } from '@caretrail/people/contracts';
import { EventCatalogue, type StoredEvent, type Tenant } from '@caretrail/kernel';
import { projectionMigrations, transactionOf } from '@caretrail/projections';
import { safeguardingEvents } from '@caretrail/safeguarding/contracts';
import { OTHERBURY, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { randomUUID } from 'node:crypto';
import { type EventFilter, eventFilterSchema } from './event-filter.js';
import { eventExplorerMigrations } from './event-explorer.migration.js';
import { EventExplorerProjection } from './event-explorer.projection.js';
import { ExploreEvents, PAGE_SIZE, type Reader } from './explore-events.query.js';
import { ExploredEvent } from './explored-event.entity.js';

const projection = new EventExplorerProjection(
  new EventCatalogue([...budgetsEvents, ...peopleEvents, ...safeguardingEvents]),
);
const [anna, bert] = [randomUUID(), randomUUID()];

describe('the event explorer', () => {
  let db: TestDatabase;
  let explore: ExploreEvents;
  let position = 0n;

  beforeAll(async () => {
    db = await createTestDatabase({
      migrations: [...projectionMigrations, ...eventExplorerMigrations],
      entities: [ExploredEvent],
    });
    explore = new ExploreEvents(db.database);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    for (const tenant of [WRENBRIDGE, OTHERBURY])
      await db.database.inTenant(tenant, (manager) => manager.query('delete from explored_event'));
  });

  function event(
    changes: Partial<Omit<StoredEvent, 'metadata'>> & { metadata?: Partial<StoredEvent['metadata']> },
  ): StoredEvent {
    const { metadata, ...rest } = changes;
    const id = randomUUID();
    return {
      tenant: WRENBRIDGE,
      id,
      type: 'budgets.allocation-opened.v1',
      stream: `budgets.allocation-${randomUUID()}`,
      version: 1,
      position: ++position,
      recordedAt: '2026-01-20T10:00:00.000Z',
      knownOn: '2026-01-20',
      data: { personId: anna, needs: [] },
      ...rest,
      metadata: {
        actorId: 'colin',
        actorRole: 'finance',
        commandId: 'c',
        correlationId: id,
        effectiveOn: '2026-01-20',
        ...metadata,
      },
    };
  }
  const project = (events: readonly StoredEvent[], tenant: Tenant = WRENBRIDGE) =>
    db.database.inTenant(tenant, (manager) => projection.apply(events, transactionOf(tenant, manager)));
  const analyst: Reader = { tenant: WRENBRIDGE, needToKnow: false, effective: '2026-12-31', known: '2026-12-31' };
  const filter = (asked: object = {}): EventFilter => eventFilterSchema.parse(asked);
  const ids = async (asked: object, reader: Partial<Reader> = {}) =>
    (await explore.find({ ...analyst, ...reader }, filter(asked))).events.map(({ eventId }) => eventId);

  it('shows a council its own events alone, newest or oldest first, in pages', async () => {
    const own = Array.from({ length: PAGE_SIZE + 2 }, () => event({}));
    await project(own.slice(0, 5));
    await project(own.slice(5));
    await project([event({ tenant: OTHERBURY })], OTHERBURY);
    const newest = await explore.find(analyst, filter());
    expect(newest.total).toBe(PAGE_SIZE + 2);
    expect(newest.events[0]?.eventId).toBe(own.at(-1)!.id);
    expect(await ids({ order: 'oldest' })).toEqual(own.slice(0, PAGE_SIZE).map(({ id }) => id));
    expect(await ids({ page: '2' })).toHaveLength(2);
    expect((await explore.find({ ...analyst, tenant: OTHERBURY }, filter())).total).toBe(1);
  });

  it('gives all that fit, in either order, in groups of thousands', async () => {
    const own = Array.from({ length: 5_003 }, () => event({}));
    await project([...own, event({ metadata: { actorId: 'dawn' } })]);
    for (const order of ['oldest', 'newest'] as const) {
      const groups: string[][] = [];
      for await (const group of explore.all(analyst, filter({ order, who: 'colin' })))
        groups.push(group.map(({ eventId }) => eventId));
      const expected = own.map(({ id }) => id);
      expect(groups.map(({ length }) => length)).toEqual([5_000, 3]);
      expect(groups.flat()).toEqual(order === 'oldest' ? expected : expected.reverse());
    }
  });

  it('finds by type, record, person, stream, actor, day, lateness, correction and decision', async () => {
    const plain = event({});
    const other = event({
      type: 'budgets.budget-allocated.v1',
      data: { personId: bert },
      recordedAt: '2026-02-10T23:30:00.000Z',
      knownOn: '2026-02-10',
      metadata: { actorId: 'dawn', effectiveOn: '2026-02-01', corrects: plain.id },
    });
    await project([plain, other]);
    const finds = async (asked: object) => expect(await ids(asked)).toEqual([other.id]);
    await finds({ type: 'budget-allocated' });
    await finds({ about: `P-${bert.slice(0, 8)}` });
    await finds({ about: bert });
    await finds({ about: other.stream.slice(0, -4) });
    await finds({ about: other.id });
    await finds({ who: 'dawn' });
    await finds({ recordedFrom: '10/2/2026', recordedTo: '10/2/2026' });
    await finds({ trueFrom: '2026-02-01', trueTo: '2026-02-01' });
    await finds({ late: 'yes' });
    await finds({ corrections: 'yes' });
    await finds({ decisions: 'yes' });
    await finds({ tied: other.metadata.correlationId });
    expect(await ids({ type: '%' })).toEqual([]);
    expect((await explore.find(analyst, { ...filter({ who: 'Colin' }), actors: ['colin'] })).events[0]?.eventId).toBe(
      plain.id,
    );
  });

  it('leaves out what was not yet true, or not yet known', async () => {
    const late = event({ knownOn: '2026-03-05', metadata: { effectiveOn: '2026-03-01' } });
    await project([late]);
    expect(await ids({}, { effective: '2026-02-28' })).toEqual([]);
    expect(await ids({}, { effective: '2026-03-01', known: '2026-03-04' })).toEqual([]);
    expect(await ids({}, { effective: '2026-03-01', known: '2026-03-05' })).toEqual([late.id]);
  });

  it('keeps safeguarding’s events, and their number, from everybody without the need', async () => {
    const alert = event({
      type: 'safeguarding.concern-given.v1',
      stream: `safeguarding.concern-${randomUUID()}`,
      data: { adults: [anna] },
      metadata: { correlationId: 'tied' },
    });
    const beside = event({ metadata: { correlationId: 'tied' } });
    await project([alert, beside]);
    expect((await explore.find(analyst, filter())).total).toBe(1);
    expect(await explore.one(analyst, alert.id)).toBeNull();
    expect(await explore.tiedTogether(analyst, 'tied')).toHaveLength(1);
    expect((await explore.byMonth(analyst, filter()))[0]).toMatchObject({ month: '2026-01', happened: 1 });
    const safeguarding = { ...analyst, needToKnow: true };
    expect((await explore.find(safeguarding, filter())).total).toBe(2);
    expect(await explore.tiedTogether(safeguarding, 'tied')).toHaveLength(2);
  });

  it('keeps an advocate for an enquiry as it keeps the enquiry, and shows one for an assessment', async () => {
    const considered = (purpose: string) =>
      event({
        type: 'people.advocate-not-required.v1',
        stream: `people.advocacy-${anna}`,
        data: { personId: anna, purpose },
      });
    const [assessment, enquiry] = [considered('needs assessment'), considered('safeguarding enquiry')];
    const review = considered('safeguarding adults review');
    await project([assessment, enquiry, review]);
    expect(await ids({ about: anna })).toEqual([assessment.id]);
    expect(await explore.one(analyst, enquiry.id)).toBeNull();
    expect((await explore.byMonth(analyst, filter()))[0]).toMatchObject({ decided: 1 });
    expect(await ids({ about: anna }, { needToKnow: true })).toEqual([review.id, enquiry.id, assessment.id]);
  });

  it('counts what happened and what was decided by the month in which it was true', async () => {
    await project([
      event({ metadata: { effectiveOn: '2026-01-31' } }),
      event({ metadata: { effectiveOn: '2026-02-01' } }),
      event({ type: 'budgets.budget-allocated.v1', data: { personId: bert }, metadata: { effectiveOn: '2026-02-28' } }),
    ]);
    expect(await explore.byMonth(analyst, filter())).toEqual([
      { month: '2026-01', happened: 1, decided: 0 },
      { month: '2026-02', happened: 1, decided: 1 },
    ]);
  });
});
