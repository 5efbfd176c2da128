import { type Fault, InvalidInput, type PlainDate } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';

export type Typed = Readonly<Record<string, unknown>>;

/** One answer to choose: its value, and how it reads where that is not the value itself. */
export type Choice = string | { readonly value: string; readonly text: string; readonly hint?: string };

/**
 * One control of a form, named as the command's field is. `list` and `choices` are several; `records` are addresses or ids
 * of people's records, one a line; `heading` only stands between.
 */
export interface RecordField {
  readonly kind:
    'choice' | 'select' | 'choices' | 'yes-no' | 'words' | 'text' | 'day' | 'number' | 'records' | 'heading';
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly values?: readonly Choice[];
  readonly optional?: true;
}

const RECORD_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

export const valueOfChoice = (choice: Choice): string => (typeof choice === 'string' ? choice : choice.value);

/** What was typed into one field, without the blanks around it. */
export const textOf = (typed: Typed, field: string): string => {
  const value = typed[field];
  return typeof value === 'string' ? value.trim() : '';
};

/**
 * What was typed, as data of a command: nested by the dots in the names, left out where nothing was said. Words that the
 * rules ask for are empty rather than absent, so that the rule itself says what is missing.
 * @throws InvalidInput with every field that was left out or cannot be understood
 */
export function recordFrom(
  fields: readonly RecordField[],
  typed: Typed,
): { data: Record<string, unknown>; effectiveOn: PlainDate } {
  const faults: Fault[] = [];
  const data: Record<string, unknown> = {};
  for (const field of fields) {
    const read = readField(field, typed);
    if ('fault' in read) faults.push({ rule: 'input-shape', field: field.name, message: read.fault });
    else if (read.value !== undefined) put(data, field.name, read.value);
  }
  const effectiveOn = parseUkDate(textOf(typed, 'effectiveOn'));
  if (!effectiveOn)
    faults.push({ rule: 'input-shape', field: 'effectiveOn', message: 'Enter the day, such as 14/3/2026.' });
  if (faults.length || !effectiveOn) throw new InvalidInput(faults);
  return { data, effectiveOn };
}

type Read = { readonly value: unknown } | { readonly fault: string };

function readField({ kind, name, values = [], optional }: RecordField, typed: Typed): Read {
  const text = textOf(typed, name);
  const choose: Read = optional ? { value: undefined } : { fault: 'Choose one of the answers.' };
  switch (kind) {
    case 'heading':
      return { value: undefined };
    case 'choice':
    case 'select': {
      const value = values.map(valueOfChoice).find((each) => each === text);
      return value === undefined ? choose : { value };
    }
    case 'choices':
      return { value: values.map(valueOfChoice).filter((value) => [typed[name]].flat().includes(value)) };
    case 'yes-no':
      return text === 'yes' || text === 'no' ? { value: text === 'yes' } : choose;
    case 'words':
    case 'text':
      return { value: text || (optional ? undefined : '') };
    case 'day':
      return readDay(text, optional);
    case 'number':
      if (!text && optional) return { value: undefined };
      return /^\d{1,3}$/.test(text) ? { value: Number(text) } : { fault: 'Enter a whole number, such as 2.' };
    case 'records':
      return readRecords(text);
  }
}

function readDay(text: string, optional: true | undefined): Read {
  const value = parseUkDate(text);
  if (value || (optional && !text)) return { value };
  return { fault: optional ? 'This must be a real day, such as 14/3/2027.' : 'Enter the day, such as 14/3/2026.' };
}

function readRecords(text: string): Read {
  const lines = text.split('\n').flatMap((line) => line.trim() || []);
  const ids = lines.map((line) => RECORD_ID.exec(line)?.[0].toLowerCase());
  return ids.includes(undefined)
    ? { fault: 'Paste the address of each record, or its id, one a line.' }
    : { value: ids };
}

function put(data: Record<string, unknown>, path: string, value: unknown): void {
  const [first, ...rest] = path.split('.') as [string, ...string[]];
  if (!rest.length) {
    data[first] = value;
    return;
  }
  data[first] ??= {};
  put(data[first] as Record<string, unknown>, rest.join('.'), value);
}
