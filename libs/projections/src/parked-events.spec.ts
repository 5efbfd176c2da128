import { describe, expect, it } from '@jest/globals';
import { type StoredEvent, Unavailable } from '@caretrail/kernel';
import { TooManyKeys } from './failures.js';
import { handleAround } from './parked-events.js';

const history = (...streams: string[]) =>
  streams.map((stream, at) => ({ id: String(at), stream, position: BigInt(at) }) as StoredEvent);
const stream = (event: StoredEvent) => event.stream;

/** Handles all or nothing, and fails on the events of these ids. */
function handling(poison: readonly string[], error: () => Error = () => new TypeError('bad')) {
  const handled: string[] = [];
  const attempt = (events: readonly StoredEvent[]): Promise<void> => {
    if (events.some(({ id }) => poison.includes(id))) return Promise.reject(error());
    handled.push(...events.map(({ id }) => id));
    return Promise.resolve();
  };
  return { handled, attempt };
}

describe('handling around what fails', () => {
  it('leaves aside the event that fails and what follows it in its stream, and keeps the order of the others', async () => {
    const { handled, attempt } = handling(['2']);
    const parked = await handleAround(history('a', 'b', 'a', 'b', 'a', 'c', 'a'), new Set(), stream, attempt);
    expect(handled).toEqual(['0', '1', '3', '5']);
    expect(parked.map(({ event, key, reason }) => [event.id, key, reason])).toEqual([
      ['2', 'a', 'TypeError'],
      ['4', 'a', 'follows a parked event'],
      ['6', 'a', 'follows a parked event'],
    ]);
  });

  it('leaves aside what follows a key that waits already, without trying it', async () => {
    const { handled, attempt } = handling([]);
    const parked = await handleAround(history('a', 'b', 'a'), new Set(['a']), stream, attempt);
    expect(handled).toEqual(['1']);
    expect(parked.map(({ event }) => event.id)).toEqual(['0', '2']);
  });

  it('parks nothing when the failure passes by itself', async () => {
    const { attempt } = handling(['1'], () => new Unavailable('The database is away.'));
    await expect(handleAround(history('a', 'b'), new Set(), stream, attempt)).rejects.toThrow(Unavailable);
    const deadlock = handling(['1'], () => Object.assign(new Error('deadlock'), { code: '40P01' }));
    await expect(handleAround(history('a', 'b'), new Set(), stream, deadlock.attempt)).rejects.toThrow('deadlock');
  });

  it('parks nothing when it is not single keys that fail', async () => {
    const streams = Array.from({ length: 200 }, (_, at) => String(at));
    const { attempt } = handling(streams);
    await expect(handleAround(history(...streams), new Set(), stream, attempt)).rejects.toThrow(TooManyKeys);
  });

  it('does not repeat the words of the error, which may be about a person', async () => {
    const { attempt } = handling(['0'], () => Object.assign(new Error('Key (name)=(Someone)'), { code: '23505' }));
    const [parked] = await handleAround(history('a'), new Set(), stream, attempt);
    expect(parked!.reason).toBe('Error 23505');
  });
});
