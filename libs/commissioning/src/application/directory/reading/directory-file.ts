import { InvalidInput } from '@caretrail/kernel';

/** A file as JSON has it: its records, and where each stands. */
export interface OpenedDirectory {
  readonly records: readonly { readonly place: string; readonly record: unknown }[];
  /** Pages of the whole listing of which this is one; 1 where the file says nothing of pages. */
  readonly pages: number;
}

/**
 * Opens what a directory serves at `GET /services` of Open Referral UK (HSDS-UK 3.0): a page with `contents`, a plain
 * array of services, `{ "services": […] }`, or one service alone.
 * @throws InvalidInput where nothing of the file can be taken
 */
export function openDirectory(bytes: Uint8Array): OpenedDirectory {
  const content: unknown = parse(decode(bytes));
  if (Array.isArray(content)) return { records: placed('', content), pages: 1 };
  if (isRecord(content)) {
    const pages = typeof content['total_pages'] === 'number' ? content['total_pages'] : 1;
    for (const name of ['contents', 'services'])
      if (Array.isArray(content[name])) return { records: placed(name, content[name]), pages };
    if ('id' in content && 'name' in content) return { records: [{ place: '$', record: content }], pages: 1 };
  }
  return refuse(
    'directory-is-open-referral',
    'The file is not a listing of services. It must be what Open Referral UK serves at /services: a page with “contents”, or an array of services. Nothing was stored.',
  );
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const placed = (name: string, all: readonly unknown[]) =>
  all.map((record, index) => ({ place: `${name}[${index}]`, record }));

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('file-is-utf-8', 'The file is not written in UTF-8, as JSON must be. Nothing was stored of it.');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const where = /position \d+.*$/.exec((error as Error).message)?.[0];
    return refuse(
      'file-is-json',
      `The file is not JSON${where ? ` (at ${where})` : ''}. Save what the directory serves at /services, and import that. Nothing was stored.`,
    );
  }
}

function refuse(rule: string, message: string): never {
  throw new InvalidInput([{ rule, message }]);
}
