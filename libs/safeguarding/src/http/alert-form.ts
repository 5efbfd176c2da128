import { type Fault, InvalidInput, type PlainDate } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';
import type { AlertTold } from '../application/raise-concern.js';
import { consents, locationsOfRisk, relations, sourcesOfRisk, typesOfRisk } from '../contracts/index.js';

type Typed = Readonly<Record<string, unknown>>;

/**
 * What was typed on the page of an alert; adults as record numbers, one on each line.
 * @throws InvalidInput with every field that was left out or cannot be understood, in the order of the page
 */
export function alertFrom(typed: Typed): { told: AlertTold; effectiveOn: PlainDate } {
  const faults: Fault[] = [];
  const need = <Value>(value: Value | undefined, field: string, message: string): Value => {
    if (value === undefined || (Array.isArray(value) && !value.length))
      faults.push({ rule: 'input-shape', field, message });
    return value as Value;
  };
  const words = (field: string, message: string) => need(textOf(typed, field) || undefined, field, message);
  const adults = textOf(typed, 'adults')
    .split(/[\s,;]+/)
    .filter(Boolean);
  const told = {
    adults: need(adults, 'adults', 'Enter the record number of the adult, such as P-4471c0de.'),
    typesOfRisk: need(
      typesOfRisk.filter((type) => listOf(typed, 'typesOfRisk').includes(type)),
      'typesOfRisk',
      'Choose at least one type of risk.',
    ),
    sourceOfRisk: need(oneOf(sourcesOfRisk, typed, 'sourceOfRisk'), 'sourceOfRisk', 'Choose who the risk comes from.'),
    locationOfRisk: need(
      oneOf(locationsOfRisk, typed, 'locationOfRisk'),
      'locationOfRisk',
      'Choose where it happened.',
    ),
    happenedOn: need(
      parseUkDate(textOf(typed, 'happenedOn')),
      'happenedOn',
      'Enter the day on which it happened, such as 14/3/2026.',
    ),
    account: words('account', 'Say what happened, or what is feared.'),
    immediateProtection: words(
      'immediateProtection',
      'Say what was done to keep the adult safe now, or why nothing was needed.',
    ),
    raisedBy: {
      name: words('raisedBy.name', 'Enter the name of whoever told the council.'),
      relation: need(
        oneOf(relations, typed, 'raisedBy.relation'),
        'raisedBy.relation',
        'Choose who they are to the adult.',
      ),
    },
    consent: need(oneOf(consents, typed, 'consent'), 'consent', 'Choose whether the adult was asked.'),
  };
  const reason = textOf(typed, 'reasonToActWithoutConsent');
  const effectiveOn = need(
    parseUkDate(textOf(typed, 'effectiveOn')),
    'effectiveOn',
    'Enter the day on which the council was told, such as 14/3/2026.',
  );
  if (faults.length) throw new InvalidInput(faults);
  const withReason = reason && told.consent !== 'asked, agrees';
  return { told: { ...told, ...(withReason && { reasonToActWithoutConsent: reason }) }, effectiveOn };
}

/** Values as the items of a list to choose from. */
export const choices = (values: readonly string[]) =>
  values.map((value) => ({ value, text: value.charAt(0).toUpperCase() + value.slice(1) }));

export function textOf(typed: Typed, field: string): string {
  const value = typed[field];
  return typeof value === 'string' ? value.trim() : '';
}

/** What was ticked: nothing, one value or several. */
export function listOf(typed: Typed, field: string): string[] {
  const value = typed[field];
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '');
}

const oneOf = <const Value extends string>(list: readonly Value[], typed: Typed, field: string): Value | undefined =>
  list.find((value) => value === textOf(typed, field));
