import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { columnIds, columns, type ColumnId } from '../specification/columns.js';
import { FileRefused } from './file-refused.js';
import { inspectCldFile } from './inspect-cld-file.js';
import { readCldFile, type RawRow } from './read-cld-file.js';
import { RowsByPerson } from './rows-by-person.js';

const header = columnIds.map((id) => columns[id].header).join(',');
const rowWith = (cells: Partial<Record<ColumnId, string>>): string =>
  columnIds
    .map(
      (id) => ({ laCode: '997', periodStart: '01/04/2024', periodEnd: '31/03/2025', ...cells })[id as 'laCode'] ?? '',
    )
    .join(',');
const bytesOf = (text: string | Uint8Array): Uint8Array => (typeof text === 'string' ? Buffer.from(text) : text);

/** The file in pieces of a few bytes, so that no rule depends on where a piece ends. */
function pieces(content: string | Uint8Array, size = 7): AsyncIterable<Uint8Array> {
  const bytes = bytesOf(content);
  const starts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => index * size);
  return Readable.from(starts.map((at) => bytes.subarray(at, at + size)));
}

async function rowsOf(content: string | Uint8Array): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const row of (await readCldFile(pieces(content))).rows) rows.push(row);
  return rows;
}

async function refusal(content: string | Uint8Array): Promise<FileRefused> {
  try {
    await inspectCldFile(() => pieces(content), { laCode: '997' });
  } catch (error) {
    if (error instanceof FileRefused) return error;
    throw error;
  }
  throw new Error('The file was not refused.');
}

describe('reading a file', () => {
  it('gives each row with the line on which it begins, whatever the line ends are', async () => {
    const lines = [header, rowWith({ firstName: '"a\nb"' }), '', rowWith({ firstName: 'c' }), ',,,,'];
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const rows = await rowsOf(lines.join('\n').replaceAll('\n', lineEnd));
      expect(rows.map(({ line, cells }) => [line, cells?.firstName])).toEqual([
        [2, 'a\nb'],
        [5, 'c'],
      ]);
    }
  });

  it('takes a byte order mark and letters of many bytes', async () => {
    const [row] = await rowsOf(`\ufeff${header}\n${rowWith({ lastName: 'Ångström-Fencor' })}`);
    expect(row?.cells?.lastName).toBe('Ångström-Fencor');
  });

  it('takes blanks and the word NULL as nothing', async () => {
    const [row] = await rowsOf(`${header}\n${rowWith({ firstName: ' NULL ', lastName: '  ', gender: 'null' })}`);
    expect(row?.cells).toEqual({ laCode: '997', periodStart: '01/04/2024', periodEnd: '31/03/2025' });
  });

  it('keeps a row with too many or too few cells as a row, for the report', async () => {
    const rows = await rowsOf(`${header}\n997,x\n${rowWith({})},y\n${rowWith({})}`);
    expect(rows.map(({ width, cells }) => [width, cells === undefined])).toEqual([
      [2, true],
      [51, true],
      [50, false],
    ]);
    expect(rows[0]!.text()).toBe('997,x');
  });

  it('reads stray quotation marks as text', async () => {
    const [row] = await rowsOf(`${header}\n${rowWith({ eventDescription: 'Flat 2" step' })}`);
    expect(row?.cells?.eventDescription).toBe('Flat 2" step');
  });
});

