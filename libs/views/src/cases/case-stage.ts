import { formatDate, type PlainDate } from '@caretrail/kernel';

/** How far a case has come, in the order of the Care Act: s9, s13, s26, s25. */
export const stages = ['known', 'requested', 'assessed', 'eligible', 'budget allocated', 'plan agreed'] as const;
export type Stage = (typeof stages)[number];

/** What has to happen next; none where nothing is outstanding, or what followed is not known here. */
export const steps = ['assess', 'assess again', 'decide budget', 'agree plan', 'arrange care'] as const;
export type Step = (typeof steps)[number];

/** Whose turn it is, by role. */
export const turnOf: Readonly<Record<Step, 'practitioner' | 'finance' | 'broker'>> = {
  assess: 'practitioner',
  'assess again': 'practitioner',
  'decide budget': 'finance',
  'agree plan': 'practitioner',
  'arrange care': 'broker',
};

/** One person's case, as it stood and was known on two days. Days are plain dates, money is whole pence a week. */
export interface Case {
  readonly personId: string;
  /** True for the case as a carer of somebody who has another one for themselves. */
  readonly asCarer?: true;
  readonly stage: Stage;
  /** The day from which the stage is true. */
  readonly since: PlainDate;
  readonly step?: Step;
  readonly diedOn?: PlainDate;
  readonly requestedOn?: PlainDate;
  readonly assessmentId?: string;
  readonly assessedOn?: PlainDate;
  /** True where a return tells of the assessment. */
  readonly returned: boolean;
  /** True while the person wants none of the needs met by the council. */
  readonly notWanted?: true;
  readonly allocationId?: string;
  readonly budgetAllocatedOn?: PlainDate;
  /** From which day the statement that is in force is true (s26); left out until one is agreed. */
  readonly budgetStatedOn?: PlainDate;
  /** The amounts of that statement, and of the allocation until there is one. */
  readonly costPencePerWeek?: number;
  readonly personPaysPencePerWeek?: number;
  readonly councilPaysPencePerWeek?: number;
  readonly planId?: string;
  readonly planAgreedOn?: PlainDate;
}

const words: Readonly<Record<Step, string>> = {
  assess: 'Complete the assessment',
  'assess again': 'Assess again: there is a new request',
  'decide budget': 'Decide the budget',
  'agree plan': 'Agree the plan with the person',
  'arrange care': 'Arrange the care and support of the plan',
};

/** The next step in words, and why there is none. */
export function nextStepOf(found: Case): string {
  if (found.step) return words[found.step];
  if (found.diedOn) return `None: the person died on ${formatDate(found.diedOn)}`;
  switch (found.stage) {
    case 'assessed':
      return 'None: no eligible needs were found';
    case 'eligible':
      if (found.notWanted) return 'None: the person wants none of the needs met by the council';
      return 'Not known here: the return does not say what was decided next';
    case 'known':
      return 'None: the return tells of no request';
    default:
      return 'None: the request was answered';
  }
}
