import { describe, expect, it } from '@jest/globals';
import { duties } from './duties.js';
import { dutiesToYou } from './duties-to-you.js';

describe('a duty, as the person reads it', () => {
  it('has words for each that is not kept from them, and for no other', () =>
    expect(Object.keys(dutiesToYou).sort()).toEqual(
      duties.flatMap(({ name, needToKnow }) => (needToKnow ? [] : name)).sort(),
    ));
  it('is said as what the council does, in one or two short sentences', () => {
    for (const words of Object.values(dutiesToYou)) expect(words).toMatch(/^[A-Z].{10,100}\.$/);
  });
});
