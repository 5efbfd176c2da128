import { InvalidInput, NotFound, RuleViolation } from '@caretrail/kernel';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { areaOfPostcode, Areas } from './areas.js';
import { Councils } from './councils.js';

const at = '2026-02-03T04:05:06.000Z';
const fenmarsh = { tenant: 'E10000077', laCode: '997', name: 'Fenmarsh', simulated: true };

describe('the register of councils', () => {
  let test: TestDatabase;
  let councils: Councils;
  beforeAll(async () => {
    test = await createTestDatabase({ migrations: [] });
    councils = new Councils(test.database);
  });
  afterAll(() => test.drop());

  it('keeps a council that was added', async () => {
    await councils.add(fenmarsh, at);
    expect(await councils.get('E10000077')).toEqual({ ...fenmarsh, addedAt: at });
    expect((await councils.list()).map(({ name }) => name)).toEqual(['Fenmarsh', 'Otherbury', 'Wrenbridge']);
  });

  it('refuses an ONS code or an LA code that is taken, and says whose it is', async () => {
    const add = councils.add({ ...fenmarsh, tenant: WRENBRIDGE, laCode: '998' }, at);
    await expect(add).rejects.toThrow(RuleViolation);
    await expect(add).rejects.toThrow('The council E09000012 is set up already, as Wrenbridge with the LA code 204.');
    await expect(add).rejects.toThrow('The LA code 998 belongs to Otherbury (E09000099).');
    expect(await councils.get(WRENBRIDGE)).toMatchObject({ name: 'Wrenbridge', laCode: '204' });
  });

  it.each([
    ['tenant', { tenant: 'E07000123' }, 'is not the ONS code of a council with adult social care duties'],
    ['tenant', { tenant: 'E0900001' }, 'Write E06, E08, E09 or E10'],
    ['laCode', { laCode: '99' }, 'Write the three digits'],
    ['name', { name: ' ' }, 'has no name'],
  ])('refuses a wrong %s %j', async (field, wrong, sentence) => {
    const add = councils.add({ tenant: 'E06000055', laCode: '996', name: 'Saltby', simulated: true, ...wrong }, at);
    await expect(add).rejects.toThrow(InvalidInput);
    await expect(add).rejects.toThrow(sentence);
    await expect(add).rejects.toMatchObject({ faults: [{ field }] });
  });

  it('says how to set up a council that is not there', async () => {
    await expect(councils.get('E08000001')).rejects.toThrow(NotFound);
    await expect(councils.get('E08000001')).rejects.toThrow(
      '`npx caretrail council add E08000001 --la-code … --name …`',
    );
  });
});

describe('the areas of a council', () => {
  let test: TestDatabase;
  let areas: Areas;
  beforeAll(async () => {
    test = await createTestDatabase({ migrations: [] });
    areas = new Areas(test.database);
    await areas.replace(OTHERBURY, [{ postcodePrefix: 'WB1 4', area: 'Mill' }]);
  });
  afterAll(() => test.drop());

  it('are the list that was given last, of this council alone', async () => {
    await areas.replace(WRENBRIDGE, [
      { postcodePrefix: 'WB1 4', area: 'Old' },
      { postcodePrefix: 'WB9', area: 'Gone' },
    ]);
    await areas.replace(WRENBRIDGE, [
      { postcodePrefix: 'WB1 4', area: 'Heron' },
      { postcodePrefix: 'WB1', area: 'Weir' },
    ]);
    expect([...(await areas.map(WRENBRIDGE))]).toEqual([
      ['WB1', 'Weir'],
      ['WB1 4', 'Heron'],
    ]);
    expect([...(await areas.map(OTHERBURY))]).toEqual([['WB1 4', 'Mill']]);
  });

  it('refuse what is no beginning of a postcode, and one that stands twice', async () => {
    const given = [
      { postcodePrefix: 'WB1 4', area: 'Heron' },
      { postcodePrefix: 'WB1 4', area: 'Weir' },
      { postcodePrefix: 'WB1 4AB', area: 'Weir' },
    ];
    await expect(areas.replace(OTHERBURY, given)).rejects.toMatchObject({
      faults: [{ field: 'areas.1.postcodePrefix' }, { field: 'areas.2.postcodePrefix' }],
    });
    expect([...(await areas.map(OTHERBURY))]).toEqual([['WB1 4', 'Mill']]);
  });

  it('are found by sector before district, however the postcode is written', () => {
    const map = new Map([
      ['WB1 4', 'Heron'],
      ['WB1', 'Weir'],
    ]);
    expect(
      ['WB1 4AB', 'wb14ab', 'WB1 5AB', 'WB14 4AB', 'nowhere', ''].map((postcode) => areaOfPostcode(map, postcode)),
    ).toEqual(['Heron', 'Heron', 'Weir', undefined, undefined, undefined]);
  });
});
