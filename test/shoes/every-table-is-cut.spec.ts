import { describe, expect, it } from '@jest/globals';
import { cutTables, uncutTables } from '../../libs/views/src/safeguarding-chronology/decisions/as-shown.js';
import { projections } from '../../apps/platform/src/house.js';

describe('every table of a read model', () => {
  it('is cut at the position where a page is drawn as it was shown, or is said to be on no such page', () => {
    const tables = projections.flatMap((projection) => projection.tables);
    expect([...Object.keys(cutTables), ...uncutTables].sort()).toEqual([...tables].sort());
  });
});
