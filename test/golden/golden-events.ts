import type { Upcasters } from '@caretrail/event-store';
import { type CommandRoute, type EventCatalogue, type StoredEvent, categoryOf } from '@caretrail/kernel';
import { isSealed, mapPersonal } from '@caretrail/privacy';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** An event as it was stored once, and the name of the file that keeps it. */
export interface GoldenEvent {
  /** The file's name without its ending. */
  readonly file: string;
  readonly event: StoredEvent;
}

/** What stands in for a personal value, which golden files have as ciphertext only: text, and a calendar day as well. */
const OPENED = '1948-02-29';
/** The initialisation vector and the tag around a ciphertext. */
const LEAST_SEALED_BYTES = 12 + 16;

/**
 * Every golden file, in order of position. Positions are counted anew: a file that is added says only after which others
 * its event stands, so that two that are added at the same time do not have to agree on a number.
 */
export function goldenEvents(): readonly GoldenEvent[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const { position, ...rest } = JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as Omit<
        StoredEvent,
        'position'
      > & { position: string };
      return { file: basename(name, '.json'), event: { ...rest, position: BigInt(position) } };
    })
    .sort((a, b) => Number(a.event.position - b.event.position) || (a.file < b.file ? -1 : 1))
    .map(({ file, event }, index) => ({ file, event: { ...event, position: BigInt(index + 1) } }));
}

/** The decider of each category of streams, of all that commands are routed to. */
export function decidersByCategory(routes: readonly CommandRoute[]): ReadonlyMap<string, CommandRoute['decider']> {
  const anyData: object = new Proxy({}, { get: () => '00000000-0000-4000-8000-000000000000' });
  return new Map(routes.map((route) => [categoryOf(route.stream(anyData)), route.decider]));
}

/** What is wrong between the events that were stored once and the program as it is now, a sentence each. */
export function complaints(
  golden: readonly GoldenEvent[],
  catalogue: EventCatalogue,
  upcasters: Pick<Upcasters, 'upcast'>,
): string[] {
  const files = new Set(golden.map(({ file }) => file));
  const missing = catalogue.all().filter(({ type }) => !files.has(type));
  return [
    ...missing.map(({ type }) => `${type} has no golden file.`),
    ...golden.flatMap((each) => complaintsOf(each, catalogue, upcasters)),
  ];
}

function complaintsOf(
  { file, event }: GoldenEvent,
  catalogue: EventCatalogue,
  upcasters: Pick<Upcasters, 'upcast'>,
): string[] {
  if (file !== event.type) return [`${file} keeps an event of another type, ${event.type}.`];
  const steps = [
    () => sealing(event, catalogue),
    () => {
      const opened = openedAs(event, catalogue);
      catalogue.get(event.type).schema.parse(opened.data);
      return told(upcasters.upcast(event), upcasters.upcast(opened), catalogue);
    },
  ];
  return steps.flatMap((step) => {
    try {
      return step().map((complaint) => `${file}: ${complaint}`);
    } catch (error) {
      return [`${file} can no longer be read: ${(error as Error).message}`];
    }
  });
}

/** The event with text in place of ciphertext, by the definition of the version that is stored. */
export function openedAs(event: StoredEvent, catalogue: EventCatalogue): StoredEvent {
  return { ...event, data: mapPersonal(event.data, catalogue.get(event.type).personal, () => OPENED) };
}

/** Every personal field is there, as ciphertext, and nothing else is. */
function sealing(event: StoredEvent, catalogue: EventCatalogue): string[] {
  const { personal } = catalogue.get(event.type);
  const clear = personal.flatMap((path) => {
    const values: unknown[] = [];
    mapPersonal(event.data, [path], (value) => values.push(value));
    if (!values.length) return [`the personal field ${path} is not filled.`];
    return values.every(looksSealed) ? [] : [`the personal field ${path} is not ciphertext.`];
  });
  const elsewhere = JSON.stringify(openedAs(event, catalogue).data).includes('"$enc"');
  return elsewhere ? [...clear, 'ciphertext stands where no personal field is.'] : clear;
}

const looksSealed = (value: unknown): boolean =>
  isSealed(value) && Buffer.from(value.$enc, 'base64url').length >= LEAST_SEALED_BYTES;

/** What the current definition says of the event, which is the same whether its personal fields are open or not. */
function told(sealed: StoredEvent, opened: StoredEvent, catalogue: EventCatalogue): string[] {
  const { schema, title, people, subject, personal } = catalogue.get(opened.type);
  schema.parse(opened.data);
  const [line, ids, owner] = [title(opened.data), people(opened.data), subject(opened.data)];
  return [
    ...(line && title(sealed.data) === line ? [] : ['its title is empty, or is made of personal fields.']),
    ...(line.includes(OPENED) ? ['its title shows a personal field.'] : []),
    ...(ids.every((id) => typeof id === 'string') && String(people(sealed.data)) === String(ids)
      ? []
      : ['whom it is about is not said in clear.']),
    ...(personal.length && !owner ? ['nobody’s key locks its personal fields.'] : []),
    ...(subject(sealed.data) === owner ? [] : ['whose key locks it is not said in clear.']),
  ];
}
