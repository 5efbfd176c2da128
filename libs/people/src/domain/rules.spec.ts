import { expect, it } from '@jest/globals';
import { rulesWithoutLaw } from '@caretrail/testing';

/** The council's own practice, or what any register asks for. */
const withoutLaw = [
  'advocate-is-appointed',
  'advocate-is-named',
  'appointed-once',
  'considered-by-today',
  'considered-once',
  'ends-not-before-it-starts',
  'evidence-fits-the-kind',
  'evidence-was-seen',
  'representation-is-there',
  'representation-still-stands',
  'representative-is-somebody-else',
  'revocation-has-reasons',
  'scope-fits-the-kind',
];

it('every rule cites its section, but for those of practice', async () =>
  expect(await rulesWithoutLaw(import.meta.dirname, (module) => import(module) as Promise<object>)).toEqual(
    withoutLaw,
  ));
