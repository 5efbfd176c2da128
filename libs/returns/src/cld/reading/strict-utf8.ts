import { FileRefused } from './file-refused.js';

const SAVE_AS = 'Save it again as “CSV UTF-8 (comma delimited)” and import that file. Nothing was stored of this one.';

/**
 * Decodes a stream of bytes as UTF-8, with or without a byte order mark. Line ends come out as `\n`, so that lines
 * are counted alike whichever system wrote the file.
 * @throws FileRefused on the first byte that is not UTF-8: a guess at the encoding would spoil people's names.
 */
export async function* strictUtf8(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  let carriageReturn = '';
  for await (const chunk of source) {
    if (!chunk.length) continue;
    if (first && startsAsUtf16(chunk)) {
      throw new FileRefused('file-is-utf-8', `The file is written in UTF-16, not in UTF-8. ${SAVE_AS}`);
    }
    first = false;
    const text = carriageReturn + withoutNul(decode(() => decoder.decode(chunk, { stream: true })));
    carriageReturn = text.endsWith('\r') ? '\r' : '';
    yield text.slice(0, text.length - carriageReturn.length).replace(/\r\n?/g, '\n');
  }
  decode(() => decoder.decode());
  if (carriageReturn) yield '\n';
}

function decode(read: () => string): string {
  try {
    return read();
  } catch {
    const message = `The file is not written in UTF-8 (it looks like Windows-1252 or another older encoding). ${SAVE_AS}`;
    throw new FileRefused('file-is-utf-8', message);
  }
}

function startsAsUtf16([one, two, three, four]: Uint8Array): boolean {
  const marked = (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff);
  return marked || (one === 0 && three === 0) || (two === 0 && four === 0);
}

function withoutNul(text: string): string {
  if (text.includes('\0')) {
    throw new FileRefused('file-is-utf-8', `The file holds bytes that are not text. ${SAVE_AS}`);
  }
  return text;
}
