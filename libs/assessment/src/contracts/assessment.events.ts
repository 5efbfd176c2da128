import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { returnedRow, withdrawalReason } from './returned-row.js';
import { coded, personal, plainDate, uuid } from './shapes.js';
import { assessmentKinds, assessmentMethods, eligibleNeedsValues, meaningsOfUnable, outcomes } from './values.js';
import { wellbeingAreas } from './wellbeing.values.js';

/** What the assessment found on one of the ten outcomes. `words` are the person's or the assessor's own: personal. */
export const finding = z.strictObject({
  outcome: z.enum(outcomes),
  able: z.boolean(),
  /** Where not able: in which of the four meanings of reg 2(3). */
  unable: z.enum(meaningsOfUnable).optional(),
  words: personal.optional(),
});
export type Finding = z.infer<typeof finding>;

/** Over which time a need that comes and goes was looked at: Elig Regs reg 2(4), reg 3(4). */
export const periodConsidered = z.strictObject({
  fluctuates: z.boolean(),
  from: plainDate.optional(),
  to: plainDate.optional(),
});
export type PeriodConsidered = z.infer<typeof periodConsidered>;

/** Whether the impact on wellbeing is significant, in which areas of s1(2), and why (personal). */
export const impactOnWellbeing = z.strictObject({
  significant: z.boolean(),
  areas: z.array(z.enum(wellbeingAreas)).optional(),
  reasons: personal,
});

export type ImpactOnWellbeing = z.infer<typeof impactOnWellbeing>;

const assessment = {
  assessmentId: uuid,
  personId: uuid,
  kind: z.enum(assessmentKinds),
  method: z.enum(assessmentMethods),
  startedOn: plainDate,
  /** Event Outcome of Client Level Data. */
  outcome: coded,
  eligibleNeeds: z.enum(eligibleNeedsValues).optional(),
  /** All ten for an assessment made here; none for one that a return tells of. */
  findings: z.array(finding),
  impactOnWellbeing: impactOnWellbeing.optional(),
  fluctuation: periodConsidered.optional(),
  arisesFromImpairment: z.boolean().optional(),
  reasons: personal.optional(),
  row: returnedRow.optional(),
};
const personalPaths = ['findings.*.words', 'impactOnWellbeing.reasons', 'reasons', 'row.description'];

const result = (eligibleNeeds: (typeof eligibleNeedsValues)[number] | undefined): string => {
  switch (eligibleNeeds) {
    case 'Eligible needs identified':
      return ': eligible needs';
    case 'Non-eligible needs identified':
      return ': needs, not eligible';
    case 'No needs identified':
      return ': no needs';
    case undefined:
      return '';
  }
};

/** An assessment of needs is complete, and says whether there are eligible needs. True on the day it was completed. */
export const assessmentCompleted = defineEvent({
  type: 'assessment.assessment-completed.v1',
  schema: z.strictObject(assessment),
  personal: personalPaths,
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Assessment completed${result(data.eligibleNeeds)}`,
  decision: true,
  authority: 'Care Act 2014 s9, s13',
});
export type AssessmentCompletedData = EventOf<typeof assessmentCompleted>['data'];

/** An assessment waits for somebody other than its author to approve it. Completed by that, on the day it says. */
export const assessmentSubmitted = defineEvent({
  type: 'assessment.assessment-submitted.v1',
  // What a return tells of was never submitted here.
  schema: z
    .strictObject(assessment)
    .omit({ row: true, eligibleNeeds: true })
    .extend({
      completedOn: plainDate,
      /** Who submitted it: an actor's id. */
      submittedBy: z.string().min(1).max(100),
    }),
  personal: personalPaths.filter((path) => path !== 'row.description'),
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: () => 'Assessment submitted for approval',
  authority: 'Care Act 2014 s9, s10',
});
export type AssessmentSubmittedData = EventOf<typeof assessmentSubmitted>['data'];

/** The whole assessment as a later source tells it. True on the day it was completed. */
export const assessmentCorrected = defineEvent({
  type: 'assessment.assessment-corrected.v1',
  schema: z.strictObject({ ...assessment, completedOn: plainDate }),
  personal: personalPaths,
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Assessment corrected${result(data.eligibleNeeds)}`,
  decision: true,
  authority: 'Care Act 2014 s9, s13',
});
export type AssessmentCorrectedData = EventOf<typeof assessmentCorrected>['data'];

/** The source says no longer that there was an assessment. */
export const assessmentWithdrawn = defineEvent({
  type: 'assessment.assessment-withdrawn.v1',
  schema: z.strictObject({ assessmentId: uuid, personId: uuid, reason: withdrawalReason }),
  people: (data) => [data.personId],
  title: () => 'Assessment withdrawn from the record',
  authority: 'Care Act 2014 s9',
});
export type AssessmentWithdrawnData = EventOf<typeof assessmentWithdrawn>['data'];
