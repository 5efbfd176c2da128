import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** Longest phrase and word that may lie across the border between two pieces of a file. */
const OVERLAP = 400;
const PIECE = 4_000_000;
const WORD = /[\p{L}\d_-]+/gu;
const DAY = /\d{4}-\d{2}-\d{2}|\d{2}\/\d{2}\/\d{4}/g;
const POSTCODE = /[A-Z]{2}\d{1,2} ?\d[A-Z]{2}(?![A-Za-z])/g;
const CIPHERTEXT = /"\$enc" ?: ?"([\w-]+)"/g;

/** Where something was found that should not be readable there. */
export interface Finding {
  readonly where: string;
  readonly what: string;
}

/**
 * What must not be readable: names and numbers as whole words, so that no ciphertext holds one by chance; dates and
 * postcodes in the ways in which they are written; whole phrases.
 */
export class ClearText {
  private readonly words = new Set<string>();
  private readonly phrases = new Set<string>();
  /** Phrases by a word in their middle, and where it begins: looked for only where that word stands. */
  private readonly byInnerWord = new Map<string, { readonly phrase: string; readonly at: number }[]>();
  private readonly shortPhrases = new Set<string>();

  get size(): number {
    return this.words.size + this.phrases.size;
  }

  /** A name, an NHS number or a number of the council's own. */
  word(text: string): void {
    const said = text.toLowerCase();
    this.words.add(said);
    if (/^\d{10}$/.test(said)) this.phrase(`${said.slice(0, 3)} ${said.slice(3, 6)} ${said.slice(6)}`);
  }

  /** @param day `yyyy-mm-dd` */
  day(day: string): void {
    this.words.add(day);
    this.words.add(day.split('-').reverse().join('/'));
  }

  /** @param postcode with its space */
  postcode(postcode: string): void {
    this.words.add(postcode.toLowerCase());
    this.words.add(postcode.toLowerCase().replace(' ', ''));
  }

  /** Words that nobody else says in this order. */
  phrase(text: string): void {
    if (this.phrases.has(text)) return;
    this.phrases.add(text);
    // Not the first word nor the last: what stands beside a phrase in a file may run into those.
    const inner = [...text.matchAll(WORD)].slice(1, -1).sort((one, other) => other[0].length - one[0].length)[0];
    if (!inner) {
      this.shortPhrases.add(text);
      return;
    }
    const word = inner[0].toLowerCase();
    this.byInnerWord.set(word, [...(this.byInnerWord.get(word) ?? []), { phrase: text, at: inner.index }]);
  }

  /** What of it can be read in the text. */
  in(text: string): string[] {
    const found = new Set<string>();
    for (const match of text.matchAll(WORD)) {
      const word = match[0].toLowerCase();
      if (this.words.has(word)) found.add(match[0]);
      for (const { phrase, at } of this.byInnerWord.get(word) ?? [])
        if (text.startsWith(phrase, match.index - at)) found.add(phrase);
    }
    for (const pattern of [DAY, POSTCODE])
      for (const [match] of text.matchAll(pattern)) if (this.words.has(match.toLowerCase())) found.add(match);
    for (const phrase of this.shortPhrases) if (text.includes(phrase)) found.add(phrase);
    return [...found];
  }
}

/**
 * Every row of every table, as text; bytes also as the characters that they may be, and ciphertext also decoded.
 * @param client of a role that row-level security hides nothing from
 */
export async function searchTables(
  client: pg.Client,
  secret: ClearText,
): Promise<{ findings: Finding[]; rows: number }> {
  const findings: Finding[] = [];
  let rows = 0;
  const tables = await client.query<{ name: string; bytes: string[] }>(
    `select format('%I.%I', t.table_schema, t.table_name) as name,
            coalesce((select json_agg(quote_ident(c.column_name)) from information_schema.columns c
              where c.table_schema = t.table_schema and c.table_name = t.table_name and c.data_type = 'bytea'), '[]') as bytes
       from information_schema.tables t
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  for (const { name, bytes } of tables.rows) {
    const readable = ['t::text', ...bytes.map((column) => `coalesce(encode(${column}, 'escape'), '')`)].join(
      ` || ' ' || `,
    );
    await client.query('begin');
    await client.query(`declare reading no scroll cursor for select ${readable} as line from ${name} t`);
    for (;;) {
      const page = await client.query<{ line: string }>('fetch 2000 from reading');
      if (!page.rows.length) break;
      rows += page.rows.length;
      const text = page.rows.map(({ line }) => line.replaceAll('""', '"')).join('\n');
      const decoded = [...text.matchAll(CIPHERTEXT)].map(([, sealed]) =>
        Buffer.from(sealed!, 'base64url').toString('latin1'),
      );
      findings.push(...secret.in(`${text}\n${decoded.join('\n')}`).map((what) => ({ where: name, what })));
    }
    await client.query('commit');
  }
  return { findings, rows };
}

/** Every byte of every file below the folder. */
export async function searchFiles(folder: string, secret: ClearText): Promise<{ findings: Finding[]; bytes: number }> {
  const findings: Finding[] = [];
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const where = join(entry.parentPath, entry.name);
    let before = '';
    for await (const piece of piecesOf(where)) {
      bytes += piece.length;
      // Each byte as one character: names here are of the letters that are the same in every encoding. Most of a
      // PostgreSQL file is nothing at all.
      const text = before + piece.toString('latin1').replace(/\0+/g, '\0');
      findings.push(...secret.in(text).map((what) => ({ where, what })));
      before = text.slice(-OVERLAP);
    }
  }
  return { findings, bytes };
}

/** The bytes of a file; none of one that PostgreSQL removed since the folder was listed, as it does with its caches. */
async function* piecesOf(file: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file, { highWaterMark: PIECE }) as AsyncIterable<Buffer>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
