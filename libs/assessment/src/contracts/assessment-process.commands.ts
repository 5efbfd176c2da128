import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { groundsToAssessAllTheSame, supersedingReasons } from './assessment-process.events.js';
import { assessmentSubjects } from './forms/form.js';
import { personal, uuid } from './shapes.js';

const ids = { assessmentId: uuid, personId: uuid };

const offerAssessment = z.strictObject({
  ...ids,
  subject: z.enum(assessmentSubjects),
  caresFor: z.array(uuid),
  selfAssessmentOffered: z.boolean(),
  whyNotOffered: personal.optional(),
});
export type OfferAssessmentData = z.infer<typeof offerAssessment>;
/** Offers an assessment, with the form of the day; offered again to whoever refused and asks for it later. */
export class OfferAssessment extends Command<OfferAssessmentData> {
  static readonly schema = offerAssessment;
  readonly type = 'assessment.offer-assessment';
}

const answerSupportedSelfAssessment = z.strictObject({ ...ids, accepted: z.boolean(), words: personal.optional() });
export type AnswerSupportedSelfAssessmentData = z.infer<typeof answerSupportedSelfAssessment>;
/** Says whether the person wants to assess themselves with support. */
export class AnswerSupportedSelfAssessment extends Command<AnswerSupportedSelfAssessmentData> {
  static readonly schema = answerSupportedSelfAssessment;
  readonly type = 'assessment.answer-supported-self-assessment';
}

const refuseAssessment = z.strictObject({
  ...ids,
  words: personal.optional(),
  grounds: z.array(z.enum(groundsToAssessAllTheSame)),
  reasons: personal,
});
export type RefuseAssessmentData = z.infer<typeof refuseAssessment>;
/** Keeps that the person refuses, and whether the duty stands all the same. */
export class RefuseAssessment extends Command<RefuseAssessmentData> {
  static readonly schema = refuseAssessment;
  readonly type = 'assessment.refuse-assessment';
}

const ofAssessment = z.strictObject(ids);
export type StartAssessmentData = z.infer<typeof ofAssessment>;
/** Begins the assessment on the day for which the command is true. */
export class StartAssessment extends Command<StartAssessmentData> {
  static readonly schema = ofAssessment;
  readonly type = 'assessment.start-assessment';
}

export type ApproveAssessmentData = z.infer<typeof ofAssessment>;
/** Approves what somebody else submitted, and completes it. */
export class ApproveAssessment extends Command<ApproveAssessmentData> {
  static readonly schema = ofAssessment;
  readonly type = 'assessment.approve-assessment';
}

const returnAssessment = z.strictObject({ ...ids, reasons: personal });
export type ReturnAssessmentData = z.infer<typeof returnAssessment>;
/** Gives back what was submitted, with reasons. */
export class ReturnAssessment extends Command<ReturnAssessmentData> {
  static readonly schema = returnAssessment;
  readonly type = 'assessment.return-assessment';
}

const supersedeAssessment = z.strictObject({ ...ids, by: uuid, reason: z.enum(supersedingReasons) });
export type SupersedeAssessmentData = z.infer<typeof supersedeAssessment>;
/** Puts another assessment in the place of one that is complete. */
export class SupersedeAssessment extends Command<SupersedeAssessmentData> {
  static readonly schema = supersedeAssessment;
  readonly type = 'assessment.supersede-assessment';
}
