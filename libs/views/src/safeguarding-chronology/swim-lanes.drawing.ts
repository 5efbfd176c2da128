import { formatDate, type PlainDate } from '@caretrail/kernel';
import {
  layOutSwimLanes,
  type Mark,
  MARK_RADIUS,
  type PlacedMark,
  type SwimLanes,
  textWidth,
} from './swim-lanes.layout.js';

/** A mark as it is drawn: its shape says whether somebody decided, its colour and outline how it stands to time. */
export interface ChronologyMark extends Mark {
  readonly number: number;
  readonly decision: boolean;
  readonly state: 'plain' | 'late' | 'correction' | 'corrected';
  /** Where the mark leads. */
  readonly href: string;
  /** The whole line, for those who hear it and for the tooltip: number, title, state, day. */
  readonly spoken: string;
}

/** Harm, or what is alleged to have been: one line through all lanes. */
export interface HarmLine {
  readonly on: PlainDate;
  readonly label: string;
}

export interface DrawingSetting {
  readonly lanes: readonly { readonly name: string; readonly title: string }[];
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly harms: readonly HarmLine[];
  /** What stands at the last day: `today, 21 April`. */
  readonly lastDay: string;
  /** Says what the drawing shows. */
  readonly title: string;
}

const WIDTH = 1200;
const colour = {
  ink: '#0b0c0c',
  muted: '#484949',
  own: '#206095',
  clock: '#54319f',
  fix: '#8a3a00',
  gone: '#6f777b',
  grid: '#d9dcde',
  rule: '#8a8f92',
  plum: '#871a5b',
} as const;
const stateColour = { plain: colour.own, late: colour.clock, correction: colour.fix, corrected: colour.gone } as const;
const HARM_TOP = 24;
const HARM_HEIGHT = 20;
const LAST_DAY_ROOM = 150;

/**
 * Draws swim lanes as SVG with presentation attributes alone (the content policy allows no inline style). Not a picture to
 * assistive technology but a group of links, one for each event; the list on the page is the accessible form.
 */
export function drawSwimLanes(marks: readonly ChronologyMark[], setting: DrawingSetting): string {
  const names = setting.lanes.map(({ name }) => name);
  const drawn = layOutSwimLanes(marks, names, { from: setting.from, to: setting.to, width: WIDTH });
  return [
    `<svg class="ct-lanes" xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${drawn.height}" viewBox="0 0 ${WIDTH} ${drawn.height}" role="group" aria-label="${escape(setting.title)}" font-size="14">`,
    ...axis(drawn),
    ...drawn.lanes.map((lane) => {
      const title = setting.lanes.find(({ name }) => name === lane.name)?.title ?? lane.name;
      return (
        line(0, lane.top, WIDTH, lane.top, colour.rule, 1) +
        text(0, lane.top + 24, title, { weight: 600, fill: colour.ink })
      );
    }),
    line(0, drawn.height - 4, WIDTH, drawn.height - 4, colour.rule, 1),
    ...harmLines(drawn, setting),
    ...lastDay(drawn, setting),
    ...drawn.lanes.flatMap((lane) => lane.marks.map(markLink)),
    '</svg>',
  ].join('');
}

function axis({ ticks, height, plotLeft }: SwimLanes): string[] {
  return [
    line(plotLeft, 24, plotLeft, height - 4, colour.grid, 1),
    ...ticks.flatMap(({ x, label }) => [
      line(x, 6, x, height - 4, colour.grid, 1),
      label ? text(x + 5, 16, label, { weight: 600, fill: colour.ink }) : '',
    ]),
  ];
}

function lastDay({ xOf, height }: SwimLanes, { to, lastDay: label }: DrawingSetting): string[] {
  const x = xOf(to);
  return [
    line(x, HARM_TOP - 2, x, height - 4, colour.ink, 1.5),
    text(x - 6, HARM_TOP + 14, label, { anchor: 'end', fill: colour.muted }),
  ];
}

