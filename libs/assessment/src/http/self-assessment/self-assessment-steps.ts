import { type Fault, InvalidInput } from '@caretrail/kernel';
import {
  type AssessmentForm,
  type FormAnswer,
  type FormQuestion,
  isAnswered,
  type SubmitSelfAssessmentData,
} from '../../contracts/index.js';
import type { DraftAnswers } from '../../application/self-assessment-drafts.js';
import { textOf, type Typed } from '../typed-form.js';

const LONGEST = 10_000;

/**
 * What was typed on the page of one question. To go on, an answer is chosen where there are any to choose from; whoever
 * saves and comes back later may leave it open.
 * @throws InvalidInput with what has to be put right
 */
export function answerFrom(question: FormQuestion, typed: Typed, goesOn: boolean): FormAnswer {
  const words = textOf(typed, 'words');
  const chosen = textOf(typed, 'answer');
  const faults: Fault[] = [];
  const fault = (field: string, message: string) => faults.push({ rule: 'input-shape', field, message });
  const known = question.choices.some(({ value }) => value === chosen);
  if (chosen && !known) fault('answer', 'Choose one of the answers.');
  if (!chosen && goesOn && question.choices.length)
    fault('answer', 'Choose an answer. You can choose “I would rather not say”.');
  if (words.length > LONGEST) fault('words', 'This is too long: at most 10,000 letters.');
  if (faults.length) throw new InvalidInput(faults);
  return { question: question.id, ...(known && { answer: chosen }), ...(words && { words }) };
}

/** The questions as the start page and the page of answers list them. */
export function progressOf(form: AssessmentForm, answers: DraftAnswers) {
  return form.questions.map((question) => ({
    id: question.id,
    asked: question.asked,
    easyRead: question.easyRead,
    answered: isAnswered(question, answers[question.id]),
    said: question.choices.find(({ value }) => value === answers[question.id]?.answer)?.text,
    words: answers[question.id]?.words,
  }));
}

/** The question after this one; undefined after the last. */
export function questionAfter(form: AssessmentForm, id: string): string | undefined {
  const at = form.questions.findIndex((question) => question.id === id);
  return form.questions[at + 1]?.id;
}

/** The question before this one; undefined before the first. */
export function questionBefore(form: AssessmentForm, id: string): string | undefined {
  const at = form.questions.findIndex((question) => question.id === id);
  return form.questions[at - 1]?.id;
}

/**
 * Who answered, as it was typed on the last page.
 * @throws InvalidInput when it was not said
 */
export function whoAnswered(
  typed: Typed,
): Pick<SubmitSelfAssessmentData, 'answeredBy' | 'supportedBy'> & { readonly representationId?: string } {
  const said = textOf(typed, 'answeredBy');
  const supportedBy = textOf(typed, 'supportedBy');
  if (said === 'the person') return { answeredBy: 'the person' };
  if (said === 'the person, with support')
    return { answeredBy: 'the person, with support', ...(supportedBy && { supportedBy }) };
  if (said.startsWith('representation:'))
    return { answeredBy: 'a representative', representationId: said.slice('representation:'.length) };
  throw new InvalidInput([{ rule: 'says-who-answered', field: 'answeredBy', message: 'Say who gave the answers.' }]);
}
