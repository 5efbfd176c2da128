import { describe, expect, it } from '@jest/globals';
import { formatReplay } from './format-replay.js';

const heading = {
  view: 'market-position',
  council: 'E09000012',
  effectiveOn: '2025-03-31',
  knownOn: '2025-06-01',
  events: 12_345,
  position: '20000',
};
const table = {
  columns: [
    { key: 'area', label: 'Area' },
    { key: 'people', label: 'People' },
    { key: 'days', label: 'Days' },
  ],
  rows: [
    { area: 'Abbey', people: 1_285, days: 11.5 },
    { area: '=Mill, "old"', people: '*', days: null },
  ],
};

describe('a replay as text', () => {
  it('stands in columns, numbers to the right, for people', () => {
    expect(formatReplay(heading, table, 'table').split('\n')).toEqual([
      'market-position, council E09000012: true on 2025-03-31, known by 2025-06-01, from 12,345 events up to position 20000',
      '',
      'Area          People  Days',
      '------------  ------  ----',
      'Abbey          1,285  11.5',
      '=Mill, "old"       *',
      '',
    ]);
  });

  it('is CSV that no spreadsheet runs as a formula', () => {
    expect(formatReplay(heading, table, 'csv')).toBe(
      'Area,People,Days\r\nAbbey,1285,11.5\r\n"\'=Mill, ""old""",*,\r\n',
    );
  });

  it('is JSON that says of which days it is', () => {
    const parsed = JSON.parse(formatReplay(heading, table, 'json')) as object;
    expect(parsed).toEqual({ ...heading, columns: table.columns, rows: table.rows });
  });
});
