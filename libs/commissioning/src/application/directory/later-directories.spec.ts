import { type StoredEvent } from '@caretrail/kernel';
import { describe, expect, it } from '@jest/globals';
import type { DirectoryEntry } from '../../contracts/index.js';
import { type LaterDirectory, restatementOf } from './later-directories.js';

const serviceId = '0b0f0000-0000-4000-8000-000000000001';
const entry = (name: string): DirectoryEntry => ({
  name,
  organisation: { name: 'Age Together' },
  temporarilyClosed: false,
  phones: [],
  costs: [],
  opening: [],
  languages: [],
  terms: [],
  areas: [],
  places: [],
});
const [january, february, march, april] = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'] as const;
/** Versions in the order in which they came, which need not be the order of their days. */
const stream = (...said: readonly (readonly [day: string, name?: string])[]): StoredEvent[] =>
  said.map(
    ([knownOn, name], at) =>
      ({
        id: `e${at}`,
        version: at + 1,
        knownOn,
        type: `commissioning.service-${name ? 'listed' : 'delisted'}.v1`,
        data: name ? { serviceId, entry: entry(name) } : { serviceId, reason: 'defunct in the directory' },
        metadata: { effectiveOn: knownOn },
      }) as unknown as StoredEvent,
  );
const whole = (publishedOn: string, isSure = true): LaterDirectory => ({ publishedOn, isSure });
/** What has to be told again after February came last. */
const again = (events: StoredEvent[], ...later: readonly LaterDirectory[]) =>
  restatementOf(events, ({ knownOn }) => knownOn === february, later);

describe('what a later whole directory said', () => {
  it('is told again where it left the service as it was', () =>
    expect(again(stream([january, 'Club'], [february, 'Choir']), whole(march), whole(april))).toEqual({
      publishedOn: march,
      entry: entry('Club'),
    }));

  it('is told again where it did not tell of the service', () =>
    expect(again(stream([february, 'Choir']), whole(march))).toEqual({ publishedOn: march, entry: undefined }));

  it('is not told again where it left an event, or where nothing differs', () => {
    expect(again(stream([march, 'Club'], [february, 'Choir']), whole(march), whole(april))).toBeUndefined();
    expect(again(stream([january, 'Club'], [february, 'Club']), whole(march))).toBeUndefined();
    expect(again(stream([january, 'Club'], [february, 'Choir']))).toBeUndefined();
  });

  it('is unsure where a record was not understood: the next that is sure counts', () => {
    const choir = stream([february, 'Choir']);
    expect(again(choir, whole(march, false))).toBeUndefined();
    expect(again(choir, whole(march, false), whole(april))).toEqual({ publishedOn: april, entry: undefined });
    expect(again(stream([january, 'Club'], [february]), whole(march, false))).toEqual({
      publishedOn: march,
      entry: entry('Club'),
    });
  });
});
