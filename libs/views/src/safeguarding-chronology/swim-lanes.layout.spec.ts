import { describe, expect, it } from '@jest/globals';
import { addDays } from '@caretrail/kernel';
import fc from 'fast-check';
import { layOutSwimLanes, type Mark, MARK_RADIUS, type PlacedMark, textWidth } from './swim-lanes.layout.js';

const lanes = ['people', 'budgets', 'safeguarding'];
const period = { from: '2026-01-05', to: '2026-04-21', width: 1200 };
const mark = (lane: string, trueOn: string, label: string, learntOn = trueOn): Mark => ({
  id: `${lane}/${trueOn}/${label}`,
  lane,
  label,
  trueOn,
  learntOn,
  late: learntOn > addDays(trueOn, 2),
});

/** The stretch that a mark, its line and its label cover. */
function covers({ x, learntX, label, labelX, labelAnchor }: PlacedMark): [number, number] {
  const width = textWidth(label);
  const text: [number, number] = labelAnchor === 'start' ? [labelX, labelX + width] : [labelX - width, labelX];
  return [Math.min(x - MARK_RADIUS, text[0]), Math.max(x + MARK_RADIUS, learntX ?? 0, text[1])];
}

describe('the swim lanes', () => {
  it('place a mark by the day it was true, and its line ends at the day it was learnt', () => {
    const drawn = layOutSwimLanes([mark('budgets', '2026-02-01', 'Visit missed', '2026-02-14')], lanes, period);
    const [placed] = drawn.lanes[0]!.marks;
    expect(placed!.x).toBe(drawn.xOf('2026-02-01'));
    expect(placed!.learntX).toBe(drawn.xOf('2026-02-14'));
    expect(placed!.labelX).toBeGreaterThan(placed!.learntX!);
    expect(placed!.labelAnchor).toBe('start');
  });

  it('keep the order of the lanes and leave out those without marks', () => {
    const marks = [mark('safeguarding', '2026-02-01', 'Alert'), mark('people', '2026-02-01', 'Registered')];
    const drawn = layOutSwimLanes(marks, lanes, period);
    expect(drawn.lanes.map(({ name }) => name)).toEqual(['people', 'safeguarding']);
    expect(drawn.lanes[1]!.top).toBe(drawn.lanes[0]!.top + drawn.lanes[0]!.height);
  });

  it('put marks of one day below each other, and marks far apart side by side', () => {
    const marks = [
      mark('people', '2026-02-01', 'One'),
      mark('people', '2026-02-01', 'Two'),
      mark('people', '2026-04-01', 'Three'),
    ];
    const [one, two, three] = layOutSwimLanes(marks, lanes, period).lanes[0]!.marks;
    expect(two!.y).toBeGreaterThan(one!.y);
    expect(three!.y).toBe(one!.y);
  });

  it('write a label to the left of its mark when it would run off the drawing', () => {
    const [placed] = layOutSwimLanes([mark('people', '2026-04-20', 'Plan reviewed')], lanes, period).lanes[0]!.marks;
    expect(placed!.labelAnchor).toBe('end');
    expect(placed!.labelX).toBeLessThan(placed!.x);
  });

  it('cut a label short that fits on neither side', () => {
    const long = mark('people', '2026-03-01', 'A very long title indeed '.repeat(12));
    const [placed] = layOutSwimLanes([long], lanes, period).lanes[0]!.marks;
    expect(placed!.label.endsWith('…')).toBe(true);
    expect(covers(placed!)[1]).toBeLessThanOrEqual(1200);
  });

  it('label months of a few months, and years of many years', () => {
    const months = layOutSwimLanes([], lanes, period).ticks.map(({ label }) => label);
    expect(months).toEqual(['February 2026', 'March', 'April']);
    const years = layOutSwimLanes([], lanes, { from: '2015-04-01', to: '2026-04-21', width: 1200 }).ticks;
    expect(years.every(({ label }) => /^20\d\d$/.test(label))).toBe(true);
    for (const [index, tick] of years.entries()) if (index) expect(tick.x - years[index - 1]!.x).toBeGreaterThan(90);
  });

  it('never let anything overlap or leave the drawing', () => {
    const marks = fc.array(
      fc
        .record({
          lane: fc.constantFrom(...lanes),
          day: fc.integer({ min: 0, max: 106 }),
          learntAfter: fc.integer({ min: 0, max: 60 }),
          label: fc.string({ minLength: 1, maxLength: 60 }),
        })
        .map(({ lane, day, learntAfter, label }) =>
          mark(lane, addDays('2026-01-05', day), label, addDays('2026-01-05', day + learntAfter)),
        ),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(marks, (given) => {
        const drawn = layOutSwimLanes(given, lanes, period);
        expect(drawn.lanes.flatMap((lane) => lane.marks)).toHaveLength(given.length);
        for (const lane of drawn.lanes) {
          const rows = Map.groupBy(lane.marks, (placed) => placed.y);
          for (const [y, row] of rows) {
            expect(y).toBeGreaterThan(lane.top);
            expect(y).toBeLessThan(lane.top + lane.height);
            const stretches = row.map(covers).sort((a, b) => a[0] - b[0]);
            stretches.forEach(([from, to], index) => {
              expect(from).toBeGreaterThanOrEqual(0);
              expect(to).toBeLessThanOrEqual(1200);
              if (index) expect(from).toBeGreaterThanOrEqual(stretches[index - 1]![1]);
            });
          }
        }
      }),
      { seed: 26 },
    );
  });
});
