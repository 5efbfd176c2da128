import { describe, expect, it } from '@jest/globals';
import { Cube } from './cube.js';
import { hiddenCells } from './hidden-cells.js';

const SERVICES = ['home-support', 'reablement', 'residential', 'nursing'] as const;

/** Counts by area and service that add up in both directions. */
function cubeOf(rows: readonly (readonly number[])[]): Cube<number> {
  const cube = new Cube<number>();
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  rows.forEach((row, area) => {
    row.forEach((count, index) => count && cube.set(`A${area}`, SERVICES[index], count));
    cube.set(`A${area}`, undefined, sum(row));
  });
  rows[0]?.forEach((_, index) => cube.set(undefined, SERVICES[index], sum(rows.map((row) => row[index] ?? 0))));
  return cube.set(undefined, undefined, sum(rows.flat()));
}

function hiddenIn(cube: Cube<number>): string[] {
  const hidden = hiddenCells(cube);
  return [...cube.areas, undefined].flatMap((area) =>
    [...cube.services, undefined].flatMap((service) =>
      hidden.at(area, service) ? [`${area ?? 'all'} ${service ?? 'all'}`] : [],
    ),
  );
}

describe('the cells that are hidden', () => {
  it('are none where every count is large or nought', () => {
    expect(
      hiddenIn(
        cubeOf([
          [10, 0],
          [0, 5],
          [20, 30],
        ]),
      ),
    ).toEqual([]);
  });

  it('are a small one and the smallest beside it, in its row, its column, and again in theirs', () => {
    const cube = cubeOf([
      [3, 40, 50],
      [20, 60, 70],
      [80, 90, 100],
    ]);
    expect(hiddenIn(cube)).toEqual(['A0 home-support', 'A0 reablement', 'A1 home-support', 'A1 reablement']);
  });

  it('include a sum where only the sum could give a small one away', () => {
    // One area has both services: what it has of the second is what all areas have of it.
    expect(
      hiddenIn(
        cubeOf([
          [30, 3],
          [40, 0],
        ]),
      ),
    ).toEqual(expect.arrayContaining(['A0 reablement', 'all reablement', 'A0 home-support']));
  });

  it('are never alone in a row or a column, its sum included', () => {
    let seed = 11;
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 200; round++) {
      const rows = Array.from({ length: 1 + next(6) }, () => SERVICES.map(() => (next(3) ? next(30) : 0)));
      const cube = cubeOf(rows);
      const hidden = hiddenCells(cube);
      const areas = [...cube.areas, undefined];
      const services = [...cube.services, undefined];
      const alone = [
        ...areas.map((area) => services.filter((service) => hidden.at(area, service)).length),
        ...services.map((service) => areas.filter((area) => hidden.at(area, service)).length),
      ].filter((count) => count === 1);
      expect(alone).toEqual([]);
      for (const area of areas)
        for (const service of services) {
          const count = cube.at(area, service) ?? 0;
          if (count >= 1 && count <= 4) expect(hidden.at(area, service)).toBe(true);
          if (count === 0) expect(hidden.at(area, service)).toBeUndefined();
        }
    }
  });
});
