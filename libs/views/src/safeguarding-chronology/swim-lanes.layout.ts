import { addDays, addMonths, daysBetween, type PlainDate } from '@caretrail/kernel';

/** What is to be drawn: one event. Days are London days. */
export interface Mark {
  readonly id: string;
  readonly lane: string;
  readonly label: string;
  readonly trueOn: PlainDate;
  readonly learntOn: PlainDate;
  /** A late mark is joined to the day on which it was learnt. */
  readonly late: boolean;
}

/** A mark with its place, in pixels of the drawing. */
export interface PlacedMark<Of extends Mark = Mark> {
  readonly mark: Of;
  readonly x: number;
  readonly y: number;
  /** Where the line to the day of learning ends; undefined when there is no line. */
  readonly learntX?: number;
  readonly label: string;
  readonly labelX: number;
  readonly labelAnchor: 'start' | 'end';
}

export interface Lane<Of extends Mark = Mark> {
  readonly name: string;
  readonly top: number;
  readonly height: number;
  readonly marks: readonly PlacedMark<Of>[];
}

export interface Tick {
  readonly day: PlainDate;
  readonly x: number;
  /** Empty on ticks between labelled ones. */
  readonly label: string;
}

export interface SwimLanes<Of extends Mark = Mark> {
  readonly width: number;
  readonly height: number;
  /** Where the first day of the axis stands. */
  readonly plotLeft: number;
  readonly lanes: readonly Lane<Of>[];
  readonly ticks: readonly Tick[];
  /** Place of a day on the axis. */
  readonly xOf: (day: PlainDate) => number;
}

export const MARK_RADIUS = 9;
const ROW = 26;
const LANE_PADDING = 7;
const HEAD = 48;
const GAP = 6;
const NAME_WIDTH = 140;
const RIGHT = 8;
const MIN_LABEL = 24;

/** Width of a text of 14 px in Source Sans 3, on the wide side, because the reader's font may be another one. */
export const textWidth = (text: string): number => [...text].reduce((sum, letter) => sum + letterWidth(letter), 0);

const letterWidth = (letter: string): number =>
  /[iljtfr.,:;'!| ]/.test(letter) ? 4.4 : /[mwMW—]/.test(letter) ? 12 : /[A-Z£&]/.test(letter) ? 9 : 7.4;

/**
 * Places marks on lanes by the day they were true. Within a lane they are packed into rows, so that no mark, line or
 * label touches another; a label that would run off the drawing goes to the left of its mark, and one that fits on
 * neither side is cut short.
 * @param lanes names in the order from above; lanes without marks are left out
 * @param width of the whole drawing in pixels
 */
export function layOutSwimLanes<Of extends Mark>(
  marks: readonly Of[],
  lanes: readonly string[],
  { from, to, width }: { readonly from: PlainDate; readonly to: PlainDate; readonly width: number },
): SwimLanes<Of> {
  // A little room before the first day, so that its mark does not stand on the edge.
  const span = Math.max(1, daysBetween(from, to));
  const first = addDays(from, -Math.max(2, Math.round(span * 0.02)));
  const plotWidth = width - NAME_WIDTH - RIGHT - MARK_RADIUS;
  const days = Math.max(1, daysBetween(first, to));
  const xOf = (day: PlainDate): number =>
    Math.round(NAME_WIDTH + (Math.min(days, Math.max(0, daysBetween(first, day))) / days) * plotWidth);
  let top = HEAD;
  const placed = lanes.flatMap((name) => {
    const own = marks
      .filter((mark) => mark.lane === name)
      .toSorted((a, b) => (a.trueOn < b.trueOn ? -1 : a.trueOn > b.trueOn ? 1 : 0));
    if (!own.length) return [];
    const lane = layOutLane(name, own, top, width - RIGHT, xOf);
    top += lane.height;
    return [lane];
  });
  return {
    width,
    height: top + 4,
    plotLeft: NAME_WIDTH,
    lanes: placed,
    ticks: ticksOf(first, to, xOf, plotWidth),
    xOf,
  };
}

function layOutLane<Of extends Mark>(
  name: string,
  marks: readonly Of[],
  top: number,
  right: number,
  xOf: (day: PlainDate) => number,
): Lane<Of> {
  const rows: [from: number, to: number][][] = [];
  const placed = marks.map((mark): PlacedMark<Of> => {
    const beside = besideMark(mark, right, xOf);
    const { taken } = beside;
    let row = rows.findIndex((spans) => spans.every(([from, to]) => taken[1] + GAP <= from || to + GAP <= taken[0]));
    if (row < 0) row = rows.push([]) - 1;
    rows[row]!.push(taken);
    const { x, learntX, label, labelX, labelAnchor } = beside;
    const y = top + LANE_PADDING + row * ROW + ROW / 2;
    return { mark, x, y, ...(learntX !== undefined && { learntX }), label, labelX, labelAnchor };
  });
  return { name, top, height: rows.length * ROW + 2 * LANE_PADDING, marks: placed };
}

function besideMark(mark: Mark, right: number, xOf: (day: PlainDate) => number) {
  const x = xOf(mark.trueOn);
  const learntX = mark.late ? Math.max(xOf(mark.learntOn), x + MARK_RADIUS) : undefined;
  const end = (learntX ?? x + MARK_RADIUS) + GAP;
  const start = x - MARK_RADIUS - GAP;
  const wanted = textWidth(mark.label);
  const roomRight = right - end;
  const roomLeft = start - NAME_WIDTH;
  if (wanted <= roomRight || roomRight >= roomLeft) {
    const label = shortened(mark.label, roomRight);
    const taken: [number, number] = [x - MARK_RADIUS, end + textWidth(label)];
    return { x, learntX, label, labelX: end, labelAnchor: 'start' as const, taken };
  }
  const label = shortened(mark.label, roomLeft);
  const taken: [number, number] = [start - textWidth(label), learntX ?? x + MARK_RADIUS];
  return { x, learntX, label, labelX: start, labelAnchor: 'end' as const, taken };
}

function shortened(text: string, room: number): string {
  if (textWidth(text) <= room) return text;
  if (room < MIN_LABEL) return '';
  let cut = text;
  while (cut && textWidth(`${cut}…`) > room) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}…`;
}

/** First days of months, quarters or years, as many as can be labelled without touching. */
function ticksOf(from: PlainDate, to: PlainDate, xOf: (day: PlainDate) => number, plotWidth: number): Tick[] {
  const months = Math.max(1, daysBetween(from, to) / 30.4);
  const step = [1, 3, 6, 12, 24, 60, 120].find((every) => plotWidth / (months / every) >= 110) ?? 240;
  const ticks: Tick[] = [];
  let day = `${from.slice(0, 4)}-01-01`;
  while (day <= to) {
    if (day >= from) ticks.push({ day, x: xOf(day), label: tickLabel(day, step, ticks.length === 0) });
    day = addMonths(day, step);
  }
  return ticks;
}

const monthNames = 'January February March April May June July August September October November December'.split(' ');

function tickLabel(day: PlainDate, step: number, first: boolean): string {
  const year = day.slice(0, 4);
  if (step >= 12) return year;
  const month = monthNames[Number(day.slice(5, 7)) - 1]!;
  return first || month === 'January' ? `${month} ${year}` : month;
}
