import { type Fault, InvalidInput, type PlainDate } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';
import { type DecideS42CriteriaData, type Limbs, sequelsWithoutDuty } from '../contracts/index.js';
import { textOf } from './alert-form.js';

type Answers = Readonly<Record<string, unknown>>;

/** A page of the decision: one question of Care Act 2014 s42(1), or what follows from the answers. */
export interface DecisionStep {
  readonly name: string;
  readonly kind: 'yes-or-no' | 'limb' | 'sequel' | 'day';
  readonly question: string;
  readonly hint: string;
  /** Field that the question fills; a limb also fills `limbs.….reasons`. */
  readonly field: string;
  /** Field of the reasons, on a limb. */
  readonly reasons?: string;
}

const limb = (name: string, key: keyof Limbs, question: string, hint: string): DecisionStep => ({
  name,
  kind: 'limb',
  question,
  hint,
  field: `limbs.${key}.met`,
  reasons: `limbs.${key}.reasons`,
});

const [inArea, needs, abuse, unable, sequel, day] = [
  {
    name: 'in-area',
    kind: 'yes-or-no',
    question: 'Is the adult in the council’s area?',
    hint: 'In the area now, ordinarily resident there or not. Care Act 2014 s42(1)',
    field: 'inArea',
  },
  limb(
    'care-and-support-needs',
    'careAndSupportNeeds',
    'Does the adult have needs for care and support?',
    'Whether or not the council is meeting any of those needs. Reasonable cause to suspect is enough. Care Act 2014 s42(1)(a)',
  ),
  limb(
    'abuse-or-neglect',
    'abuseOrNeglect',
    'Is the adult experiencing, or at risk of, abuse or neglect?',
    'Reasonable cause to suspect is enough. Care Act 2014 s42(1)(b)',
  ),
  limb(
    'unable-to-protect',
    'unableToProtect',
    'Because of those needs, is the adult unable to protect themselves?',
    'Against the abuse or neglect, or the risk of it. Care Act 2014 s42(1)(c)',
  ),
  {
    name: 'sequel',
    kind: 'sequel',
    question: 'There is no duty to enquire. What follows instead?',
    hint: 'Not all of the parts are met. The council may still look into what was told.',
    field: 'ifNoDuty',
  },
  {
    name: 'decided-on',
    kind: 'day',
    question: 'On which day was this decided?',
    hint: 'Today, unless you are writing down a decision that was made before',
    field: 'effectiveOn',
  },
] as const satisfies DecisionStep[];

/** All questions in the order in which they are asked. What follows without a duty is asked only when there is none. */
export const decisionSteps: readonly DecisionStep[] = [inArea, needs, abuse, unable, sequel, day];

/** Fields that travel from page to page. */
export const decisionFields: readonly string[] = decisionSteps.flatMap(({ field, reasons }) =>
  reasons ? [field, reasons] : [field],
);

/** The questions that these answers leave to be asked or changed: without the sequel once every part is met. */
export function stepsFor(answers: Answers): readonly DecisionStep[] {
  return everyPartMet(answers) ? decisionSteps.filter((step) => step !== sequel) : decisionSteps;
}

/** The first question that has no good answer yet; undefined when all are answered and can be checked. */
export const firstOpenStep = (answers: Answers): DecisionStep | undefined =>
  stepsFor(answers).find((step) => faultsOf(step, answers).length);

/** What is wrong with the answers to one question. */
export function faultsOf({ kind, field, reasons }: DecisionStep, answers: Answers): Fault[] {
  const fault = (at: string, message: string): Fault => ({ rule: 'input-shape', field: at, message });
  const answer = textOf(answers, field);
  switch (kind) {
    case 'yes-or-no':
    case 'limb':
      return [
        ...(answer === 'yes' || answer === 'no' ? [] : [fault(field, 'Choose yes or no.')]),
        ...(reasons && !textOf(answers, reasons) ? [fault(reasons, 'Give the reasons for your answer.')] : []),
      ];
    case 'sequel':
      return isSequel(answer) ? [] : [fault(field, 'Choose what follows.')];
    case 'day':
      return parseUkDate(answer) ? [] : [fault(field, 'Enter the day of the decision, such as 14/3/2026.')];
  }
}

/**
 * The decision that the answers make.
 * @throws InvalidInput for answers that are missing
 */
export function decisionFrom(
  concernId: string,
  answers: Answers,
): { data: DecideS42CriteriaData; effectiveOn: PlainDate } {
  const faults = stepsFor(answers).flatMap((step) => faultsOf(step, answers));
  if (faults.length) throw new InvalidInput(faults);
  const part = (key: keyof Limbs) => ({
    met: textOf(answers, `limbs.${key}.met`) === 'yes',
    reasons: textOf(answers, `limbs.${key}.reasons`),
  });
  const ifNoDuty = textOf(answers, 'ifNoDuty');
  return {
    data: {
      concernId,
      inArea: textOf(answers, 'inArea') === 'yes',
      limbs: {
        careAndSupportNeeds: part('careAndSupportNeeds'),
        abuseOrNeglect: part('abuseOrNeglect'),
        unableToProtect: part('unableToProtect'),
      },
      ...(!everyPartMet(answers) && isSequel(ifNoDuty) && { ifNoDuty }),
    },
    effectiveOn: parseUkDate(textOf(answers, 'effectiveOn'))!,
  };
}

/** In the area, and all three parts of s42(1) met: there is a duty to enquire. */
export const everyPartMet = (answers: Answers): boolean =>
  [inArea, needs, abuse, unable].every(({ field }) => textOf(answers, field) === 'yes');

const isSequel = (text: string): text is (typeof sequelsWithoutDuty)[number] =>
  (sequelsWithoutDuty as readonly string[]).includes(text);
