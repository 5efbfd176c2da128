import { describe, expect, it } from '@jest/globals';
import { Cube } from './cube.js';
import { coarsely } from './disclosure.js';
import type { MarketFigures, Supply, Waits } from './market-figures.js';
import { type MarketMaterial, reportOf } from './market-report.js';

const hourly = (people: number, pence = 2_000): Supply => ({
  people,
  packages: people,
  hours: people * 10,
  mostHours: 10,
  beds: 0,
  weeklyPence: people * 10 * pence,
  mostPence: 10 * pence,
  unpriced: 0,
  hourly: { people, lowestTenth: pence - 100, typical: pence, highestTenth: pence + 100 },
  weekly: { people, lowestTenth: pence * 9, typical: pence * 10, highestTenth: pence * 11 },
});

/** Home support alone, so that a service and all services are the same. */
const figures = (byArea: Record<string, Supply>, more: Partial<MarketFigures> = {}): MarketFigures => {
  const people = Object.values(byArea).reduce((sum, each) => sum + each.people, 0);
  const supply = new Cube<Supply>();
  for (const [area, each] of Object.entries(byArea)) supply.set(area, 'home-support', each).set(area, undefined, each);
  if (people) supply.set(undefined, 'home-support', hourly(people)).set(undefined, undefined, hourly(people));
  return { supply, waits: new Cube(), waiting: new Cube(), ...more };
};
const nothing = { events: 0, position: 0n };

const material = (now: MarketFigures, more: Partial<MarketMaterial> = {}): MarketMaterial => ({
  scope: { tenant: 'E09000012', effectiveOn: '2026-03-31', knownOn: '2026-04-14' },
  figures: now,
  before: figures({}),
  prices: { unit: 'hour', bands: [] },
  sources: { packages: { events: 9, position: 9n }, requests: nothing, deaths: nothing, later: 0 },
  areaNames: [],
  ...more,
});

const row = (report: ReturnType<typeof reportOf>, name: string) => report.areas.find((each) => each.name === name);

