import { CaretrailError, type Fault } from '@caretrail/kernel';

/** The rules under which a whole file is turned away. */
export type FileRule =
  | 'file-can-be-read'
  | 'file-is-not-empty'
  | 'file-is-utf-8'
  | 'file-is-comma-separated'
  | 'file-has-the-columns-of-the-return'
  | 'file-has-closed-quotes'
  | 'file-is-of-this-council'
  | 'file-states-one-period';

/** A file of which nothing is stored: says what is wrong with it, and what to do. The command line leaves with code 2. */
export class FileRefused extends CaretrailError {
  readonly kind = 'invalid';
  readonly exitCode = 2;
  constructor(rule: FileRule, message: string, field?: string) {
    const fault: Fault = { rule, message, ...(field && { field }) };
    super(message, [fault]);
  }
}
