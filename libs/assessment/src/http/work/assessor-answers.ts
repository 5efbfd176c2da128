import {
  type AssessmentForm,
  type FormAnswer,
  type RecordAssessorAnswersData,
  PREFER_NOT_TO_SAY,
} from '../../contracts/index.js';
import type { AssessmentRecord } from '../../application/assessment.query.js';

type Typed = Readonly<Record<string, unknown>>;

/** One question with both sides' answers, as the pages show it. */
export interface ComparedQuestion {
  readonly id: string;
  readonly asked: string;
  /** What the assessor may choose; none where the person answers in words alone. */
  readonly choices: readonly { readonly value: string; readonly text: string }[];
  readonly personSaid?: string;
  readonly personsWords?: string;
  readonly assessorSaid?: string;
  readonly assessorsWords?: string;
  readonly differs: boolean;
  readonly assessorsReasons?: string;
  readonly personsReasons?: string;
}

/** Both columns, question by question, in the order in which they were asked. */
export function compared(form: AssessmentForm, { state, assessor }: AssessmentRecord): ComparedQuestion[] {
  return form.questions.map(({ id, asked, choices }) => {
    const textOf = (value: string | undefined) => choices.find((choice) => choice.value === value)?.text;
    const own = state.own?.data.answers.find(({ question }) => question === id);
    const other = assessor?.answers.find(({ question }) => question === id);
    const difference = state.differences?.[id];
    const personSaid = textOf(own?.answer);
    const assessorSaid = textOf(other?.answer);
    return {
      id,
      asked,
      choices: choices.filter(({ value }) => value !== PREFER_NOT_TO_SAY),
      ...(personSaid && { personSaid }),
      ...(own?.words && { personsWords: own.words }),
      ...(assessorSaid && { assessorSaid }),
      ...(other?.words && { assessorsWords: other.words }),
      differs: difference !== undefined,
      ...(difference && { assessorsReasons: difference.assessorsReasons }),
      ...(difference?.personsReasons && { personsReasons: difference.personsReasons }),
    };
  });
}

/**
 * What the assessor typed: `answers.<question>`, its `.words`, and the reasons of both sides where they differ. Reasons
 * that were typed for a question on which both agree in the end are left out.
 */
export function assessorAnswersFrom(
  form: AssessmentForm,
  record: AssessmentRecord,
  typed: Typed,
): Pick<RecordAssessorAnswersData, 'answers' | 'differences'> {
  const textOf = (field: string): string => {
    const value = typed[field];
    return typeof value === 'string' ? value.trim() : '';
  };
  const answers = form.questions.flatMap(({ id }): FormAnswer[] => {
    const answer = textOf(`answers.${id}`);
    const words = textOf(`answers.${id}.words`);
    return answer || words ? [{ question: id, ...(answer && { answer }), ...(words && { words }) }] : [];
  });
  const differences = answers.flatMap(({ question, answer }) => {
    const said = record.state.own?.data.answers.find((each) => each.question === question)?.answer;
    if (!said || !answer || said === answer || said === PREFER_NOT_TO_SAY) return [];
    const personsReasons = textOf(`persons.${question}`);
    return [
      { question, assessorsReasons: textOf(`differences.${question}`), ...(personsReasons && { personsReasons }) },
    ];
  });
  return { answers, differences };
}

/** What the form of the assessor's answers shows when it is opened: what was recorded before. */
export function typedBefore({ assessor, state }: AssessmentRecord): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const { question, answer, words } of assessor?.answers ?? []) {
    if (answer) typed[`answers.${question}`] = answer;
    if (words) typed[`answers.${question}.words`] = words;
  }
  for (const [question, { assessorsReasons, personsReasons }] of Object.entries(state.differences ?? {})) {
    typed[`differences.${question}`] = assessorsReasons;
    if (personsReasons) typed[`persons.${question}`] = personsReasons;
  }
  return typed;
}
