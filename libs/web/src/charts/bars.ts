import type { BarSeriesOption, EChartsOption } from 'echarts';
import { textWidth } from './font-widths.js';
import { palette } from './palette.js';
import { type DrawnChart, drawTwice, NARROW, renderChart } from './render-chart.js';

const AXIS_TEXT = { fontSize: 14, color: palette.muted } as const;
const GRID_LINE = { show: true, lineStyle: { color: palette.grid, width: 1 } } as const;
const BASE_LINE = { show: true, lineStyle: { color: palette.ink, width: 1 } } as const;
/** With fewer marks than this, each carries its value. */
const LABELLED_MARKS = 15;

const amount = (value: number): string => value.toLocaleString('en-GB');
const own = { color: palette.own } as const;
const others = { color: palette.others, borderColor: palette.othersEdge, borderWidth: 1 } as const;
const hollow = { color: '#ffffff', borderColor: palette.plum, borderWidth: 2, borderType: [4, 3] };

/** A bar of `stackedBars`. With `needed` and `onOffer`, the longer of the two is the bar's length. */
export interface NeedRow {
  readonly label: string;
  readonly needed: number;
  readonly onOffer: number;
}

interface Named {
  readonly id: string;
  /** What the chart shows, as a sentence. */
  readonly title: string;
  /** Of the value axis: `hours a week`. */
  readonly unit: string;
}

/**
 * Horizontal bars by name, in the order given: needed and on offer solid, needed but not on offer hollow, on offer but
 * not needed grey; the gap stands at the end in words.
 */
export function stackedBars({ id, title, unit, rows }: Named & { readonly rows: readonly NeedRow[] }): DrawnChart {
  const part = (value: number) => (value > 0 ? value : null);
  const series = (name: string, values: (number | null)[], itemStyle: object): BarSeriesOption => ({
    type: 'bar',
    name,
    stack: 'all',
    silent: true,
    barWidth: 16,
    data: values,
    itemStyle,
  });
  const ends = rows.map(({ needed, onOffer }) => {
    const gap = needed - onOffer;
    return gap > 0 ? `${amount(gap)} short` : gap < 0 ? `${amount(-gap)} spare` : '';
  });
  const most = Math.max(1, ...rows.map(({ needed, onOffer }) => Math.max(needed, onOffer)));
  return drawTwice(id, (width, drawing) => {
    const labels = Math.min(width * 0.42, 12 + Math.max(0, ...rows.map(({ label }) => textWidth(label, 15))));
    return renderChart(
      {
        grid: { left: labels, right: 76, top: 8, bottom: 48 },
        xAxis: {
          type: 'value',
          min: 0,
          name: unit,
          nameLocation: 'middle',
          nameGap: 30,
          nameTextStyle: AXIS_TEXT,
          axisLabel: { ...AXIS_TEXT, formatter: amount, hideOverlap: true },
          splitLine: GRID_LINE,
          splitNumber: width === NARROW ? 2 : 5,
        },
        yAxis: {
          type: 'category',
          inverse: true,
          data: rows.map(({ label }) => label),
          axisLine: BASE_LINE,
          axisTick: { show: false },
          axisLabel: { fontSize: 15, color: palette.ink, width: labels - 10, overflow: 'truncate', interval: 0 },
        },
        series: [
          series(
            'needed and on offer',
            rows.map(({ needed, onOffer }) => part(Math.min(needed, onOffer))),
            own,
          ),
          series(
            'needed, not on offer',
            rows.map(({ needed, onOffer }) => part(needed - onOffer)),
            hollow,
          ),
          series(
            'on offer, not needed',
            rows.map(({ needed, onOffer }) => part(onOffer - needed)),
            others,
          ),
          {
            // Carries the words: a part of no length at the end of each bar, whatever the bar is made of.
            ...series(
              'gap',
              rows.map(() => most * 1e-9),
              { color: 'transparent' },
            ),
            label: {
              show: true,
              position: 'right',
              distance: 6,
              fontSize: 14,
              formatter: ({ dataIndex }: { dataIndex: number }) => {
                const text = ends[dataIndex] ?? '';
                return text && (text.endsWith('short') ? `{short|${text}}` : `{spare|${text}}`);
              },
              rich: {
                short: { color: palette.plum, fontWeight: 600, fontSize: 14 },
                spare: { color: palette.ink, fontSize: 14 },
              },
              color: palette.ink,
            },
          },
        ],
      },
      { id: drawing, title, width, height: 56 + rows.length * 27 },
    );
  });
}

/** One colour of `columns`: our own, or what we compare with. A `*` is a suppressed count: a star, never a column. */
export interface ColumnSeries {
  readonly name: string;
  readonly own: boolean;
  readonly values: readonly (number | '*' | null)[];
}

