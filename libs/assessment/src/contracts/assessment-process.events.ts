import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { assessmentSubjects, formReference } from './forms/form.js';
import { personal, uuid } from './shapes.js';

const ids = { assessmentId: uuid, personId: uuid };

/** When the duty to assess stands in spite of a refusal, Care Act 2014 s11(2). */
export const groundsToAssessAllTheSame = [
  'lacks capacity to refuse, and it is in their best interests',
  'is experiencing, or at risk of, abuse or neglect',
] as const;

/** Why another assessment stands in the place of this one. */
export const supersedingReasons = ['needs have changed', 'it was asked for again', 'it was made in error'] as const;

/** An assessment was offered because there is an appearance of need: the duty to assess is open. */
export const assessmentOffered = defineEvent({
  type: 'assessment.assessment-offered.v1',
  schema: z.strictObject({
    ...ids,
    subject: z.enum(assessmentSubjects),
    /** For a carer's assessment: for whom they care. */
    caresFor: z.array(uuid),
    /** The form that was put to the person. */
    form: formReference,
    /** A supported self-assessment has to be offered to whoever is able and willing: SI 2014/2827 reg 2. */
    selfAssessmentOffered: z.boolean(),
    /** Why it was not offered; personal. */
    whyNotOffered: personal.optional(),
  }),
  personal: ['whyNotOffered'],
  subject: (data) => data.personId,
  people: ({ personId, caresFor }) => [...new Set([personId, ...caresFor])],
  title: ({ subject, selfAssessmentOffered }) =>
    `${subject === 'carer' ? 'Carer’s assessment' : 'Assessment'} offered${selfAssessmentOffered ? ', with a supported self-assessment' : ''}`,
  authority: 'Care Act 2014 s9(1), s10(1); SI 2014/2827 reg 2',
});
export type AssessmentOfferedData = EventOf<typeof assessmentOffered>['data'];

/** The person wants to assess themselves with support, or does not. */
export const supportedSelfAssessmentAnswered = defineEvent({
  type: 'assessment.supported-self-assessment-answered.v1',
  schema: z.strictObject({ ...ids, accepted: z.boolean(), words: personal.optional() }),
  personal: ['words'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ accepted }) => `Supported self-assessment ${accepted ? 'accepted' : 'refused'}`,
  authority: 'SI 2014/2827 reg 2',
});
export type SupportedSelfAssessmentAnsweredData = EventOf<typeof supportedSelfAssessmentAnswered>['data'];

/** The person does not want to be assessed. The duty stands all the same where the law says so. */
export const assessmentRefused = defineEvent({
  type: 'assessment.assessment-refused.v1',
  schema: z.strictObject({
    ...ids,
    subject: z.enum(assessmentSubjects),
    /** Their own words; personal. */
    words: personal.optional(),
    /** True where one of the grounds of s11(2) applies; never for a carer (s11(5)). */
    dutyStands: z.boolean(),
    grounds: z.array(z.enum(groundsToAssessAllTheSame)),
    /** Why the grounds apply, or none does; personal. */
    reasons: personal,
  }),
  personal: ['words', 'reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ dutyStands }) =>
    dutyStands ? 'Assessment refused: the duty to assess stands (s11(2))' : 'Assessment refused',
  decision: true,
  authority: 'Care Act 2014 s11',
});
export type AssessmentRefusedData = EventOf<typeof assessmentRefused>['data'];

/** The assessment began. True on its first day. */
export const assessmentStarted = defineEvent({
  type: 'assessment.assessment-started.v1',
  schema: z.strictObject({ ...ids, subject: z.enum(assessmentSubjects) }),
  people: (data) => [data.personId],
  title: ({ subject }) => `${subject === 'carer' ? 'Carer’s assessment' : 'Assessment'} started`,
  authority: 'Care Act 2014 s9, s10',
});
export type AssessmentStartedData = EventOf<typeof assessmentStarted>['data'];

/** Somebody other than its author agreed to an assessment that was submitted; it is completed by this. */
export const assessmentApproved = defineEvent({
  type: 'assessment.assessment-approved.v1',
  schema: z.strictObject({ ...ids, submittedBy: z.string().min(1).max(100) }),
  people: (data) => [data.personId],
  title: () => 'Assessment approved',
  decision: true,
  authority: 'Care Act 2014 s9, s10',
});
export type AssessmentApprovedData = EventOf<typeof assessmentApproved>['data'];

/** An assessment that was submitted goes back to its author, with reasons. */
export const assessmentReturned = defineEvent({
  type: 'assessment.assessment-returned.v1',
  schema: z.strictObject({ ...ids, submittedBy: z.string().min(1).max(100), reasons: personal }),
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: () => 'Assessment returned to its author',
  decision: true,
  authority: 'Care Act 2014 s9, s10',
});
export type AssessmentReturnedData = EventOf<typeof assessmentReturned>['data'];

/** Another assessment stands in the place of this one. */
export const assessmentSuperseded = defineEvent({
  type: 'assessment.assessment-superseded.v1',
  schema: z.strictObject({ ...ids, by: uuid, reason: z.enum(supersedingReasons) }),
  people: (data) => [data.personId],
  title: ({ reason }) => `Assessment superseded: ${reason}`,
  authority: 'Care Act 2014 s9, s27',
});
export type AssessmentSupersededData = EventOf<typeof assessmentSuperseded>['data'];
