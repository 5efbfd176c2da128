import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Representatives } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import { addMonths, londonDate, type StoredEvent } from '@caretrail/kernel';
import { Councils } from '@caretrail/platform';
import { SubscriptionRunner } from '@caretrail/projections';
import { DEMONSTRATION, DemonstrationCouncil } from '@caretrail/simulation';
import { catalogue } from '../../apps/platform/src/house.js';
import { type OpenHouse, openHouse } from './open-house.js';

const { tenant } = DEMONSTRATION;
const NOW = new Date(Date.now() - 3_600_000).toISOString();
/** So few that a council is made in seconds; in the returns fewer than a price needs. */
const SIZE = { askers: 6, supportedBefore: 4, inReturns: 4 };

interface Made {
  readonly house: OpenHouse;
  readonly told: readonly string[];
  readonly events: readonly StoredEvent[];
}

async function make(): Promise<Made> {
  const house = await openHouse();
  await house.app.get(SubscriptionRunner).start();
  const told: string[] = [];
  await house.app.get(DemonstrationCouncil).load((line) => told.push(line), SIZE, NOW);
  const events: StoredEvent[] = [];
  for await (const page of house.app.get(EventStore).replay({ tenant, after: 0n })) events.push(...page.events);
  return { house, told, events };
}

async function close({ house }: Made): Promise<void> {
  await house.app.get(SubscriptionRunner).stop();
  await house.close();
}

/** Of those whose ids follow from the seed: neither told of by a return, nor of the nine whose stories are written out. */
function ofSeed(events: readonly StoredEvent[]): readonly StoredEvent[] {
  const lives = /^demonstration\/(asker|supported|carer|rulebooks)/;
  const ids = new Set<string>();
  for (const { id, metadata } of events)
    if (lives.test(metadata.commandId) || (metadata.process && ids.has(metadata.causationId ?? ''))) ids.add(id);
  return events.filter(({ id }) => ids.has(id));
}

describe('the demonstration council', () => {
  let made: Made;
  beforeAll(async () => {
    made = await make();
  });
  afterAll(() => close(made));

  it('is made without a refusal, and says how far it is', () => {
    expect(made.told.filter((line) => line.includes('refused'))).toEqual([]);
    expect(made.told.filter((line) => line.startsWith('lived up to')).length).toBeGreaterThanOrEqual(7);
    expect(ofSeed(made.events).length).toBeGreaterThan(200);
  });

  it('has the same events with the same ids, days and moments when it is made again', async () => {
    const again = await make();
    try {
      // Either of two processes may open an allocation first: it is the same allocation, and says the same.
      const whoever = 'budgets.allocation-opened.v1';
      const inClear = ({ events }: Made) =>
        ofSeed(events)
          .map(({ id, type, stream, version, recordedAt, metadata: { effectiveOn, actorId } }) =>
            [type, stream, version, recordedAt, effectiveOn, ...(type === whoever ? [] : [id, actorId])].join(' '),
          )
          .toSorted();
      expect(inClear(again)).toEqual(inClear(made));
      expect(again.events.length).toBe(made.events.length);
    } finally {
      await close(again);
    }
  });

  it('was lived day by day: nothing is recorded before what stands before it, or outside the two years', () => {
    const moments = made.events.map(({ recordedAt }) => recordedAt);
    expect(moments.toSorted()).toEqual(moments);
    const today = londonDate(NOW);
    expect(londonDate(moments[0]!) >= addMonths(today, -24)).toBe(true);
    expect(moments.at(-1)).toBe(NOW);
    expect(new Set(ofSeed(made.events).map(({ recordedAt }) => londonDate(recordedAt))).size).toBeGreaterThan(80);
    // Written down on the day of which it tells, but for a death, and for what waited to be approved.
    const later = ofSeed(made.events).filter(
      ({ metadata, recordedAt }) => !metadata.process && metadata.effectiveOn !== londonDate(recordedAt),
    );
    const mayBe = ['people.death-recorded.v1', 'assessment.assessment-completed.v1'];
    expect(later.filter(({ type }) => !mayBe.includes(type)).map(({ type }) => type)).toEqual([]);
  });

  it('has what processes open opened on the day on which they would have', () => {
    const at = new Map(made.events.map(({ id, recordedAt }) => [id, recordedAt]));
    const opened = made.events.filter(({ metadata }) => metadata.process);
    expect(opened.length).toBeGreaterThan(20);
    for (const { recordedAt, metadata } of opened) expect(recordedAt).toBe(at.get(metadata.causationId!));
  });

  it('keeps with the decisions what their makers were shown', () => {
    const decisions = made.events.filter(
      ({ type, data, metadata }) =>
        // A return tells of decisions that were made elsewhere.
        !Object.hasOwn(data as object, 'row') &&
        catalogue.get(type).decision &&
        catalogue.get(type).people(data).length &&
        !metadata.process &&
        !metadata.source,
    );
    expect(decisions.length).toBeGreaterThan(50);
    const byPerson = ({ metadata }: StoredEvent) => metadata.actorRole === 'person';
    const notSaid = decisions.filter((event) => !event.metadata.shown && !byPerson(event)).map(({ type }) => type);
    expect([...new Set(notSaid)]).toEqual([]);
    for (const { metadata } of decisions.filter((event) => !byPerson(event)))
      expect(metadata.shown).toMatch(/^page=%2F/);
  });

  it('has somebody who can sign in, and a carer who may speak for her', async () => {
    const { app } = made.house;
    const [adult, carer] = (await app.get(DemonstrationCouncil).whoSignsIn()).map(({ personId }) => personId);
    const represented = await app
      .get(Representatives, { strict: false })
      .representedBy(tenant, carer!, londonDate(NOW));
    expect(represented).toMatchObject([{ personId: adult, scope: ['assessment', 'support planning', 'reviews'] }]);
    const caring = made.events.filter(({ type }) => type === 'people.carer-identified.v1');
    expect(caring.map(({ data }) => data)).toContainEqual(
      expect.objectContaining({ personId: carer, caresFor: [adult] }),
    );
  });

  it('lives now when it is done, and is not made twice', async () => {
    const council = await made.house.app.get(Councils).get(tenant);
    expect(council).not.toHaveProperty('clock');
    expect(council.addedAt).toBe(NOW);
    const demonstration = made.house.app.get(DemonstrationCouncil);
    expect(await demonstration.isLoaded()).toBe(true);
    const store = made.house.app.get(EventStore);
    const head = await store.head(tenant);
    await demonstration.load(() => undefined, SIZE, new Date().toISOString());
    expect(await store.head(tenant)).toBe(head);
  });
});
