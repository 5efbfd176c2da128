import { type Fault, InvalidInput } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';

/** The body of a form as it was sent. */
export type Typed = Readonly<Record<string, unknown>>;

/** What was typed into one field, without the blanks around it. */
export function textOf(typed: Typed, field: string): string {
  const value = typed[field];
  return typeof value === 'string' ? value.trim() : '';
}

/** Reads a form field by field and gathers what cannot be understood, so that all of it is told at once. */
export class TypedForm {
  private readonly faults: Fault[] = [];

  constructor(private readonly typed: Typed) {}

  text(field: string): string {
    return textOf(this.typed, field);
  }

  fault(field: string, message: string, rule = 'input-shape', section?: string): void {
    this.faults.push({ rule, field, message, ...(section && { section }) });
  }

  /** A day as people type it; what is answered for one that cannot be read is never used. */
  day(field: string, message: string): string {
    const read = parseUkDate(this.text(field));
    if (!read) this.fault(field, message);
    return read ?? '';
  }

  choice<Value extends string>(field: string, values: readonly Value[], message: string): Value {
    const chosen = values.find((value) => value === this.text(field));
    if (chosen === undefined) this.fault(field, message);
    return chosen ?? values[0]!;
  }

  yes(field: string, message: string): boolean {
    return this.choice(field, ['yes', 'no'], message) === 'yes';
  }

  /** @throws InvalidInput with everything that could not be understood */
  done(): void {
    if (this.faults.length) throw new InvalidInput(this.faults);
  }
}