function harmLines({ xOf, height }: SwimLanes, { harms, from, to }: DrawingSetting): string[] {
  let taken = 0;
  return harms
    .filter(({ on }) => on >= from && on <= to)
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .map(({ on, label }) => {
      const x = xOf(on);
      const words = `${formatDate(on, 'short')}: ${label}`;
      const width = textWidth(words) + 14;
      const last = xOf(to) - LAST_DAY_ROOM;
      const left = x + width > last ? Math.max(0, x - width) : x;
      const free = left >= taken && left + width <= Math.max(last, x);
      if (free) taken = left + width + 4;
      // A label that would cover another stands in the tooltip alone; the list has the alert.
      const box = free
        ? `<rect x="${left}" y="${HARM_TOP}" width="${width}" height="${HARM_HEIGHT}" fill="${colour.plum}"/>` +
          text(left + 7, HARM_TOP + 15, words, { weight: 600, fill: '#ffffff' })
        : '';
      return `<g><title>${escape(words)}</title>${line(x, HARM_TOP, x, height - 4, colour.plum, 2.5)}${box}</g>`;
    });
}

function markLink(placed: PlacedMark<ChronologyMark>): string {
  const { mark, x, y, learntX, label, labelX, labelAnchor } = placed;
  const stroke = stateColour[mark.state];
  const late =
    learntX === undefined
      ? ''
      : line(x + MARK_RADIUS, y, learntX, y, stroke, 2.5) + line(learntX, y - 6, learntX, y + 6, stroke, 2.5);
  const words = text(labelX, y + 5, label, {
    anchor: labelAnchor,
    fill: mark.state === 'plain' ? colour.ink : mark.state === 'corrected' ? colour.muted : stroke,
    weight: mark.state === 'plain' || mark.state === 'corrected' ? 400 : 600,
    struck: mark.state === 'corrected',
  });
  return `<a href="${escape(mark.href)}"><title>${escape(mark.spoken)}</title>${late}${markShape(mark, x, y)}${words}</a>`;
}

/** The shape with its number, around a point; the same in the drawing and in the list. */
export function markShape(
  { number, decision, state }: Pick<ChronologyMark, 'number' | 'decision' | 'state'>,
  x: number,
  y: number,
): string {
  const hollow = state !== 'plain';
  const paint = `fill="${hollow ? '#ffffff' : stateColour.plain}" stroke="${stateColour[state]}" stroke-width="2.5"`;
  const r = MARK_RADIUS - 1;
  const shape = decision
    ? `<rect x="${x - r}" y="${y - r}" width="${2 * r}" height="${2 * r}" ${paint}/>`
    : `<circle cx="${x}" cy="${y}" r="${r}" ${paint}/>`;
  const size = number > 99 ? 8.5 : 11;
  const fill = hollow ? (state === 'corrected' ? colour.muted : stateColour[state]) : '#ffffff';
  return `${shape}<text x="${x}" y="${y + size * 0.36}" text-anchor="middle" font-size="${size}" font-weight="600" fill="${fill}">${number}</text>`;
}

interface TextStyle {
  readonly fill: string;
  readonly weight?: 400 | 600;
  readonly anchor?: 'start' | 'end';
  readonly struck?: boolean;
}

function text(
  x: number,
  y: number,
  words: string,
  { fill, weight = 400, anchor = 'start', struck }: TextStyle,
): string {
  const attributes = [
    `x="${x}" y="${y}" fill="${fill}"`,
    weight === 600 && 'font-weight="600"',
    anchor === 'end' && 'text-anchor="end"',
    struck && 'text-decoration="line-through"',
  ].filter(Boolean);
  return `<text ${attributes.join(' ')}>${escape(words)}</text>`;
}

const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, width: number): string =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${stroke}" stroke-width="${width}"/>`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (words: string): string => words.replace(/[&<>"']/g, (character) => entities[character]!);
