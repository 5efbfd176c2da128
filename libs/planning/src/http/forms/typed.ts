import { type Fault, InvalidInput, type PlainDate, parsePounds } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';

/** What was typed into a form, by the name of the field. */
export type TypedValues = Readonly<Record<string, unknown>>;

/**
 * Reads a form field by field and gathers what cannot be understood, so that all of it is told at once.
 * A field is named as in the command, so that what a rule finds fault with leads back to it.
 */
export class Typed {
  private readonly faults: Fault[] = [];

  constructor(private readonly values: TypedValues) {}

  text(field: string): string {
    const value = this.values[field];
    return typeof value === 'string' ? value.trim() : '';
  }

  /** An object with the field's last name, or an empty one where nothing was typed: to be spread. */
  said<Name extends string>(field: string, name: Name): { readonly [key in Name]?: string } {
    const text = this.text(field);
    return (text ? { [name]: text } : {}) as { readonly [key in Name]?: string };
  }

  required(field: string, sentence: string): string {
    const text = this.text(field);
    if (!text) this.fault(field, sentence);
    return text;
  }

  choice<Value extends string>(field: string, among: readonly Value[], sentence: string): Value {
    const found = among.find((value) => value === this.text(field));
    return found ?? (this.fault(field, sentence) as never);
  }

  /** Undefined where nothing was chosen. */
  chosen<Value extends string>(field: string, among: readonly Value[], sentence: string): Value | undefined {
    return this.text(field) ? this.choice(field, among, sentence) : undefined;
  }

  day(field: string, sentence: string): PlainDate {
    return parseUkDate(this.text(field)) ?? (this.fault(field, sentence) as never);
  }

  /** Whole pence; nothing typed is nothing. */
  pence(field: string, sentence: string): number {
    const text = this.text(field);
    const pence = text ? parsePounds(text) : 0;
    return pence !== undefined && pence >= 0 ? pence : (this.fault(field, sentence) as never);
  }

  whole(field: string, sentence: string): number {
    const text = this.text(field);
    return /^\d{1,4}$/.test(text) ? Number(text) : (this.fault(field, sentence) as never);
  }

  fault(field: string, message: string): undefined {
    this.faults.push({ rule: 'input-shape', field, message });
    return undefined;
  }

  /** What was read, if all of it was understood. @throws InvalidInput with every fault */
  understood<Read>(read: Read): Read {
    if (this.faults.length) throw new InvalidInput(this.faults);
    return read;
  }
}
