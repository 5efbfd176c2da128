import { type Instant, isPlainDate, type PlainDate, type Tenant } from '@caretrail/kernel';

/** What somebody had before them: which page, how far its views had read, for which two days, and when it was drawn. */
export interface Shown {
  /** The path of the page or of the API's answer, and of its query which form was open, see `pageOf`. */
  readonly page: string;
  /** Everything up to this position was in the views. */
  readonly position: bigint;
  readonly effectiveOn: PlainDate;
  readonly knownOn: PlainDate;
  readonly at: Instant;
}

/** How far all read models of a council have read. Bound by the application to the checkpoints. */
export abstract class ViewPositions {
  abstract upTo(tenant: Tenant): Promise<bigint>;
}

/** What says in an address which form of a page is open, and about which line, need or record: names, codes and ids. */
const OF_A_FORM = [
  'form',
  'take',
  'line',
  'need',
  'review',
  'instrument',
  'representation',
  'representationId',
  'advocacyId',
  'capacityId',
];

/** An address as it is kept: the page and its form, without days, and without what somebody looked for. */
export function pageOf(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://page');
  const form = new URLSearchParams([...searchParams].filter(([name]) => OF_A_FORM.includes(name))).toString();
  return form ? `${pathname}?${form}` : pathname;
}

/** One line of text, as decisions carry it in their metadata. */
export function shownText({ page, position, effectiveOn, knownOn, at }: Shown): string {
  return new URLSearchParams({ page, position: position.toString(), effectiveOn, knownOn, at }).toString();
}

/** The same read back; undefined for what is no such line. */
export function shownFrom(text: string): Shown | undefined {
  const fields = new URLSearchParams(text);
  const of = (name: keyof Shown): string => fields.get(name) ?? '';
  const [position, effectiveOn, knownOn, at] = [of('position'), of('effectiveOn'), of('knownOn'), of('at')];
  if (!/^\d{1,18}$/.test(position) || !isPlainDate(effectiveOn) || !isPlainDate(knownOn)) return undefined;
  if (Number.isNaN(Date.parse(at)) || !of('page').startsWith('/')) return undefined;
  return { page: of('page'), position: BigInt(position), effectiveOn, knownOn, at };
}
