import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { formAnswer, formReference } from './forms/form.js';
import { answeredByValues, proxy } from './self-assessment.events.js';
import { coded, personal, uuid } from './shapes.js';

const ids = { assessmentId: uuid, personId: uuid };

const submitSelfAssessment = z.strictObject({
  ...ids,
  form: formReference,
  answers: z.array(formAnswer),
  answeredBy: z.enum(answeredByValues),
  supportedBy: personal.optional(),
  /** As the register of representatives has them on this day: looked up at the edge. */
  proxy: proxy.optional(),
});
export type SubmitSelfAssessmentData = z.infer<typeof submitSelfAssessment>;
/** Hands in the person's own answers. */
export class SubmitSelfAssessment extends Command<SubmitSelfAssessmentData> {
  static readonly schema = submitSelfAssessment;
  readonly type = 'assessment.submit-self-assessment';
}

const recordAssessorAnswers = z.strictObject({
  ...ids,
  answers: z.array(formAnswer),
  /** Why the assessor sees it differently, for each question where they do; and what the person says to it. */
  differences: z.array(
    z.strictObject({ question: coded, assessorsReasons: personal, personsReasons: personal.optional() }),
  ),
});
export type RecordAssessorAnswersData = z.infer<typeof recordAssessorAnswers>;
/** Puts the assessor's answers beside the person's. */
export class RecordAssessorAnswers extends Command<RecordAssessorAnswersData> {
  static readonly schema = recordAssessorAnswers;
  readonly type = 'assessment.record-assessor-answers';
}

const answerDifference = z.strictObject({ ...ids, question: coded, personsReasons: personal });
export type AnswerDifferenceData = z.infer<typeof answerDifference>;
/** Keeps what the person says to a difference. */
export class AnswerDifference extends Command<AnswerDifferenceData> {
  static readonly schema = answerDifference;
  readonly type = 'assessment.answer-difference';
}
