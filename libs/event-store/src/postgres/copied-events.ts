import type { Instant, StoredEvent, Tenant } from '@caretrail/kernel';
import pg from 'pg';
import { dateOf } from './event-page.js';

/** What is read of each event, in this order: five numbers, of which COPY gives the bytes, and then JSON; the id alone has no quotes. */
export const COPIED_COLUMNS =
  'position, version, recorded_at, known_on, id::text, to_json(type), to_json(stream), data, metadata';

/** COPY's signature, its flags, and the length of an extension that it has not. */
const HEADER_BYTES = 19;
/** How many columns there are, then position, version, moment and day, each behind its length in four bytes. */
const NUMBERS_BYTES = 42;
const LENGTH_BYTES = 4;
const TRAILER_BYTES = 2;
const FIRST_BYTES = 2 ** 20;
/** Of the text that is parsed at once: little enough for the processor's cache and the young generation of the heap. */
const TEXT_BYTES = 2 ** 16;

/** PostgreSQL counts from 1 January 2000, microseconds and days. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const EPOCH_DAYS = EPOCH_MS / 86_400_000;
const TWO_TO_32 = 2 ** 32;

const [SPACE, OPEN, CLOSE, COMMA] = [0x20, 0x5b, 0x5d, 0x2c];
/** What stands before each of the texts instead of its length, so that they are one array. */
const BEFORE = ['   "', '",  ', ',   ', ',   ', ',   '].map((text) => Buffer.from(text).readUInt32BE());

/** Statements whose last copies `COPIED_COLUMNS` in binary form; a query of the driver, which hands over what is copied row by row. */
export class CopiedRows extends pg.Query {
  /** Whether more came than was to be kept: then it holds the first rows, of which there is at least one. */
  isCut = false;
  private at = 0;
  private last = HEADER_BYTES;

  /**
   * @param most bytes to keep
   * @param bytes written over; those of other rows that are not needed any more
   */
  constructor(
    statements: string,
    private readonly most: number,
    public bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES),
  ) {
    super(statements);
  }

  /** How many bytes were kept. */
  get size(): number {
    return this.at;
  }

  /** Position of the last row that was kept. */
  get lastPosition(): bigint {
    return this.bytes.readBigInt64BE(this.last + 6);
  }

  /** Called by the driver, whose chunk is gone afterwards. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    this.isCut ||= this.at > 0 && this.at + chunk.length > this.most;
    if (this.isCut) return;
    const needed = this.at + chunk.length + TRAILER_BYTES;
    if (needed > this.bytes.length) {
      const bytes = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, needed));
      bytes.set(this.bytes.subarray(0, this.at));
      this.bytes = bytes;
    }
    this.bytes.set(chunk, this.at);
    if (this.at > 0 && chunk.length > TRAILER_BYTES) this.last = this.at;
    this.at += chunk.length;
  }

  /** Writes over the bytes, so it can be asked for once. @param tenant whose events they are */
  *events(tenant: Tenant): Generator<StoredEvent[], void, undefined> {
    const { bytes, at: end } = this;
    const numbers: number[] = [];
    // What was recorded together has one moment, and to write it out takes longer than most else.
    let moment = NaN;
    let instant: Instant = '';
    // The number of columns begins with 0, and the trailer does not.
    for (let at = HEADER_BYTES; at < end && bytes[at] === 0;) {
      const start = at;
      numbers.length = 0;
      for (; at < end && bytes[at] === 0 && at - start < TEXT_BYTES;) at = asArray(bytes, at, numbers);
      const found = parsed(bytes, start, at);
      yield found.map(([id, type, stream, data, metadata], nth) => {
        const recordedAt = numbers[nth * 4 + 2]!;
        if (recordedAt !== moment) instant = new Date(EPOCH_MS + (moment = recordedAt) / 1_000).toISOString();
        return {
          id,
          type,
          data,
          metadata,
          tenant,
          stream,
          version: numbers[nth * 4 + 1]!,
          position: BigInt(numbers[nth * 4]!),
          recordedAt: instant,
          knownOn: dateOf(EPOCH_DAYS + numbers[nth * 4 + 3]!),
        };
      });
    }
  }
}

type Texts = [id: string, type: string, stream: string, data: unknown, metadata: StoredEvent['metadata']];

/**
 * Takes the numbers of a row, and writes over what is not text so that the row is one JSON array, behind the end of the one
 * before. To make texts of the fields one by one takes longer than to parse them.
 * @returns where the next row begins
 */
function asArray(bytes: Buffer, row: number, numbers: number[]): number {
  numbers.push(
    bytes.readInt32BE(row + 6) * TWO_TO_32 + bytes.readUInt32BE(row + 10),
    bytes.readInt32BE(row + 18),
    bytes.readInt32BE(row + 26) * TWO_TO_32 + bytes.readUInt32BE(row + 30),
    bytes.readInt32BE(row + 38),
  );
  bytes[row] = CLOSE;
  bytes[row + 1] = COMMA;
  bytes[row + 2] = OPEN;
  let at = row + NUMBERS_BYTES;
  for (let byte = row + 3; byte < at; byte++) bytes[byte] = SPACE;
  for (const before of BEFORE) {
    const length = bytes.readInt32BE(at);
    bytes.writeUInt32BE(before, at);
    at += LENGTH_BYTES + length;
  }
  return at;
}

/** The rows between two places, which were made arrays; for a moment the array around them ends in what follows. */
function parsed(bytes: Buffer, from: number, to: number): Texts[] {
  bytes[from] = SPACE;
  bytes[from + 1] = OPEN;
  const [first, second] = [bytes[to]!, bytes[to + 1]!];
  bytes[to] = bytes[to + 1] = CLOSE;
  const text = bytes.toString('utf8', from, to + TRAILER_BYTES);
  bytes[to] = first;
  bytes[to + 1] = second;
  return JSON.parse(text) as Texts[];
}
