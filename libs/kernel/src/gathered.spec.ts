import { describe, expect, it } from '@jest/globals';
import { Gathered } from './gathered.js';

function counting() {
  const asked: string[][] = [];
  const gathered = new Gathered<string>(async (keys) => {
    asked.push([...keys]);
    await new Promise((resolve) => setImmediate(resolve));
    return new Map(keys.filter((key) => key !== 'nobody').map((key) => [key, key.toUpperCase()]));
  }, 3);
  return { asked, gathered };
}

describe('gathered look-ups', () => {
  it('put together what is asked while one is under way', async () => {
    const { asked, gathered } = counting();
    const first = gathered.find(['a']);
    await Promise.resolve();
    await Promise.resolve();
    const rest = Promise.all([gathered.find(['b']), gathered.find(['b', 'c'])]);
    expect(await first).toEqual(new Map([['a', 'A']]));
    expect(await rest).toEqual([
      new Map([['b', 'B']]),
      new Map([
        ['b', 'B'],
        ['c', 'C'],
      ]),
    ]);
    expect(asked).toEqual([['a'], ['b', 'c']]);
  });

  it('give each asker its own keys, and leave out those that are not there', async () => {
    const { gathered } = counting();
    const [one, other] = await Promise.all([gathered.find(['a', 'nobody']), gathered.find([])]);
    expect([...one]).toEqual([['a', 'A']]);
    expect(other.size).toBe(0);
  });

  it('ask for no more than a limit at once', async () => {
    const { asked, gathered } = counting();
    expect((await gathered.find(['a', 'b', 'c', 'd'])).size).toBe(4);
    expect(asked.map((keys) => keys.length)).toEqual([3, 1]);
  });

  it('keep nothing: what is asked again is looked up again', async () => {
    const { asked, gathered } = counting();
    await gathered.find(['a']);
    await gathered.find(['a']);
    expect(asked).toEqual([['a'], ['a']]);
  });

  it('go on after a look-up that failed, and tell those who asked', async () => {
    let fail = true;
    const gathered = new Gathered<string>((keys) =>
      fail ? Promise.reject(new Error('gone')) : Promise.resolve(new Map(keys.map((key) => [key, key]))),
    );
    await expect(gathered.find(['a'])).rejects.toThrow('gone');
    fail = false;
    expect((await gathered.find(['a'])).get('a')).toBe('a');
  });
});
