import { describe, expect, it } from '@jest/globals';
import { toCsv } from './send-csv.js';

const cell = (value: string | number | bigint | null) =>
  toCsv([{ header: 'A', value: () => value }], [1]).split('\r\n')[1];

describe('a CSV download', () => {
  it.each(['=1+1', '+44', '-2+3', '@SUM(A1)', '\tx'])('does not let a spreadsheet run %j', (text) => {
    expect(cell(text)).toMatch(/^"?'/);
  });

  it('keeps numbers as numbers', () => {
    expect(cell(-380)).toBe('-380');
    expect(cell(12n)).toBe('12');
    expect(cell(null)).toBe('');
  });

  it('quotes what would break a line, and begins with the mark that Excel needs', () => {
    expect(cell('a "b", c')).toBe('"a ""b"", c"');
    expect(toCsv([{ header: 'Ward', value: () => 'x' }], [])).toBe('\uFEFFWard\r\n');
  });
});
