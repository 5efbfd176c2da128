import { describe, expect, it } from '@jest/globals';
import { contributors, fivePoints, reasonsNotMet } from '../contracts/index.js';
import { putInWords, readerOf } from './put-in-words.js';

const me = putInWords('person');
const other = putInWords('representative');
const staff = putInWords('staff');

describe('how a plan is put to somebody', () => {
  it('is in the terms of the law for staff', () => {
    expect(staff.need('nutrition')).toBe('Nutrition');
    expect(staff.who('front-line worker')).toBe('Front-line worker');
    expect(staff.notMet('a carer meets it (s18(7))')).toBe('A carer meets it (s18(7))');
    expect(staff.point('level agreed openly')).toBe('Level agreed openly');
  });
  it('is in plain words for the person, and says you', () => {
    expect(me.need('nutrition')).toBe('Eating and drinking');
    expect([me.who('person'), other.who('person')]).toEqual(['You', 'The person']);
    expect(me.notMet('the person declined')).toBe('You told us that you do not want help with this.');
    expect(other.notMet('the person declined')).toBe('They said that they do not want help with this.');
  });
  it('leaves no term of the law, and no section, before a person', () => {
    const said = [
      ...contributors.flatMap((each) => [me.who(each), other.who(each)]),
      ...reasonsNotMet.flatMap((each) => [me.notMet(each), other.notMet(each)]),
      ...fivePoints.map((each) => me.point(each)),
    ];
    for (const sentence of said) {
      expect(sentence).not.toMatch(/\bs\d|front-line|ethical|section/);
      expect(sentence).toMatch(/^[A-Z]/);
    }
    expect(fivePoints.map((each) => me.point(each).toLowerCase())).not.toEqual([...fivePoints]);
  });
  it('leaves what is none of the lists as it is written', () =>
    expect([me.need('company'), me.who('neighbour')]).toEqual(['Company', 'Neighbour']));
  it('goes by who reads whose plan', () => {
    expect(readerOf({ role: 'person', personId: 'one' }, 'one')).toBe('person');
    expect(readerOf({ role: 'person', personId: 'two' }, 'one')).toBe('representative');
    expect(readerOf({ role: 'finance' }, 'one')).toBe('staff');
  });
});
