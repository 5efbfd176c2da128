import { expect, it } from '@jest/globals';
import { rulesWithoutLaw } from '@caretrail/testing';

/** The council's own practice, or what any register asks for. */
const withoutLaw = ['approver-is-not-the-author', 'assessment-was-submitted', 'return-has-reasons'];

it('every rule cites its section, but for those of practice', async () =>
  expect(await rulesWithoutLaw(import.meta.dirname, (module) => import(module) as Promise<object>)).toEqual(
    withoutLaw,
  ));
