import { contextOf, type EventDefinition, type StoredEvent } from '@caretrail/kernel';
import { mapPersonal } from '@caretrail/privacy';
import { type Eyes, type Reason, type ShoeRow, type Sight, withoutTrace } from './shoe.js';

/** A field as a shoe sees it: its name in words, and its value, or why it is not shown. */
export interface SeenField {
  readonly name: string;
  readonly value?: string;
  readonly kept?: Reason;
}

/** An event as a shoe sees it. */
export type Seen = { readonly title: string; readonly fields: readonly SeenField[] } | { readonly hidden: Reason };

/** Stands where a value was, so that the value itself goes no further. */
class Kept {
  constructor(readonly reason: Reason) {}
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What is seen of an event through somebody's eyes. Deny unless declared: without a row there is nothing.
 * @param event with its personal fields in clear
 * @param personId whose history it is read in
 */
export function seenIn(
  eyes: Eyes,
  event: StoredEvent,
  definition: Pick<EventDefinition, 'personal' | 'title' | 'needToKnow' | 'subject'>,
  row: ShoeRow | undefined,
  personId: string,
): Seen {
  if (eyes === 'safeguarding') return { title: definition.title(event.data), fields: fieldsOf(event.data) };
  if (definition.needToKnow(event.data) || !row) return { hidden: 'needToKnow' };
  const whose = definition.subject(event.data) ?? personId;
  if (eyes === 'person' && whose !== personId && !row.withThemToo) return { hidden: 'thirdParty' };
  const sight = sightOf(eyes, event, row);
  if (typeof sight === 'object' && 'hidden' in sight) return sight;
  const unmasked =
    sight === 'all' ? event.data : mapPersonal(event.data, definition.personal, () => new Kept(sight.masked));
  const data = Object.entries(row.fields ?? {}).reduce((copy, [path, keptFrom]) => {
    const reason = eyes === 'finance' ? undefined : keptFrom[eyes];
    return reason ? mapPersonal(copy, [path], () => new Kept(reason)) : copy;
  }, unmasked);
  return { title: definition.title(event.data), fields: fieldsOf(data) };
}

function sightOf(eyes: Exclude<Eyes, 'safeguarding'>, { type }: StoredEvent, row: ShoeRow): Sight {
  if (eyes !== 'finance') return row[eyes];
  return row.practitioner === 'all' && contextOf(type) !== 'budgets' ? { masked: 'notNeeded' } : row.practitioner;
}

/** The data as a flat list without ids, which say nothing to people; what leaves no trace is left out. */
function fieldsOf(data: unknown, name = ''): SeenField[] {
  if (data instanceof Kept) return withoutTrace.includes(data.reason) ? [] : [{ name, kept: data.reason }];
  if (data === null || data === undefined || (typeof data === 'string' && (UUID.test(data) || !data))) return [];
  if (typeof data === 'boolean') return [{ name, value: data ? 'yes' : 'no' }];
  if (typeof data === 'string' || typeof data === 'number') return [{ name, value: String(data) }];
  return Object.entries(data).flatMap(([key, value]) =>
    fieldsOf(value, [name, Array.isArray(data) ? String(Number(key) + 1) : inWords(key)].filter(Boolean).join(' › ')),
  );
}

const inWords = (key: string): string => key.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
