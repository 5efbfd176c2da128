import type { RepresentativeInForce } from '@caretrail/access';
import type { Fault, RoutedCommand } from '@caretrail/kernel';
import type { SupportPlan } from '../../application/support-plan.reading.js';
import type { Typed, TypedValues } from './typed.js';

/** One choice of a field. */
export interface Item {
  readonly value: string;
  readonly text: string;
}

/** One field of a form; `heading` begins a part with a title above it. */
export interface Field {
  readonly kind: 'text' | 'area' | 'date' | 'money' | 'radio' | 'select' | 'hidden';
  readonly name: string;
  readonly label?: string;
  readonly hint?: string;
  readonly value?: string | undefined;
  readonly items?: readonly Item[];
  readonly rows?: number;
  readonly heading?: string;
  readonly lead?: string;
}

/** For whom a form is drawn. */
export interface Asking {
  readonly plan: SupportPlan;
  readonly role: string;
  /** The day at the council, as people write it: `14/3/2026`. */
  readonly today: string;
  /** Who may speak for the person in support planning on the day; asked where the form says that it needs them. */
  readonly representatives: readonly RepresentativeInForce[];
  /** The query of the address. */
  readonly query: TypedValues;
}

/** A command that a form makes, before its plan and its sender are known. */
export interface Sending {
  readonly Kind: RoutedCommand;
  readonly said: { readonly effectiveOn?: string; readonly [field: string]: unknown };
}

/** A form about a plan: what it asks, and how what was typed becomes a command. */
export interface PlanForm {
  /** Last part of the address: `/support-plans/<id>/<path>`. */
  readonly path: string;
  readonly submit: string;
  /** Where the reader goes from there when it was taken: a part of the plan's page. */
  readonly then?: string;
  /** Where somebody may speak on the person's behalf: in what the representation has to let them. */
  readonly asksRepresentatives?: string;
  title(asking: Asking): string;
  /** What is said above the fields. */
  lead?(asking: Asking): readonly string[];
  /** Left out where there is nothing to fill in: then only the lead is shown. */
  fields(asking: Asking): readonly Field[] | undefined;
  read(typed: Typed, asking: Asking): Sending;
  /** The rules' faults at the fields of this form, where the names differ. */
  faultsAt?(faults: readonly Fault[]): readonly Fault[];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** @param inWords how a value is put to whoever reads the form */
export const itemsOf = (values: readonly string[], inWords: (value: string) => string = capital): Item[] =>
  values.map((value) => ({ value, text: inWords(value) }));

/** The same, for a select that may be left alone. */
export const itemsOrNone = (
  values: readonly string[],
  none = 'Choose',
  inWords?: (value: string) => string,
): Item[] => [{ value: '', text: none }, ...itemsOf(values, inWords)];

export const dayField = (label: string, value: string, hint?: string): Field => ({
  kind: 'date',
  name: 'effectiveOn',
  label,
  value,
  ...(hint && { hint }),
});
