import { describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { type CsvColumn, streamCsv, toCsv } from './send-csv.js';

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

  it('of any number of rows goes out in the same form, and breaks off where the rows do', async () => {
    const columns: CsvColumn<number>[] = [
      { header: 'A', value: (row) => `=${row}` },
      { header: 'B', value: (row) => BigInt(row) },
    ];
    const server = Fastify();
    server.get('/:most', (request, reply) => {
      const { most } = request.params as { most: string };
      return streamCsv(reply, 'some rows', columns, rowsUpTo(Number(most)));
    });
    const { body, headers } = await server.inject('/3');
    expect(body).toBe(toCsv(columns, [1, 2, 3]));
    expect(headers['content-disposition']).toBe('attachment; filename="some-rows.csv"');
    await expect(server.inject('/9999')).rejects.toThrow();
    await server.close();
  });
});

// eslint-disable-next-line @typescript-eslint/require-await -- rows that are there at once
async function* rowsUpTo(most: number) {
  for (let row = 1; row <= most; row++) {
    if (row > 5_000) throw new Error('the database went away');
    yield row;
  }
}
