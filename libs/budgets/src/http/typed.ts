import { type Fault, InvalidInput, parsePounds, type PlainDate } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';

/** What somebody typed into a form, read field by field; what cannot be understood is told all at once. */
export class Typed {
  private readonly faults: Fault[] = [];

  constructor(private readonly values: Readonly<Record<string, unknown>>) {}

  text(field: string): string {
    const value = this.values[field];
    return typeof value === 'string' ? value.trim() : '';
  }

  /** Boxes that were ticked: none, one or several. */
  several(field: string): string[] {
    const value = this.values[field];
    return (Array.isArray(value) ? value : [value]).filter(
      (each): each is string => typeof each === 'string' && !!each,
    );
  }

  /** Pounds to whole pence. */
  pence(field: string, message: string): number {
    const read = parsePounds(this.text(field));
    if (read === undefined) this.fault(field, message);
    return read ?? 0;
  }

  day(field: string, message: string): PlainDate {
    const read = parseUkDate(this.text(field));
    if (!read) this.fault(field, message);
    return read ?? '';
  }

  oneOf<Value extends string>(field: string, values: readonly Value[], message: string): Value {
    const read = values.find((value) => value === this.text(field));
    if (!read) this.fault(field, message);
    return read ?? values[0]!;
  }

  fault(field: string, message: string): void {
    this.faults.push({ rule: 'input-shape', field, message });
  }

  /** @throws InvalidInput with every field that could not be understood */
  check(): void {
    if (this.faults.length) throw new InvalidInput(this.faults);
  }

  /** The id that makes a form that is sent twice have one effect. */
  get commandId(): string | undefined {
    return this.text('commandId') || undefined;
  }
}
