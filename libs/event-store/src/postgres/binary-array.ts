/**
 * Arrays in PostgreSQL's binary format, which the driver sends as they are: as text each element would be quoted here,
 * unquoted there, and, where it is a date or an id, read letter by letter.
 */

type Element = string | number | null;

interface ElementType {
  /** Of pg_type, the same in every PostgreSQL. */
  readonly oid: number;
  /** Bytes of one element. */
  readonly size: (element: never) => number;
  readonly write: (to: Buffer, element: never, at: number) => unknown;
}

const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const NULL_LENGTH = -1;
const DAY_MS = 86_400_000;
/** PostgreSQL counts from 1 January 2000. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const TWO_TO_32 = 2 ** 32;

const text = (oid: number): ElementType => ({
  oid,
  size: (element: string) => Buffer.byteLength(element),
  write: (to, element: string, at) => to.write(element, at),
});

const TYPES = {
  int: { oid: 23, size: () => 4, write: (to, element: number, at) => to.writeInt32BE(element, at) },
  bigint: {
    oid: 20,
    size: () => 8,
    write: (to, element: number, at) => {
      to.writeInt32BE(Math.floor(element / TWO_TO_32), at);
      to.writeUInt32BE(element >>> 0, at + 4);
    },
  },
  text: text(25),
  json: text(114),
  uuid: {
    oid: 2950,
    size: () => 16,
    write: (to, element: string, at) => to.write(element.replaceAll('-', ''), at, 'hex'),
  },
  date: {
    oid: 1082,
    size: () => 4,
    write: (to, element: string, at) => to.writeInt32BE((Date.parse(element) - EPOCH_MS) / DAY_MS, at),
  },
  timestamptz: {
    oid: 1184,
    size: () => 8,
    write: (to, element: string, at) => to.writeBigInt64BE(BigInt(Date.parse(element) - EPOCH_MS) * 1000n, at),
  },
} as const satisfies Record<string, ElementType>;

/** What the elements of a binary array may be, by PostgreSQL's names. */
export type ArrayType = keyof typeof TYPES;

/**
 * A one-dimensional array of `type`. Elements as they are written in SQL: days yyyy-mm-dd, instants in ISO 8601, UUIDs
 * with hyphens; a bigint is a whole number below 2^53.
 */
export function binaryArray(type: ArrayType, elements: readonly Element[]): Buffer {
  const { oid, size, write } = TYPES[type];
  let bytes = HEADER_BYTES;
  const sizes = elements.map((element) => {
    const own = element === null ? NULL_LENGTH : size(element as never);
    bytes += LENGTH_BYTES + Math.max(own, 0);
    return own;
  });
  const array = Buffer.allocUnsafe(bytes);
  let at = array.writeInt32BE(1, 0); // dimensions
  at = array.writeInt32BE(sizes.includes(NULL_LENGTH) ? 1 : 0, at);
  at = array.writeInt32BE(oid, at);
  at = array.writeInt32BE(elements.length, at);
  at = array.writeInt32BE(1, at); // the first index
  elements.forEach((element, index) => {
    at = array.writeInt32BE(sizes[index]!, at);
    if (element === null) return;
    write(array, element as never, at);
    at += sizes[index]!;
  });
  return array;
}
