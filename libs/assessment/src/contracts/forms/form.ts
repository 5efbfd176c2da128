import { z } from 'zod';
import { personal } from '../shapes.js';

/** Whose assessment it is: an adult's needs (Care Act 2014 s9), or a carer's (s10). */
export const assessmentSubjects = ['adult', 'carer'] as const;
export type AssessmentSubject = (typeof assessmentSubjects)[number];

/** One answer that can be chosen: what is kept, and the words in which it was offered. */
export interface FormChoice {
  readonly value: string;
  readonly text: string;
}

/** One question, as it is asked; a page of its own. */
export interface FormQuestion {
  /** Stays the same from version to version: `nutrition`, `what-matters`. */
  readonly id: string;
  readonly asked: string;
  /** The same in easy words and short sentences, shown beside it. */
  readonly easyRead: string;
  /** Answers to choose from; none where the person answers in their own words alone. */
  readonly choices: readonly FormChoice[];
  /** What the field for own words is called. */
  readonly wordsLabel: string;
}

/** A form as it was put to people. A version that was used is never changed: another wording is another version. */
export interface AssessmentForm {
  readonly id: 'adult-self-assessment' | 'carer-self-assessment';
  readonly version: number;
  readonly subject: AssessmentSubject;
  readonly questions: readonly FormQuestion[];
}

/** Which form, in which version: where the questions are kept as they were asked. */
export const formReference = z.strictObject({
  id: z.enum(['adult-self-assessment', 'carer-self-assessment']),
  version: z.int().min(1),
});
export type FormReference = z.infer<typeof formReference>;

/** One answer: what was chosen (in clear, as findings are), and own words (personal). */
export const formAnswer = z.strictObject({
  question: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/),
  answer: z.string().min(1).max(80).optional(),
  words: personal.optional(),
});
export type FormAnswer = z.infer<typeof formAnswer>;

/** What stands for not wanting to answer a question. */
export const PREFER_NOT_TO_SAY = 'prefer not to say';
