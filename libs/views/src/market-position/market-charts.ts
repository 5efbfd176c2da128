import { columns, type DrawnChart, drawTwice, NARROW, palette, renderChart, textWidth } from '@caretrail/web';
import { formatPence } from '@caretrail/kernel';
import { waitBands } from './market-figures.js';
import type { Shown, ShownPrices, ShownWaits, SupplyRow } from './market-report.js';

/** Above this many areas the chart shows the largest, and the table all. */
export const AREAS_DRAWN = 20;

const amount = (value: number): string => value.toLocaleString('en-GB');

/** Horizontal bars by area, as many and in the same order as the rows of the table; a hidden figure is a star. */
export function areaBars(title: string, measure: 'people' | 'hours', all: readonly SupplyRow[]): DrawnChart {
  const rows = all.slice(0, AREAS_DRAWN);
  return drawTwice('areas', (width, id) => {
    const labels = Math.min(width * 0.42, 12 + Math.max(0, ...rows.map(({ name }) => textWidth(name, 15))));
    const axisText = { fontSize: 14, color: palette.muted } as const;
    return renderChart(
      {
        grid: { left: labels, right: 60, top: 8, bottom: 48 },
        xAxis: {
          type: 'value',
          min: 0,
          minInterval: 1,
          name: measure === 'hours' ? 'hours a week' : 'people',
          nameLocation: 'middle',
          nameGap: 30,
          nameTextStyle: axisText,
          axisLabel: { ...axisText, formatter: amount, hideOverlap: true },
          splitLine: { show: true, lineStyle: { color: palette.grid, width: 1 } },
          splitNumber: width === NARROW ? 2 : 5,
        },
        yAxis: {
          type: 'category',
          inverse: true,
          data: rows.map(({ name }) => name),
          axisLine: { show: true, lineStyle: { color: palette.ink, width: 1 } },
          axisTick: { show: false },
          axisLabel: { fontSize: 15, color: palette.ink, width: labels - 10, overflow: 'truncate', interval: 0 },
        },
        series: [
          {
            type: 'bar',
            silent: true,
            barWidth: 16,
            itemStyle: { color: palette.own },
            data: rows.map((row) => bar(row[measure])),
          },
        ],
      },
      { id, title, width, height: 56 + rows.length * 27 },
    );
  });
}

function bar(shown: Shown) {
  const hidden = shown === '*';
  return {
    value: typeof shown === 'number' ? shown : 0,
    label: {
      show: shown !== null,
      position: 'right' as const,
      distance: 6,
      fontSize: hidden ? 18 : 14,
      fontWeight: hidden ? (600 as const) : (400 as const),
      color: palette.ink,
      formatter: hidden ? '*' : amount(typeof shown === 'number' ? shown : 0),
    },
  };
}

/** `£20 to £20.50`; the outer bands are open. */
export function bandName({ from, to }: { readonly from?: number; readonly to?: number }): string {
  if (from === undefined) return to === undefined ? 'all' : `under ${pounds(to)}`;
  return to === undefined ? `${pounds(from)} or more` : `${pounds(from)} to ${pounds(to)}`;
}

const pounds = (pence: number): string => formatPence(pence, pence % 100 ? 'exact' : 'pounds');

/** Columns by band of price; each is named by where it begins. */
export function priceColumns(title: string, { bands, unit }: ShownPrices): DrawnChart {
  return columns({
    id: 'prices',
    title,
    unit: unit === 'hour' ? 'price of an hour, from' : 'price of a week, from',
    categories: bands.map(({ from, to }) => (from === undefined ? `under ${pounds(to ?? 0)}` : pounds(from))),
    series: [{ name: 'people', own: true, values: bands.map(({ people }) => people) }],
    height: 260,
  });
}

/** Columns by band of days; the year before is grey and stands first. */
export function waitColumns(title: string, now: ShownWaits, before: ShownWaits): DrawnChart {
  return columns({
    id: 'waits',
    title,
    unit: 'days from request to service',
    categories: waitBands.map(({ label }) => label),
    series: [
      { name: 'twelve months before', own: false, values: before.bands },
      { name: 'twelve months to the day', own: true, values: now.bands },
    ],
    height: 240,
  });
}
