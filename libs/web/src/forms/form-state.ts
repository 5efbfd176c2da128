import { CaretrailError, type Fault } from '@caretrail/kernel';
import { ZodError } from 'zod';
import { faultsOfIssues } from '../http/faults.js';

/** A form as it goes back to its reader: what they typed, and what is wrong with it. */
export interface FormState {
  readonly values: Readonly<Record<string, unknown>>;
  /** First sentence for each field, by the field's path. */
  readonly errors: Readonly<Record<string, string>>;
  /** For the summary at the top; a fault without a field has no link. */
  readonly summary: readonly { readonly text: string; readonly href?: string }[];
}

/** The id of a field's control: `lines.0.weeklyPence` → `lines-0-weeklyPence`. */
export const fieldId = (path: string): string => path.replace(/[^\w]+/g, '-');

/**
 * @param values what was typed (the body of the request)
 * @param error what was thrown; anything that is not the reader's to put right is thrown again
 */
export function formState(values: unknown, error?: unknown): FormState {
  const faults = error === undefined ? [] : faultsFor(error);
  const errors: Record<string, string> = {};
  for (const { field, message } of faults) if (field) errors[field] ??= message;
  return {
    values: typeof values === 'object' && values !== null ? { ...values } : {},
    errors,
    summary: faults.map(({ field, message, section }) => ({
      text: section ? `${message} (${section})` : message,
      ...(field && { href: `#${fieldId(field)}` }),
    })),
  };
}

function faultsFor(error: unknown): readonly Fault[] {
  if (error instanceof ZodError) return faultsOfIssues(error.issues);
  if (
    error instanceof CaretrailError &&
    (error.kind === 'rule' || error.kind === 'invalid' || error.kind === 'conflict')
  )
    return error.faults.length ? error.faults : [{ rule: error.kind, message: error.message }];
  throw error;
}