describe('inspecting a file', () => {
  it('says how many rows, which period, and the digest of the bytes', async () => {
    const seen: number[] = [];
    const lines: number[] = [];
    const content = `${header}\n${rowWith({})}\n${rowWith({})}\n`;
    const inspected = await inspectCldFile(
      () => pieces(content, 100),
      { laCode: '997' },
      (total) => seen.push(total),
      ({ line }) => lines.push(line),
    );
    expect(lines).toEqual([2, 3]);
    expect(inspected).toMatchObject({
      rows: 2,
      bytes: content.length,
      period: { start: '2024-04-01', end: '2025-03-31' },
      absent: [],
      width: 50,
    });
    expect(inspected.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(seen.at(-1)).toBe(content.length);
  });

  it('accepts a header without rows', async () => {
    expect(await inspectCldFile(() => pieces(header), { laCode: '997' })).toMatchObject({ rows: 0, period: undefined });
  });

  it.each([
    ['an empty file', '', 'file-is-not-empty', 'empty'],
    ['nothing but a byte order mark', '\ufeff', 'file-is-not-empty', 'empty'],
    [
      'Windows-1252',
      Buffer.from(`${header}\n${rowWith({ lastName: 'Ångström' })}`, 'latin1'),
      'file-is-utf-8',
      'CSV UTF-8',
    ],
    ['UTF-8 cut off in a letter', Buffer.from(`${header}\nÅ`).subarray(0, -1), 'file-is-utf-8', 'not written in UTF-8'],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${header}`, 'utf16le'), 'file-is-utf-8', 'UTF-16'],
    ['UTF-16 without a mark', Buffer.from(header, 'utf16le'), 'file-is-utf-8', 'UTF-16'],
    ['bytes that are not text', `${header}\n\0`, 'file-is-utf-8', 'not text'],
    ['semicolons', header.replaceAll(',', ';'), 'file-is-comma-separated', 'semicolons'],
    ['tabs', header.replaceAll(',', '\t'), 'file-is-comma-separated', 'tabs'],
    ['vertical bars', header.replaceAll(',', '|'), 'file-is-comma-separated', 'vertical bars'],
    ['no header', rowWith({}), 'file-has-the-columns-of-the-return', 'is not a column'],
    [
      'a missing column',
      header.replace('Client Type,', ''),
      'file-has-the-columns-of-the-return',
      '“Client Type” is missing',
    ],
    ['an unknown column', `${header},Shoe size`, 'file-has-the-columns-of-the-return', '“Shoe size”'],
    ['a column twice', `${header},GENDER`, 'file-has-the-columns-of-the-return', 'twice'],
    ['an open quotation mark', `${header}\n${rowWith({})}\n"997,`, 'file-has-closed-quotes', 'never closed'],
    [
      'an open quotation mark over very many lines',
      `${header}\n"${`${rowWith({})}\n`.repeat(3000)}`,
      'file-has-closed-quotes',
      'never closed',
    ],
    [
      'another council on the last row',
      `${header}\n${rowWith({})}\n${rowWith({ laCode: '714' })}`,
      'file-is-of-this-council',
      'Line 3',
    ],
    [
      'two periods',
      `${header}\n${rowWith({})}\n${rowWith({ periodEnd: '30/06/2025' })}`,
      'file-states-one-period',
      'Line 3',
    ],
    [
      'a period the wrong way round',
      `${header}\n${rowWith({ periodEnd: '2023-01-01' })}`,
      'file-states-one-period',
      'Line 2',
    ],
  ])('refuses %s with a sentence', async (_kind, content, rule, words) => {
    const error = await refusal(content);
    expect(error.faults[0]).toMatchObject({ rule });
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('714');
    expect(error.exitCode).toBe(2);
  });
});

describe('rows by person', () => {
  it('gives back each person’s rows as they were, once', async () => {
    const rows = await rowsOf(
      [
        header,
        rowWith({ laPersonId: 'A', firstName: '"x, y"' }),
        rowWith({ laPersonId: 'B' }),
        rowWith({ laPersonId: 'A' }),
      ].join('\n'),
    );
    const gathered = new RowsByPerson();
    for (const row of rows) gathered.add(row.cells!.laPersonId!, row);
    expect(gathered.people).toBe(2);
    const taken = [...gathered.take()];
    expect(taken.map(({ personRef, rows: own }) => [personRef, own.map(({ line }) => line)])).toEqual([
      ['A', [2, 4]],
      ['B', [3]],
    ]);
    expect(taken[0]!.rows[0]!.cells).toEqual(rows[0]!.cells);
    expect(taken[0]!.rows[0]!.text()).toBe(rows[0]!.text());
    expect(gathered.people).toBe(0);
  });
});
