import { expect, it } from '@jest/globals';
import { rulesWithoutLaw } from '@caretrail/testing';

it('every rule cites its section', async () =>
  expect(await rulesWithoutLaw(import.meta.dirname, (module) => import(module) as Promise<object>)).toEqual([]));
