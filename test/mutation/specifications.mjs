// What the specs of deciders import from '@jest/globals', in a process that keeps them.
import { expect } from 'expect';
import { bind } from 'jest-each';

const path = [];

/** Every test by its full name; where several bear one name, numbered. */
export const specifications = new Map();

export { expect };

export function describe(name, body) {
  path.push(name);
  body();
  path.pop();
}

export function it(name, body) {
  const fullName = [...path, name].join(' ');
  let unique = fullName;
  for (let number = 2; specifications.has(unique); number += 1) unique = `${fullName} (${number})`;
  specifications.set(unique, body);
}

it.each = bind(it, false);
describe.each = bind(describe, false);

/** Only what opens browsers and databases ends them, and no spec of a decider does. */
export function afterAll() {}
