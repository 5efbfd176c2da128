import { asOfFrom } from '@caretrail/web';
import { describe, expect, it } from '@jest/globals';
import { Cube } from './cube.js';
import type { MarketFigures, Supply } from './market-figures.js';
import { marketPage } from './market-page.js';
import { reportOf } from './market-report.js';

const TODAY = '2026-04-21';

const home = (people: number): Supply => {
  const spread = { people, lowestTenth: 1_900, typical: 2_380, highestTenth: 2_600 };
  return {
    people,
    packages: people,
    hours: people * 10,
    mostHours: 10,
    beds: 0,
    weeklyPence: people * 23_800,
    mostPence: 23_800,
    unpriced: 0,
    hourly: spread,
    weekly: spread,
  };
};

function page(byArea: Record<string, Supply>, effective = TODAY, opensEvents = false) {
  const people = Object.values(byArea).reduce((sum, each) => sum + each.people, 0);
  const supply = new Cube<Supply>();
  for (const [area, each] of Object.entries(byArea)) supply.set(area, 'home-support', each).set(area, undefined, each);
  supply.set(undefined, 'home-support', home(people)).set(undefined, undefined, home(people));
  const figures: MarketFigures = { supply, waits: new Cube(), waiting: new Cube() };
  const report = reportOf({
    scope: { tenant: 'E09000012', effectiveOn: effective, knownOn: TODAY, service: 'home-support' },
    figures,
    before: figures,
    prices: { unit: 'hour', bands: [] },
    sources: {
      packages: { events: 1_204, position: 9_000n },
      requests: { events: 3, position: 8_000n },
      deaths: { events: 7, position: 7_000n },
      later: 2,
    },
    areaNames: ['Abbey'],
  });
  return marketPage(report, asOfFrom({ effective }, TODAY), { opensEvents });
}

const section = (found: ReturnType<typeof page>, id: string) => found.sections.find((each) => each.id === id);

describe('the words of the market position', () => {
  it('answer first', () => {
    expect(page({ Abbey: home(20), Mill: home(30) }).answer).toBe(
      'On 21 April 2026, 50 people had home support: 500 hours, for £12,000 a week. The typical price of an hour was £23.80.',
    );
  });

  it('never tell a hidden number', () => {
    const found = page({ Abbey: home(3) });
    expect(found.answer).toBe(
      'How many people had home support on 21 April 2026 is not shown: it would give a small number away.',
    );
    expect(section(found, 'areas')?.answer).toBe('No area has enough people to be shown.');
  });

  it.each([
    [{ Abbey: home(20), Mill: home(30) }, 'Mill has the most: 300 hours a week, of 500 in all.'],
    [{ Abbey: home(30), Mill: home(30) }, 'Abbey and Mill have the most: 300 hours a week each, of 600 in all.'],
    [
      { Abbey: home(30), Mill: home(30), Weir: home(30) },
      'Abbey and 2 other areas have the most: 300 hours a week each, of 900 in all.',
    ],
  ])('name the largest area, or the largest together (%#)', (byArea, answer) => {
    expect(section(page(byArea), 'areas')?.answer).toBe(answer);
  });

  it('say where each figure comes from, and lead to the same days and filters as CSV', () => {
    expect(section(page({ Abbey: home(20) }, '2026-03-31'), 'prices')?.source).toEqual({
      from: '1,205 package events and 5 deaths',
      position: 9_000n,
      asOf: 'True on 31 March 2026, known by 21 April 2026',
      meaning: '#definitions',
      csv: '/market-position.csv?table=prices&service=home-support&effective=2026-03-31&known=2026-04-21',
    });
  });

  it('lead who may open them to the events of the same days, and nobody else', () => {
    const found = page({ Abbey: home(20) }, '2026-03-31', true);
    const days = '&effective=2026-03-31&known=2026-04-21';
    expect(section(found, 'prices')?.source).toMatchObject({
      events: `/events?type=commissioning.element${days}`,
      note: 'The explorer shows the events of all services and areas.',
    });
    expect(section(found, 'waits')?.source.events).toBe(`/events?type=request${days}`);
    expect(found.figures.map(({ eventsHref }) => eventsHref)).toContain(`/events?type=request${days}`);
    const plain = page({ Abbey: home(20) }, '2026-03-31');
    expect(plain.figures.filter(({ eventsHref }) => eventsHref)).toEqual([]);
    expect(plain.sections.filter(({ source }) => source.events)).toEqual([]);
  });

  it('define every figure that stands on the page', () => {
    const terms = page({ Abbey: home(20) }).definitions.map(({ term }) => term);
    expect(terms).toEqual(expect.arrayContaining(['People', 'Hours a week', 'Beds', 'Typical price', 'Wait']));
  });
});
