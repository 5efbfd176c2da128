import { describe, expect, it } from '@jest/globals';
import { fold } from '@caretrail/kernel';
import { specification } from '@caretrail/testing';
import fc from 'fast-check';
import { commissioningEvents, DelistService, type DirectoryEntry, ListService } from '../../contracts/index.js';
import {
  directoryServiceDecider,
  type DirectoryServiceEvent,
  directoryServiceStream,
} from './directory-service.decider.js';

const serviceId = '0b0f0000-0000-4000-8000-000000000001';
const entry: DirectoryEntry = {
  name: 'Kettle and Company',
  organisation: { name: 'Age Together' },
  temporarilyClosed: false,
  phones: ['01632 960123'],
  costs: [{ pence: 450, note: 'a meal' }],
  opening: [],
  languages: [],
  terms: [],
  areas: [],
  places: [],
};
const spec = specification(directoryServiceDecider, commissioningEvents);
const listed = { type: 'commissioning.service-listed.v1', data: { serviceId, entry } } as const;
const reason = 'not in the whole directory any more';
const delisted = { type: 'commissioning.service-delisted.v1', data: { serviceId, reason } } as const;

describe('a service of the directory', () => {
  it('has a stream of its own', () =>
    expect(directoryServiceStream({ serviceId })).toBe(`commissioning.directory-service-${serviceId}`));

  it('is listed once, and again after it was delisted', () => {
    spec.when(ListService, { serviceId, entry }).then(listed);
    spec.given(listed).when(ListService, { serviceId, entry }).thenNothing();
    spec.given(listed, delisted).when(ListService, { serviceId, entry }).then(listed);
  });

  it('changes where the directory says something else', () => {
    const data = { serviceId, entry: { ...entry, phones: [] } };
    spec.given(listed).when(ListService, data).then({ type: 'commissioning.service-listing-changed.v1', data });
    const changed = { type: 'commissioning.service-listing-changed.v1', data } as const;
    spec.given(listed, changed).when(ListService, data).thenNothing();
    spec
      .given(listed, changed)
      .when(ListService, { serviceId, entry })
      .then({ ...changed, data: listed.data });
  });

  it('is delisted where it stands, and nowhere else', () => {
    spec.given(listed).when(DelistService, { serviceId, reason }).then(delisted);
    spec.when(DelistService, { serviceId, reason }).thenNothing();
    spec.given(listed, delisted).when(DelistService, { serviceId, reason }).thenNothing();
  });

  it('has its ages in order', () => {
    const aged = (minimumAge: number, maximumAge: number) => ({
      serviceId,
      entry: { ...entry, minimumAge, maximumAge },
    });
    spec.when(ListService, aged(61, 60)).thenRefused('ages-are-in-order', { field: 'entry.minimumAge' });
    expect(spec.when(ListService, aged(60, 60)).events()).toHaveLength(1);
    for (const age of [{ minimumAge: 60 }, { maximumAge: 25 }])
      expect(spec.when(ListService, { serviceId, entry: { ...entry, ...age } }).events()).toHaveLength(1);
  });

  it('is listed by a directory of today, and by none of tomorrow', () => {
    spec
      .when(ListService, { serviceId, entry }, { effectiveOn: '2026-03-03' })
      .thenRefused('published-by-today', { field: 'effectiveOn' });
    expect(spec.when(ListService, { serviceId, entry }, { effectiveOn: '2026-03-02' }).events()).toHaveLength(1);
  });

  it('stands as its last event says, whatever came before', () => {
    const events = fc.array(fc.constantFrom<DirectoryServiceEvent>(listed, delisted), { minLength: 1 });
    fc.assert(
      fc.property(events, (history) => {
        const recorded = history.map((event, at) => ({ ...event, id: String(at), effectiveOn: '2026-03-02' }));
        const last = history.at(-1)!;
        expect(fold(directoryServiceDecider, recorded)).toEqual(last === listed ? { entry } : {});
      }),
      { seed: 26 },
    );
  });
});
