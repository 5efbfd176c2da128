import { formatDate, type PlainDate } from '@caretrail/kernel';
import { type DrawnChart, drawTwice, palette, renderChart } from '@caretrail/web';
import { fivePoints } from '../contracts/index.js';

const AXIS = { fontSize: 14, color: palette.muted } as const;
const day = (on: PlainDate): number => Date.parse(`${on}T00:00:00Z`);

/** How many of the five points held at each check, over time; undefined while there are not two days to compare. */
export function fivePointsOverTime(
  checks: readonly { readonly on: PlainDate; readonly holding: number }[],
): DrawnChart | undefined {
  const [first, last] = [checks.at(0), checks.at(-1)];
  if (!first || !last || first.on === last.on) return undefined;
  const said = ({ on, holding }: typeof first): string => `${holding} on ${formatDate(on)}`;
  const title = `Points of self-directed support that hold, of ${fivePoints.length}: ${checks.map(said).join(', ')}.`;
  return drawTwice('five-points', (width, id) =>
    renderChart(
      {
        grid: { left: 40, right: 40, top: 34, bottom: 40 },
        xAxis: {
          type: 'time',
          min: day(first.on),
          max: day(last.on),
          axisLabel: {
            ...AXIS,
            margin: 14,
            customValues: [day(first.on), day(last.on)],
            formatter: (at: number) => formatDate(new Date(at).toISOString().slice(0, 10), 'shortYear'),
          },
          axisTick: { show: false },
          axisLine: { show: true, lineStyle: { color: palette.ink } },
          splitLine: { show: false },
        },
        yAxis: {
          type: 'value',
          name: 'points that hold',
          nameTextStyle: { ...AXIS, align: 'left' },
          min: 0,
          max: fivePoints.length,
          interval: 1,
          axisLabel: AXIS,
          splitLine: { show: true, lineStyle: { color: palette.grid } },
        },
        series: [
          {
            type: 'line',
            silent: true,
            data: checks.map(({ on, holding }) => [day(on), holding]),
            symbol: 'circle',
            symbolSize: 9,
            lineStyle: { color: palette.own, width: 3 },
            itemStyle: { color: palette.own },
          },
        ],
      },
      { id, title, width, height: 240 },
    ),
  );
}
