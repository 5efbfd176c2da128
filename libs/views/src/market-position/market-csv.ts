import { unreachable } from '@caretrail/kernel';
import type { CsvColumn } from '@caretrail/web';
import { bandName } from './market-charts.js';
import { waitBands } from './market-figures.js';
import type { MarketReport, Shown, SupplyRow } from './market-report.js';

export const marketTables = ['areas', 'services', 'waits', 'prices'] as const;
export type MarketTable = (typeof marketTables)[number];

type Row = Readonly<Record<string, string | number | null>>;
interface Download {
  readonly columns: readonly CsvColumn<Row>[];
  readonly rows: readonly Row[];
}

/** One table of the page as columns and rows for a download: pounds as decimals, `*` for what is hidden. */
export function downloadOf(report: MarketReport, table: MarketTable): Download {
  const { effectiveOn, knownOn } = report.scope;
  const { columns, rows } = tableOf(report, table);
  return {
    columns: [
      ...columns,
      { header: 'True on', value: () => effectiveOn },
      { header: 'Known by', value: () => knownOn },
    ],
    rows,
  };
}

const column = (header: string, key: string): CsvColumn<Row> => ({ header, value: (row) => row[key] });

function tableOf(report: MarketReport, table: MarketTable): Download {
  switch (table) {
    case 'areas':
      return supplyTable('Area', [...report.areas, report.total]);
    case 'services':
      return supplyTable('Service', [...report.services, report.total]);
    case 'waits':
      return waitsTable(report);
    case 'prices':
      return pricesTable(report);
    default:
      return unreachable(table);
  }
}

function supplyTable(name: string, rows: readonly SupplyRow[]): Download {
  const pounds = (pence: Shown): Shown => (typeof pence === 'number' ? pence / 100 : pence);
  return {
    columns: [
      column(name, 'name'),
      column('People', 'people'),
      column('Hours a week', 'hours'),
      column('Beds', 'beds'),
      column('Pounds a week', 'cost'),
      column('Typical price in pounds', 'price'),
      column('Price for', 'pricedBy'),
      column('Packages without a price', 'unpriced'),
      column('Typical wait in days', 'typicalWaitDays'),
      column('People waiting', 'waiting'),
    ],
    rows: rows.map((row) => ({
      ...row,
      cost: pounds(row.weeklyPence),
      price: pounds(row.typicalPence),
      pricedBy: row.unit === 'hour' ? 'hour' : 'week',
    })),
  };
}

function waitsTable({ waits }: MarketReport): Download {
  return {
    columns: [
      column('Twelve months', 'name'),
      ...waitBands.map(({ label }, band) => column(`${label} days`, `band${band}`)),
      column('All', 'people'),
      column('Typical wait in days', 'typicalDays'),
    ],
    rows: [
      { name: 'to the day', shown: waits.now },
      { name: 'a year before', shown: waits.before },
    ].map(({ name, shown: { people, typicalDays, bands } }) => ({
      name,
      people,
      typicalDays,
      ...Object.fromEntries(bands.map((count, band) => [`band${band}`, count])),
    })),
  };
}

function pricesTable({ prices }: MarketReport): Download {
  return {
    columns: [column(`Price of ${prices.unit === 'hour' ? 'an hour' : 'a week'}`, 'name'), column('People', 'people')],
    rows: [
      ...prices.bands.map((band) => ({ name: bandName(band), people: band.people })),
      { name: 'all', people: prices.people },
    ],
  };
}
