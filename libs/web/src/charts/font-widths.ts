import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';

const FILES = createRequire(import.meta.url)
  .resolve('@fontsource/source-sans-3/package.json')
  .replace('package.json', 'files/');
const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;

/** How wide each character of a font is, as a share of the font's size. */
type Widths = (codePoint: number) => number;

const loaded = new Map<number, Widths>();

/** Width of a line in the font that browsers are sent, in the unit of `size`. Weights from 600 are semibold. */
export function textWidth(text: string, size: number, weight = 400): number {
  const nearest = weight >= 600 ? 600 : 400;
  let widths = loaded.get(nearest);
  if (!widths) {
    widths = widthsOf(readFileSync(`${FILES}source-sans-3-latin-${nearest}-normal.woff`));
    loaded.set(nearest, widths);
  }
  let sum = 0;
  for (const character of text) sum += widths(character.codePointAt(0) ?? 0);
  return sum * size;
}

/** Reads advance widths out of a WOFF 1.0 file (tables head, hhea, hmtx and cmap format 4). */
function widthsOf(woff: Buffer): Widths {
  const tables = new Map<string, Buffer>();
  for (let index = 0; index < woff.readUInt16BE(12); index++) {
    const entry = WOFF_HEADER + index * WOFF_ENTRY;
    const [offset, packed, length] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at)) as [number, number, number];
    const bytes = woff.subarray(offset, offset + packed);
    tables.set(woff.toString('latin1', entry, entry + 4), packed < length ? inflateSync(bytes) : bytes);
  }
  const table = (name: string): Buffer => {
    const found = tables.get(name);
    if (!found) throw new Error(`The font file has no table “${name}”.`);
    return found;
  };
  const unitsPerEm = table('head').readUInt16BE(18);
  const metrics = table('hhea').readUInt16BE(34);
  const advances = table('hmtx');
  const glyphOf = glyphs(table('cmap'));
  return (codePoint) => advances.readUInt16BE(Math.min(glyphOf(codePoint), metrics - 1) * 4) / unitsPerEm;
}

function glyphs(cmap: Buffer): (codePoint: number) => number {
  const count = cmap.readUInt16BE(2);
  const offsets = Array.from({ length: count }, (_, index) => cmap.readUInt32BE(4 + index * 8 + 4));
  const start = offsets.find((offset) => cmap.readUInt16BE(offset) === 4);
  if (start === undefined) throw new Error('The font file has no character map of format 4.');
  const segments = cmap.readUInt16BE(start + 6) / 2;
  const at = (array: number, segment: number) => start + 14 + (array * segments + segment) * 2 + (array ? 2 : 0);
  return (codePoint) => {
    for (let segment = 0; segment < segments; segment++) {
      if (codePoint > cmap.readUInt16BE(at(0, segment))) continue;
      const first = cmap.readUInt16BE(at(1, segment));
      if (codePoint < first) return 0;
      const delta = cmap.readUInt16BE(at(2, segment));
      const range = cmap.readUInt16BE(at(3, segment));
      if (!range) return (codePoint + delta) & 0xffff;
      const glyph = cmap.readUInt16BE(at(3, segment) + range + (codePoint - first) * 2);
      return glyph ? (glyph + delta) & 0xffff : 0;
    }
    return 0;
  };
}
