import { init, setPlatformAPI } from 'echarts';
import type { EChartsOption } from 'echarts';
import { textWidth } from './font-widths.js';
import { chartFont, palette } from './palette.js';

/** A chart drawn twice: for the page, and for phones. The style sheet shows one of them. */
export interface DrawnChart {
  readonly wide: string;
  readonly narrow: string;
}

export interface ChartFrame {
  /** Stable and unique on its page; letters, digits, hyphens. */
  readonly id: string;
  /** What the chart shows, as a sentence: it is read out in the chart's place. */
  readonly title: string;
  readonly width: number;
  readonly height: number;
}

/** Pixels at which wide charts are drawn: half of a page of 1200. */
export const WIDE = 580;
/** A phone of 390 less its margins. */
export const NARROW = 358;

const FONT = /^(?:(\d+|bold|normal)\s+)?(?:.*?\s)?(\d+(?:\.\d+)?)px/;

setPlatformAPI({
  measureText: (text: string, font?: string) => {
    const [, weight, size] = FONT.exec(font ?? '') ?? [];
    const heavy = weight === 'bold' ? 600 : Number(weight ?? 400) || 400;
    return { width: textWidth(text, Number(size ?? 14), heavy) };
  },
});

/**
 * Draws an ECharts option to an SVG string: the same input gives the same text. No style elements or attributes remain,
 * so that the page's content policy needs no exception.
 */
export function renderChart(option: EChartsOption, { id, title, width, height }: ChartFrame): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: chartFont, fontSize: 14, color: palette.ink },
      ...option,
    });
    return tidy(chart.renderToSVGString(), id, title);
  } finally {
    chart.dispose();
  }
}

function tidy(svg: string, id: string, title: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (?:ecmeta_\w+|class|xmlns:xlink|version|baseProfile|pointer-events)="[^"]*"/g, '')
    .replace(/\bzr\d+-/g, `${id}-`)
    .replace(/ style="([^"]*)"/g, (_, style: string) => attributes(style))
    .replace(
      /<svg ([^>]*)>/,
      (_, rest: string) =>
        `<svg role="img" aria-labelledby="${id}-title" ${rest}><title id="${id}-title">${escaped(title)}</title>`,
    )
    .replace(/\n\s*/g, '');
}

const PRESENTATION = new Set(['font-size', 'font-family', 'font-weight', 'font-style']);

function attributes(style: string): string {
  return style
    .split(';')
    .map((declaration) => declaration.split(/:(.*)/s))
    .filter(([name]) => PRESENTATION.has(name?.trim() ?? ''))
    .map(([name, value]) => ` ${name?.trim()}="${value?.trim()}"`)
    .join('');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** Both drawings of one chart; `draw` gets the width and an id of its own. */
export function drawTwice(id: string, draw: (width: number, id: string) => string): DrawnChart {
  return { wide: draw(WIDE, `${id}-wide`), narrow: draw(NARROW, `${id}-narrow`) };
}