describe('what a report may show', () => {
  it('rounds people to the nearest 5, hours to 50, pounds to 1,000 and prices to 10p', () => {
    const { areas } = reportOf(material(figures({ Abbey: hourly(13, 2_023), Mill: hourly(28) })));
    expect(
      areas.map(({ name, people, hours, weeklyPence, typicalPence }) => [
        name,
        people,
        hours,
        weeklyPence,
        typicalPence,
      ]),
    ).toEqual([
      ['Mill', 30, 300, 600_000, 2_000],
      ['Abbey', 15, 150, 300_000, 2_020],
    ]);
  });

  it('hides every figure of a row of 1 to 4 people, and a second row that the total would give away', () => {
    const report = reportOf(material(figures({ Abbey: hourly(3), Mill: hourly(8), Weir: hourly(40) })));
    const hidden = { people: '*', hours: '*', weeklyPence: '*', typicalPence: '*' };
    expect(row(report, 'Abbey')).toMatchObject(hidden);
    expect(row(report, 'Mill')).toMatchObject(hidden);
    expect(row(report, 'Weir')).toMatchObject({ people: 40, hours: 400 });
    expect(report.total).toMatchObject({ people: 50, hours: 500 });
  });

  it('puts hidden rows last, by name, so that their order tells nothing', () => {
    const { areas } = reportOf(
      material(figures({ Weir: hourly(2), Abbey: hourly(1), Mill: hourly(9), Heron: hourly(90) })),
    );
    expect(areas.map(({ name }) => name)).toEqual(['Heron', 'Mill', 'Abbey', 'Weir']);
  });

  it('hides hours that rest on few, in a row of many', () => {
    const few = { ...hourly(20), hourly: { people: 2, lowestTenth: 1, typical: 2, highestTenth: 3 } };
    const report = reportOf(material(figures({ Abbey: few, Mill: hourly(30), Weir: hourly(40) })));
    expect(row(report, 'Abbey')).toMatchObject({ people: 20, hours: '*', typicalPence: '*', weeklyPence: 400_000 });
    expect(row(report, 'Mill')).toMatchObject({ people: 30, hours: '*', typicalPence: 2_000 });
    expect(row(report, 'Weir')).toMatchObject({ people: 40, hours: 400 });
  });

  it('hides a typical wait of fewer than five, and single bands', () => {
    const waits = { people: 16, typicalDays: 9, bands: [10, 3, 0, 0, 3, 0] };
    const alone = { people: 2, typicalDays: 40, bands: [0, 0, 0, 2, 0, 0] };
    const most = { people: 14, typicalDays: 8, bands: [10, 3, 0, 0, 1, 0] };
    const report = reportOf(
      material(
        figures(
          { Abbey: hourly(20), Mill: hourly(30) },
          {
            waits: new Cube<Waits>()
              .set(undefined, undefined, waits)
              .set('Abbey', undefined, alone)
              .set('Mill', undefined, most),
            waiting: new Cube<number>().set(undefined, undefined, 6).set('Abbey', undefined, 6),
          },
        ),
      ),
    );
    expect(report.waits.now).toEqual({ people: 15, typicalDays: 9, bands: [10, '*', 0, 0, '*', 0] });
    expect(row(report, 'Abbey')).toMatchObject({ typicalWaitDays: '*', waiting: 5 });
  });

  it('hides on the page of one service what the page of all services hides', () => {
    const both = twoServices();
    const all = reportOf(material(both));
    const hidden = all.services.filter(({ hours }) => hours === '*').map(({ id }) => id);
    expect(hidden.sort()).toEqual(['home-support', 'reablement']);
    for (const service of ['home-support', 'reablement'] as const) {
      const narrow = reportOf(material(both, { scope: { ...material(both).scope, service } }));
      expect(narrow.total).toMatchObject({ people: '*', hours: '*', weeklyPence: '*' });
      expect(narrow.keyFigures.find(({ kind }) => kind === 'hours')).toMatchObject({ value: '*' });
    }
  });

  it('hides in one area what would give its few away, and no area alone in a service', () => {
    const both = twoServices();
    for (const area of ['Abbey', 'Mill', 'Weir']) {
      const { services, total } = reportOf(material(both, { scope: { ...material(both).scope, area } }));
      expect([total, ...services].filter(({ people }) => people === '*').length).not.toBe(1);
    }
    const { areas, total } = reportOf(material(both, { scope: { ...material(both).scope, service: 'reablement' } }));
    expect([total, ...areas].filter(({ people }) => people === '*').length).not.toBe(1);
  });

  /** Three people of Abbey with reablement, a hundred with home support and fifty in homes. */
  function twoServices(): MarketFigures {
    const supply = new Cube<Supply>();
    const told: [string | undefined, [number, number, number]][] = [
      ['Abbey', [20, 3, 10]],
      ['Mill', [30, 0, 10]],
      ['Weir', [50, 0, 180]],
      [undefined, [100, 3, 200]],
    ];
    for (const [area, [home, reablement, homes]] of told) {
      supply.set(area, 'home-support', hourly(home)).set(area, 'residential', hourly(homes));
      if (reablement) supply.set(area, 'reablement', hourly(reablement));
      supply.set(area, undefined, hourly(home + reablement + homes));
    }
    return { supply, waits: new Cube(), waiting: new Cube() };
  }

  it('does not tell one person’s hours or pounds by the difference of two days', () => {
    for (const [hours, pence] of [
      [6, 14_000],
      [42, 99_000],
      [168, 620_000],
    ] as const)
      for (let others = 5; others < 30; others++) {
        const without = { ...hourly(others), hours: others * 9.5, weeklyPence: others * 21_111 };
        const dearer = { mostHours: Math.max(10, hours), mostPence: Math.max(30_000, pence) };
        const more = hourly(others + 1);
        const with_ = { ...more, hours: without.hours + hours, weeklyPence: without.weeklyPence + pence, ...dearer };
        const shown = [without, with_].map((supply) => reportOf(material(figures({ Abbey: supply }))).areas[0]!);
        const difference = (key: 'hours' | 'weeklyPence') => Number(shown[1]![key]) - Number(shown[0]![key]);
        expect(difference('hours') % 50).toBe(0);
        expect(Math.abs(difference('hours') - hours)).not.toBe(0);
        expect(Math.abs(difference('weeklyPence') - pence)).not.toBe(0);
      }
  });

  it.each([
    [130, 12, 150],
    [130, 50, 150],
    [130, 51, 100],
    [449, 101, 400],
    [449, 168, 400],
    [449, 201, 500],
    [2_600, 501, 3_000],
  ])('rounds a sum of %d, of which one person has %d, to %d', (sum, most, shown) =>
    expect(coarsely(sum, 50, most)).toBe(shown),
  );

  it('tells the tenths of prices of fifty people and no fewer', () => {
    const prices = (people: number) => {
      const spread = { people, lowestTenth: 1_904, typical: 2_006, highestTenth: 2_111 };
      return reportOf(material(figures({ Abbey: hourly(people) }), { prices: { unit: 'hour', spread, bands: [] } }))
        .prices;
    };
    expect(prices(50)).toMatchObject({ lowestTenth: 1_900, typical: 2_010, highestTenth: 2_110 });
    expect(prices(49)).toMatchObject({ lowestTenth: null, typical: 2_010, highestTenth: null });
  });

  it('does not count people by the events of a small part', () => {
    const sources = (more: object) =>
      reportOf(
        material(figures({ Abbey: hourly(20) }), {
          scope: { ...material(figures({})).scope, ...more },
          sources: {
            packages: { events: 2, position: 9n },
            requests: { events: 13, position: 8n },
            deaths: nothing,
            later: 1,
          },
        }),
      ).sources;
    expect(sources({ area: 'Abbey' })).toMatchObject({
      packages: { events: 5, position: 9n },
      requests: { events: 15 },
      deaths: { events: 0 },
      later: 5,
    });
    expect(sources({})).toMatchObject({ packages: { events: 2 }, requests: { events: 13 }, later: 1 });
  });

  it('gives no scale of prices for so few that it would tell theirs', () => {
    const spread = { people: 3, lowestTenth: 1_900, typical: 2_000, highestTenth: 2_100 };
    const prices = { unit: 'hour' as const, spread, bands: [{ people: 3 }] };
    expect(reportOf(material(figures({}), { prices })).prices).toEqual({
      unit: 'hour',
      people: '*',
      lowestTenth: '*',
      typical: '*',
      highestTenth: '*',
      bands: [],
    });
  });

  it('compares key figures with the year before, and with what is known now where that is something else', () => {
    const now = figures({ Abbey: hourly(20) });
    const report = reportOf(
      material(now, { before: figures({ Abbey: hourly(10) }), knownNow: figures({ Abbey: hourly(25) }) }),
    );
    const people = report.keyFigures.find(({ kind }) => kind === 'people');
    expect(people).toEqual({ kind: 'people', value: 20, before: 10, knownNow: 25 });
    expect(report.keyFigures.find(({ kind }) => kind === 'price')).toEqual({
      kind: 'price',
      value: 2_000,
      before: 2_000,
    });
  });

  it('asks of a service bought by the bed for beds and the price of a week', () => {
    const { keyFigures, unit } = reportOf(
      material(figures({}), {
        scope: { tenant: 'E09000012', effectiveOn: '2026-03-31', knownOn: '2026-03-31', service: 'nursing' },
      }),
    );
    expect(unit).toBe('bed');
    expect(keyFigures.map(({ kind }) => kind)).toEqual(['beds', 'cost', 'price', 'wait', 'unpriced']);
  });

  it('is empty for a council of which nothing is known', () => {
    const sources = { packages: nothing, requests: nothing, deaths: nothing, later: 3 };
    expect(reportOf(material(figures({}), { sources }))).toMatchObject({ empty: true, areas: [], services: [] });
  });
});
