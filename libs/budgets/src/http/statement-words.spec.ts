import { describe, expect, it } from '@jest/globals';
import { closingReasons, meansOutcomes, waysToHold } from '../contracts/index.js';
import { toThePerson } from './statement-words.js';

describe('a statement, to the person whose it is', () => {
  it('says each way to hold the money, each finding and each ending in words of its own', () => {
    for (const way of waysToHold) expect(toThePerson.way(way)).not.toBe(way);
    for (const outcome of meansOutcomes) expect(toThePerson.means(outcome)).not.toBe(outcome);
    expect(closingReasons.map((reason) => toThePerson.ending(reason))).not.toContain(undefined);
    expect(toThePerson.way('held by the care manager')).toContain('the council');
  });
  it('says that a way is a direct payment where it is one in law', () => {
    const said = waysToHold.filter((way) => toThePerson.way(way).includes('direct payment'));
    expect(said).toEqual(['cash direct payment', 'trust', 'indirect payment to a third party']);
  });
  it('says what it rests on without the words of the house', () => {
    expect(toThePerson.ground('Indicative budget')).toBe('The first idea of the amount');
    expect(toThePerson.ground('Rulebook, version 3')).toBe('The rules by which the first idea was worked out');
    expect(toThePerson.ground('Access to Work')).toBe('Access to Work');
  });
});
