import { formatPence } from '@caretrail/kernel';
import type { KeyFigure, KeyFigureKind, Shown } from './market-report.js';
import type { MarketUnit } from './service-group.js';

const amount = (value: number): string => value.toLocaleString('en-GB');

/** A figure as it stands in a table or a sentence; a hidden one is `*`, none is a dash. */
export function wordsOf(value: Shown, kind: KeyFigureKind): string {
  if (value === null) return '–';
  if (value === '*') return '*';
  switch (kind) {
    case 'cost':
      return formatPence(value, 'pounds');
    case 'price':
      return formatPence(value);
    default:
      return amount(value);
  }
}

/** What a key figure counts, for its label. */
export function labelOf(kind: KeyFigureKind, unit: MarketUnit, service: string | undefined): string {
  switch (kind) {
    case 'people':
      return service ? `People with ${service.toLowerCase()}` : 'People with a service';
    case 'hours':
      return 'Hours bought each week';
    case 'beds':
      return 'Beds bought';
    case 'cost':
      return 'Cost each week';
    case 'price':
      return unit === 'hour'
        ? 'Typical price of an hour'
        : unit === 'bed'
          ? 'Typical price of a bed, a week'
          : 'Typical price, a week';
    case 'wait':
      return 'Typical wait';
    case 'unpriced':
      return 'Packages without a price';
    case 'waiting':
      return 'People waiting';
  }
}

/** Against twelve months earlier: `up 40 (3%)`, `down £1.10 (5%)`, `no change`. */
export function changeOf({ kind, value, before }: KeyFigure): string {
  if (value === '*' || before === '*') return 'not compared: too few people';
  if (value === null) return 'nothing recorded';
  if (before === null) return 'nothing a year before';
  const change = value - before;
  if (!change) return 'no change';
  const direction = change > 0 ? 'up' : 'down';
  const share = before ? ` (${Math.round((Math.abs(change) / before) * 100)}%)` : '';
  const days = kind === 'wait' ? (Math.abs(change) === 1 ? ' day' : ' days') : share;
  return `${direction} ${wordsOf(Math.abs(change), kind)}${days}`;
}

/** The unit that stands behind a value. */
export function unitOf(kind: KeyFigureKind, value: Shown): string | undefined {
  return kind === 'wait' && typeof value === 'number' ? (value === 1 ? 'day' : 'days') : undefined;
}