/** Columns for time or bands; the comparison is grey and stands first. */
export function columns(
  chart: Named & {
    readonly categories: readonly string[];
    readonly series: readonly ColumnSeries[];
    /** Drawing height in pixels. */
    readonly height?: number;
  },
): DrawnChart {
  const { categories, series } = chart;
  const labelled = categories.length < LABELLED_MARKS;
  return drawTwice(chart.id, (width, id) =>
    renderChart(
      {
        ...frameOfColumns(chart.unit, categories, width),
        series: [...series]
          .sort((a, b) => Number(a.own) - Number(b.own))
          .map((one) => ({
            type: 'bar',
            name: one.name,
            silent: true,
            barMaxWidth: 44,
            barGap: '10%',
            itemStyle: one.own ? own : others,
            data: one.values.map((value) => (value === '*' ? { value: 0, label: starLabel } : value)),
            label: {
              show: labelled && (one.own || series.length === 1),
              position: 'top',
              fontSize: 14,
              color: palette.ink,
              formatter: ({ value }) => (value ? amount(Number(value)) : ''),
            },
          })),
      },
      { id, title: chart.title, width, height: chart.height ?? 220 },
    ),
  );
}

const starLabel = {
  show: true,
  position: 'top' as const,
  fontSize: 18,
  fontWeight: 600 as const,
  color: palette.ink,
  formatter: () => '*',
};

function frameOfColumns(unit: string, categories: readonly string[], width: number): EChartsOption {
  // On a phone the words of a label stand below each other, so that none has to be left out.
  const lines = width === NARROW ? Math.max(1, ...categories.map((text) => text.split(' ').length)) : 1;
  const broken = lines > 1 && lines <= 4 && categories.length <= 8;
  const more = broken ? (lines - 1) * 16 : 0;
  return {
    grid: { left: 52, right: 12, top: 28, bottom: 48 + more },
    xAxis: {
      type: 'category',
      data: [...categories],
      name: unit,
      nameLocation: 'middle',
      nameGap: 30 + more,
      nameTextStyle: AXIS_TEXT,
      axisTick: { show: false },
      axisLine: BASE_LINE,
      axisLabel: {
        fontSize: 14,
        lineHeight: 16,
        color: palette.ink,
        hideOverlap: true,
        interval: width === NARROW && !broken ? 'auto' : 0,
        formatter: (text: string) => (broken ? text.replaceAll(' ', '\n') : text),
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      minInterval: 1,
      splitNumber: 4,
      splitLine: GRID_LINE,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...AXIS_TEXT, formatter: amount },
    },
  };
}

/** A band of `histogram`: from (inclusive) to (exclusive), in the unit of the axis. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** How a quantity is spread, split at a line: what begins below it is dark blue, the rest is grey. */
export function histogram(
  chart: Named & {
    readonly bins: readonly Bin[];
    /** How a value is written on the axis: `£23.50`. */
    readonly write: (value: number) => string;
    readonly line?: { readonly at: number; readonly label: string };
    readonly height?: number;
  },
): DrawnChart {
  const { bins, line, write } = chart;
  const place = (value: number): number => {
    const bin = bins.findIndex(({ from, to }) => value >= from && value < to);
    if (bin < 0) return value < (bins[0]?.from ?? 0) ? -0.5 : bins.length - 0.5;
    const { from, to } = bins[bin] as Bin;
    return bin - 0.5 + (value - from) / (to - from);
  };
  return drawTwice(chart.id, (width, id) => {
    const frame = frameOfColumns(
      chart.unit,
      bins.map(({ from }) => write(from)),
      width,
    );
    return renderChart(
      {
        ...frame,
        xAxis: [
          { ...(frame.xAxis as object), type: 'category', axisLabel: { show: false } },
          {
            // A second axis whose marks are the edges of the bands, on which the line can stand inside a band.
            type: 'value',
            position: 'bottom',
            min: -0.5,
            max: bins.length - 0.5,
            interval: 1,
            splitLine: { show: false },
            axisLabel: {
              fontSize: 14,
              color: palette.ink,
              hideOverlap: true,
              formatter: (edge: number) => {
                const bin = Math.round(edge + 0.5);
                const at = bins[bin]?.from ?? bins[bin - 1]?.to;
                return at === undefined || (width === NARROW && bin % 2) ? '' : write(at);
              },
            },
          },
        ],
        series: [
          {
            type: 'bar',
            silent: true,
            barCategoryGap: '6%',
            data: bins.map(({ from, count }) => ({ value: count, itemStyle: line && from >= line.at ? others : own })),
          },
          {
            type: 'scatter',
            xAxisIndex: 1,
            data: [],
            silent: true,
            ...(line && {
              markLine: {
                silent: true,
                symbol: 'none',
                lineStyle: { color: palette.ink, width: 2, type: 'solid' },
                label: { formatter: line.label, fontSize: 14, fontWeight: 600, color: palette.ink, position: 'end' },
                data: [{ xAxis: place(line.at) }],
              },
            }),
          },
        ],
      },
      { id, title: chart.title, width, height: chart.height ?? 240 },
    );
  });
}
