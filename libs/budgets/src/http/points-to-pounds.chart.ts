import { formatPence } from '@caretrail/kernel';
import { type DrawnChart, drawTwice, palette, renderChart } from '@caretrail/web';
import type { RulebookContent } from '../contracts/index.js';

const AXIS = { fontSize: 14, color: palette.muted } as const;
const pounds = (pence: number): string => formatPence(pence, 'pounds');

/**
 * The curve of a rulebook, points along and pounds up.
 * @param at where somebody's points lie on it: a line from the axis up to the curve
 */
export function pointsToPounds(
  curve: RulebookContent['curve'],
  at?: { readonly points: number; readonly pence: number },
): DrawnChart {
  const first = curve[0];
  const last = curve.at(-1);
  const title =
    at === undefined
      ? `From points to pounds a week: from ${pounds(first?.pencePerWeek ?? 0)} at ${first?.points ?? 0} points to ${pounds(last?.pencePerWeek ?? 0)} at ${last?.points ?? 0}.`
      : `${at.points} points lie at ${formatPence(at.pence)} a week on the curve.`;
  return drawTwice('points-to-pounds', (width, id) =>
    renderChart(
      {
        grid: { left: 64, right: 24, top: 34, bottom: 52 },
        xAxis: {
          type: 'value',
          name: 'points',
          nameLocation: 'middle',
          nameGap: 30,
          nameTextStyle: AXIS,
          min: 0,
          max: Math.max(last?.points ?? 1, at?.points ?? 0),
          axisLabel: { ...AXIS, hideOverlap: true },
          splitLine: { show: false },
          axisLine: { show: true, lineStyle: { color: palette.ink } },
        },
        yAxis: {
          type: 'value',
          name: '£ a week',
          nameTextStyle: { ...AXIS, align: 'right' },
          min: 0,
          axisLabel: { ...AXIS, formatter: pounds },
          splitLine: { show: true, lineStyle: { color: palette.grid } },
        },
        series: [
          {
            type: 'line',
            silent: true,
            data: curve.map(({ points, pencePerWeek }) => [points, pencePerWeek]),
            symbol: 'circle',
            symbolSize: 7,
            lineStyle: { color: palette.own, width: 3 },
            itemStyle: { color: palette.own },
          },
          ...(at
            ? [
                {
                  type: 'line' as const,
                  silent: true,
                  data: [
                    [at.points, 0],
                    [at.points, at.pence],
                    [0, at.pence],
                  ],
                  symbol: 'none',
                  lineStyle: { color: palette.plum, width: 2, type: 'dashed' as const },
                  markPoint: {
                    silent: true,
                    symbol: 'circle',
                    symbolSize: 11,
                    itemStyle: { color: palette.plum },
                    label: {
                      formatter: `${at.points} points`,
                      // Above the line on the right, below it on the left: where neither it nor the marks run.
                      position: 'inside' as const,
                      offset: at.points > (last?.points ?? 0) / 2 ? [-44, -16] : [44, 18],
                      color: palette.plum,
                      fontSize: 14,
                      fontWeight: 600 as const,
                    },
                    data: [{ name: 'here', coord: [at.points, at.pence] }],
                  },
                },
              ]
            : []),
        ],
      },
      { id, title, width, height: 280 },
    ),
  );
}
