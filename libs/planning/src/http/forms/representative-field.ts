import type { RepresentativeInForce } from '@caretrail/access';
import { recordNumberOf } from '../plan-words.js';
import type { Field, Item } from './plan-form.js';
import type { Typed } from './typed.js';

/** Those of the register, by name or record and in what capacity. */
export const representativeItems = (representatives: readonly RepresentativeInForce[]): Item[] =>
  representatives.map(({ representationId, kind, name, personId }) => ({
    value: representationId,
    text: `${name ?? `Record ${recordNumberOf({ personId: personId ?? '' })}`}: ${kind}`,
  }));

/** @param scope in what they speak: `support planning` */
export const representativeHint = (representatives: readonly RepresentativeInForce[], scope: string): string =>
  representatives.length
    ? `Those of the register who may speak for the person in ${scope}`
    : `Nobody of the register may speak for the person in ${scope}: record them there first`;

/** Who of the register speaks, where it is a representative. */
export const representativeField = (representatives: readonly RepresentativeInForce[], scope: string): Field => ({
  kind: 'select',
  name: 'representative.representationId',
  label: 'If it is a representative: who',
  hint: representativeHint(representatives, scope),
  items: [{ value: '', text: 'It is no representative' }, ...representativeItems(representatives)],
});

/** What was chosen there, to be spread. */
export function representativeFrom(typed: Typed): { readonly representative?: { readonly representationId: string } } {
  const representationId = typed.text('representative.representationId');
  return representationId ? { representative: { representationId } } : {};
}
