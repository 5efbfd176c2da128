import type { ReplayableView } from '../replayable-view.port.js';
import { marketPositionProjection } from './market-position.projection.js';
import { marketReport } from './market-position.query.js';
import type { MarketReport, SupplyRow } from './market-report.js';

const columns = [
  { key: 'table', label: 'Table' },
  { key: 'name', label: 'Name' },
  { key: 'people', label: 'People' },
  { key: 'hours', label: 'Hours a week' },
  { key: 'beds', label: 'Beds' },
  { key: 'weeklyPounds', label: 'Pounds a week' },
  { key: 'typicalPounds', label: 'Typical price (pounds)' },
  { key: 'pricedBy', label: 'Price for' },
  { key: 'unpriced', label: 'Packages without price' },
  { key: 'typicalWaitDays', label: 'Typical wait (days)' },
  { key: 'waiting', label: 'People waiting' },
] as const;

/** The tables of the page one under the other, as a replay gives them; small numbers are hidden here too. */
export const replayableMarketPosition: ReplayableView = {
  name: 'market-position',
  title: 'Market position by area and service',
  projections: [marketPositionProjection],
  async query(transaction, scope) {
    return { columns, rows: rowsOf(await marketReport(transaction, scope, scope.knownOn)) };
  },
};

function rowsOf(report: MarketReport) {
  if (report.empty) return [];
  return [
    ...[report.total].map((row) => replayRow('all', row)),
    ...report.areas.map((row) => replayRow('area', row)),
    ...report.services.map((row) => replayRow('service', row)),
  ];
}

function replayRow(table: string, row: SupplyRow) {
  const pounds = (pence: SupplyRow['typicalPence']) => (typeof pence === 'number' ? pence / 100 : pence);
  return {
    table,
    name: row.name,
    people: row.people,
    hours: row.hours,
    beds: row.beds,
    weeklyPounds: pounds(row.weeklyPence),
    typicalPounds: pounds(row.typicalPence),
    pricedBy: row.unit === 'hour' ? 'hour' : 'week',
    unpriced: row.unpriced,
    typicalWaitDays: row.typicalWaitDays,
    waiting: row.waiting,
  };
}
