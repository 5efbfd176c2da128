/** What was wrong, where, and under which rule: told to people, and sent as problem details. */
export interface Fault {
  /** Name of the rule or policy, kebab-case: `every-eligible-need-is-met`. */
  readonly rule: string;
  /** A sentence for the reader: what is wrong and what to do. No personal data. */
  readonly message: string;
  /** Section of the law, where there is one: `Care Act 2014 s26(1)`. */
  readonly section?: string;
  /** Path of the field that is at fault: `lines.0.weeklyPence`. */
  readonly field?: string;
}

/** An error with a sentence for people; `kind` decides the HTTP status and the exit code. */
export abstract class CaretrailError extends Error {
  abstract readonly kind: 'rule' | 'invalid' | 'conflict' | 'not-found' | 'forbidden' | 'unavailable';
  constructor(
    message: string,
    readonly faults: readonly Fault[] = [],
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** A command that the rules make impossible. Nothing was stored. */
export class RuleViolation extends CaretrailError {
  readonly kind = 'rule';
  constructor(faults: readonly Fault[]) {
    super(faults.map((fault) => fault.message).join(' '), faults);
  }
}

/** Input that is not of the expected form. */
export class InvalidInput extends CaretrailError {
  readonly kind = 'invalid';
  constructor(faults: readonly Fault[]) {
    super(faults.map((fault) => fault.message).join(' '), faults);
  }
}

export class NotFound extends CaretrailError {
  readonly kind = 'not-found';
}

export class Forbidden extends CaretrailError {
  readonly kind = 'forbidden';
}

/** Somebody else wrote first, and deciding again did not help. */
export class Conflict extends CaretrailError {
  readonly kind = 'conflict';
}

/** A setting, a file or a service that must be put right before this can go on. */
export class Unavailable extends CaretrailError {
  readonly kind = 'unavailable';
}

/** One criterion of the law or of good practice: returns what is wrong, or nothing. */
export interface Policy<Command, State, Context = unknown> {
  readonly rule: string;
  readonly section?: string;
  check(command: Command, state: State, context: Context): readonly Omit<Fault, 'rule' | 'section'>[] | undefined;
}

/** Asks every policy and throws `RuleViolation` with all that was found, in the order of the list. */
export function upholdAll<Command, State, Context>(
  policies: readonly Policy<Command, State, Context>[],
  command: Command,
  state: State,
  context: Context,
): void {
  const faults = policies.flatMap((policy) =>
    (policy.check(command, state, context) ?? []).map((found) => ({
      rule: policy.rule,
      ...(policy.section && { section: policy.section }),
      ...found,
    })),
  );
  if (faults.length) throw new RuleViolation(faults);
}
