import { randomUUID } from 'node:crypto';
import type { ListedService } from '../../libs/views/src/directory/directory.query.js';
import { DirectoryQuery } from '../../libs/views/src/directory/directory.query.js';
import { directoryProjection } from '../../libs/views/src/directory/directory.projection.js';
import { type DirectoryImport, DirectoryImporter } from '@caretrail/commissioning';
import { EventStore } from '@caretrail/event-store';
import { addDays, londonDate, type StoredEvent, type Tenant } from '@caretrail/kernel';
import { Councils } from '@caretrail/platform';
import { transactionOf } from '@caretrail/projections';
import { OTHERBURY } from '@caretrail/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openHouse, type OpenHouse } from '../e2e/open-house.js';

const today = londonDate(new Date());
const service = (name: string, more: object = {}) => ({
  id: randomUUID(),
  name,
  status: 'active',
  organization: { id: randomUUID(), name: 'Age Together' },
  ...more,
});
const at = (postcode: string) => ({ service_at_locations: [{ location: { addresses: [{ postal_code: postcode }] } }] });
const under = (...names: string[]) => ({ attributes: names.map((name) => ({ taxonomy_term: { name } })) });

describe('importing a directory of services', () => {
  let house: OpenHouse;
  let council: Tenant;
  let councils = 0;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house?.close());
  /** One of its own for each test, because a whole directory says something about every older one that comes after it. */
  beforeEach(async () => {
    const number = ++councils;
    council = `E08${String(number).padStart(6, '0')}`;
    const added = { tenant: council, laCode: String(800 + number), name: `Synthetic ${number}`, simulated: true };
    await house.app.get(Councils).add(added, new Date().toISOString());
  });

  const bring = (directory: unknown, options: Partial<DirectoryImport> = {}) =>
    house.app.get(DirectoryImporter).import({
      tenant: council,
      actor: { id: 'os:tester', role: 'operator' },
      name: 'services.json',
      content: Buffer.from(JSON.stringify(directory)),
      ...options,
    });
  async function events(tenant = council): Promise<readonly StoredEvent[]> {
    const { events: all } = await house.app.get(EventStore).readAll({ tenant, after: 0n, limit: 5_000 });
    return all;
  }
  const typesSince = async (before: number) => (await events()).slice(before).map(({ type }) => type.split('.')[1]);
  /** Both councils’ rows anew from all their events, one page for each event, the last first where asked. */
  async function project(): Promise<void> {
    for (const tenant of [council, OTHERBURY]) {
      const all = (await events(tenant)).filter(({ type }) => directoryProjection.types!.includes(type));
      await house.platform.database.inTenant(tenant, async (manager) => {
        const transaction = transactionOf(tenant, manager);
        for (const table of directoryProjection.tables) await transaction.query(`delete from ${table}`);
        for (const event of all) await directoryProjection.apply([event], transaction);
      });
    }
  }
  const everything = { page: 1, pageSize: 100 };
  const found = async (on: string, known = on, search: object = {}, tenant = council) => {
    const { services } = await house.app
      .get(DirectoryQuery)
      .find(tenant, { effectiveOn: on, knownOn: known }, search, everything);
    return services.map(({ entry }: ListedService) => entry.name);
  };
  it('lists each service, and the same file again changes nothing', async () => {
    const [before, day] = [(await events()).length, addDays(today, -20)];
    const file = [service('Lunch club'), service('Benefits advice')];
    const first = await bring(file, { publishedOn: day });
    expect(first).toMatchObject({ records: 2, accepted: 2, listed: 2, rejected: 0, events: 3 });
    const added = (await events()).slice(before);
    expect(added.map(({ knownOn, metadata }) => [knownOn, metadata.effectiveOn])).toEqual(added.map(() => [day, day]));
    expect(await bring(file, { publishedOn: day })).toMatchObject({ unchanged: 2, listed: 0, events: 0 });
    expect(await bring(file)).toMatchObject({ unchanged: 2, publishedOn: day, events: 0 });
  });

  it('keeps a record that cannot be understood, locked, with place and reason, and takes the rest', async () => {
    const before = (await events()).length;
    const wrong = { ...service(''), contacts: [{ name: 'Ann Persona' }] };
    const twice = service('Twice');
    const outcome = await bring({ contents: [service('Good'), wrong, { id: 7 }, twice, { ...twice, name: 'Again' }] });
    expect(outcome).toMatchObject({ records: 5, accepted: 2, rejected: 3, listed: 2 });
    const kept = (await events()).slice(before).filter(({ type }) => type.includes('rejected'));
    const places = kept.map(({ data }) => (data as { faults: { place: string; rule: string }[] }).faults[0]!);
    expect(places.map(({ place, rule }) => [place, rule])).toEqual([
      ['contents[1].name', 'required'],
      ['contents[2].id', 'id-is-a-uuid'],
      ['contents[4]', 'service-is-told-once'],
    ]);
    expect(JSON.stringify((await events()).map(({ data }) => data))).not.toContain('Ann Persona');
  });

  it('keeps a record that a rule refuses, like one that cannot be understood', async () => {
    const outcome = await bring([service('For nobody', { minimum_age: 80, maximum_age: 18 }), service('For all')]);
    expect(outcome).toMatchObject({ accepted: 1, rejected: 1, listed: 1 });
  });

  it('takes nothing of a file from the future, of a page that is said to be the whole, or for no council', async () => {
    const before = (await events()).length;
    const file = { total_pages: 3, contents: [service('Lunch club')] };
    await expect(bring(file, { publishedOn: addDays(today, 2) })).rejects.toThrow('in the future');
    await expect(bring(file, { whole: true })).rejects.toThrow('one of 3 pages');
    await expect(bring(file, { tenant: 'E09000033' })).rejects.toThrow('E09000033');
    expect(await typesSince(before)).toEqual([]);
  });

  it('delists what the directory says has ended, and with the whole directory what is not in it', async () => {
    const [stays, ends, goes] = [service('Stays'), service('Ends'), service('Goes')];
    await bring([stays, ends, goes]);
    const part = await bring([{ ...ends, status: 'defunct' }]);
    expect(part).toMatchObject({ accepted: 1, delisted: 1 });
    const whole = await bring([stays], { whole: true });
    expect(whole).toMatchObject({ unchanged: 1, delisted: 1 });
    await project();
    expect(await found(today)).toEqual(['Stays']);
  });

  it('delists nothing where a record does not say which service it is of', async () => {
    await bring([service('May be that one')]);
    const outcome = await bring([{ name: 'Some service' }], { whole: true });
    expect(outcome).toMatchObject({ rejected: 1, delisted: 0 });
  });

  it('leaves a service that stands where its new record cannot be understood', async () => {
    const stands = service('Stands');
    await bring([stands]);
    expect(await bring([{ ...stands, name: '' }], { whole: true })).toMatchObject({ rejected: 1, delisted: 0 });
    await project();
    expect(await found(today)).toEqual(['Stands']);
  });

  it('lists again by the same file what another file has taken out', async () => {
    const file = [service('Comes and goes')];
    await bring(file);
    await bring([], { whole: true });
    expect(await bring(file)).toMatchObject({ listed: 1 });
    await project();
    expect(await found(today)).toEqual(['Comes and goes']);
  });

  it('shows the directory as it stood on a day, as it was known on a day', async () => {
    const [march, april, may] = [addDays(today, -60), addDays(today, -30), addDays(today, -10)];
    const club = service('Lunch club');
    await bring([club], { publishedOn: march });
    await bring([{ ...club, name: 'Lunch and games' }], { publishedOn: may });
    // Of an older day, taken in later: known on its own day.
    await bring([{ ...club, name: 'Lunch and song' }, service('Advice')], { publishedOn: april });
    await project();
    expect(await found(addDays(march, -1))).toEqual([]);
    expect(await found(march)).toEqual(['Lunch club']);
    expect(await found(april)).toEqual(['Advice', 'Lunch and song']);
    expect(await found(today)).toEqual(['Advice', 'Lunch and games']);
    expect(await found(today, march)).toEqual(['Lunch club']);
    expect(await found(april, today)).toEqual(['Advice', 'Lunch and song']);
  });

  it('lets what newer whole directories said stand, when an older one comes after them', async () => {
    const [january, february, march, april] = [-90, -60, -30, -10].map((days) => addDays(today, days)) as [
      string,
      string,
      string,
      string,
    ];
    const [stays, changes, brief] = [service('Stays'), service('Changes'), service('Brief')];
    await bring([stays, changes], { publishedOn: january });
    await bring([stays, changes], { publishedOn: march, whole: true });
    await bring([changes], { publishedOn: april, whole: true });
    const older = [{ ...changes, name: 'Changed for a while' }, brief];
    const outcome = await bring(older, { publishedOn: february, whole: true });
    // Each is told for February and again for March, and that the file came.
    expect(outcome).toMatchObject({ listed: 1, changed: 1, delisted: 1, events: 7 });
    await project();
    expect(await found(january)).toEqual(['Changes', 'Stays']);
    expect(await found(february)).toEqual(['Brief', 'Changed for a while']);
    expect(await found(march)).toEqual(['Changes', 'Stays']);
    expect(await found(today)).toEqual(['Changes']);
    expect(await found(today, february)).toEqual(['Brief', 'Changed for a while']);
    expect(await bring(older, { publishedOn: february, whole: true })).toMatchObject({ unchanged: 2, events: 0 });
  });

  it('leaves a service of an older directory where a newer whole one had a record that was not understood', async () => {
    await bring([{ name: 'Which one?' }], { publishedOn: addDays(today, -10), whole: true });
    await bring([service('May be that one')], { publishedOn: addDays(today, -20) });
    await project();
    expect(await found(today)).toEqual(['May be that one']);
  });

  it('finds by words, by term and by place, and counts the terms', async () => {
    await bring([
      service('Gardening together', { ...under('Company', 'Exercise'), ...at('ZZ1 4AB') }),
      service('Chair exercise', { ...under('Exercise'), ...at('ZZ14 1AB'), description: 'Sitting down.' }),
      service('Helpline', { ...under('Advice'), description: 'Ring about gardens, and anything else.' }),
    ]);
    await bring([service('Elsewhere', under('Exercise'))], { tenant: OTHERBURY });
    await project();
    expect(await found(today, today, { words: 'garden' })).toEqual(['Gardening together', 'Helpline']);
    expect(await found(today, today, { words: '50% or_more' })).toEqual([]);
    expect(await found(today, today, { words: "o'clock & (" })).toEqual([]);
    expect(await found(today, today, { term: 'Exercise' })).toEqual(['Chair exercise', 'Gardening together']);
    // Whoever has no place of their own is there for every place.
    expect(await found(today, today, { postcodes: '^ZZ1 4' })).toEqual(['Gardening together', 'Helpline']);
    expect(await found(today, today, {}, OTHERBURY)).toEqual(['Elsewhere']);
    const days = { effectiveOn: today, knownOn: today };
    const page = await house.app
      .get(DirectoryQuery)
      .find(council, days, { term: 'Exercise' }, { page: 2, pageSize: 1 });
    expect(page.services.map(({ entry }) => entry.name)).toEqual(['Gardening together']);
    expect(page).toMatchObject({ total: 2, listed: 3 });
    expect(page.terms).toEqual([
      { name: 'Advice', services: 1 },
      { name: 'Company', services: 1 },
      { name: 'Exercise', services: 2 },
    ]);
  });
});
