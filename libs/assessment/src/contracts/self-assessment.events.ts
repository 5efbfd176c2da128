import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { formAnswer, formReference } from './forms/form.js';
import { coded, personal, uuid } from './shapes.js';

const ids = { assessmentId: uuid, personId: uuid };

/** Who gave the answers. */
export const answeredByValues = ['the person', 'the person, with support', 'a representative'] as const;
export type AnsweredBy = (typeof answeredByValues)[number];

/** A representative who answered for the person, as the register had them on that day. */
export const proxy = z.strictObject({
  representationId: uuid,
  /** In what capacity: `attorney for health and welfare`. */
  kind: coded,
  /** In what they may speak, on that day. */
  scope: z.array(coded),
});
export type Proxy = z.infer<typeof proxy>;

/** The person's own answers, to the questions of one version of the form. Their words are personal. */
export const selfAssessmentSubmitted = defineEvent({
  type: 'assessment.self-assessment-submitted.v1',
  schema: z.strictObject({
    ...ids,
    form: formReference,
    answers: z.array(formAnswer),
    answeredBy: z.enum(answeredByValues),
    /** Who supported them; personal. */
    supportedBy: personal.optional(),
    /** Where a representative answered on the person's behalf. */
    proxy: proxy.optional(),
  }),
  personal: ['answers.*.words', 'supportedBy'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ answers, answeredBy }) => `Self-assessment submitted by ${answeredBy}: ${answers.length} answers`,
  authority: 'Care Act 2014 s9(4), s9(5); SI 2014/2827 reg 2',
});
export type SelfAssessmentSubmittedData = EventOf<typeof selfAssessmentSubmitted>['data'];

/** The assessor's answers to the same questions. Their words are personal. */
export const assessorAnswersRecorded = defineEvent({
  type: 'assessment.assessor-answers-recorded.v1',
  schema: z.strictObject({
    ...ids,
    form: formReference,
    answers: z.array(formAnswer),
    /** The event of the person's own answers, beside which these stand. */
    beside: uuid.optional(),
  }),
  personal: ['answers.*.words'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ answers }) => `Assessor’s answers recorded: ${answers.length}`,
  authority: 'Care Act 2014 s9(4); SI 2014/2827 reg 2',
});
export type AssessorAnswersRecordedData = EventOf<typeof assessorAnswersRecorded>['data'];

/** The assessor sees one question differently from the person, and says why. Both reasons are personal. */
export const assessorAnswerDiffered = defineEvent({
  type: 'assessment.assessor-answer-differed.v1',
  schema: z.strictObject({
    ...ids,
    question: coded,
    personSaid: coded,
    assessorSaid: coded,
    assessorsReasons: personal,
    /** What the person says to it, where they were asked at once. */
    personsReasons: personal.optional(),
  }),
  personal: ['assessorsReasons', 'personsReasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ question }) => `Assessor’s answer differs: ${question}`,
  authority: 'Care Act 2014 s9(4); SI 2014/2827 reg 2',
});
export type AssessorAnswerDifferedData = EventOf<typeof assessorAnswerDiffered>['data'];

/** The person says what they think of a difference, after it was told to them. */
export const differenceAnswered = defineEvent({
  type: 'assessment.difference-answered.v1',
  schema: z.strictObject({ ...ids, question: coded, personsReasons: personal }),
  personal: ['personsReasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ question }) => `The person answered to a difference: ${question}`,
  authority: 'Care Act 2014 s9(5); SI 2014/2827 reg 2',
});
export type DifferenceAnsweredData = EventOf<typeof differenceAnswered>['data'];
