import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { finding, impactOnWellbeing, periodConsidered } from './assessment.events.js';
import { returnedRow, withdrawalReason } from './returned-row.js';
import { coded, personal, plainDate, uuid } from './shapes.js';
import { assessmentKinds, assessmentMethods, eligibleNeedsValues, eventOutcomes } from './values.js';

const completeAssessment = z.strictObject({
  assessmentId: uuid,
  personId: uuid,
  kind: z.enum(assessmentKinds),
  method: z.enum(assessmentMethods),
  startedOn: plainDate,
  outcome: z.enum(eventOutcomes),
  findings: z.array(finding),
  arisesFromImpairment: z.boolean(),
  impactOnWellbeing,
  /** Over which time a need that comes and goes was looked at, reg 2(4). */
  fluctuation: periodConsidered.optional(),
  reasons: personal,
});
export type CompleteAssessmentData = z.infer<typeof completeAssessment>;
/** A practitioner completes an adult's assessment, on the day for which the command is true. Eligibility is worked out. */
export class CompleteAssessment extends Command<CompleteAssessmentData> {
  static readonly schema = completeAssessment;
  readonly type = 'assessment.complete-assessment';
}

/** Hands an assessment in for approval: the same as for completing it, complete on the day for which the command is true. */
export class SubmitAssessment extends Command<CompleteAssessmentData> {
  static readonly schema = completeAssessment;
  readonly type = 'assessment.submit-assessment';
}

const recordReturnedAssessment = z.strictObject({
  assessmentId: uuid,
  personId: uuid,
  kind: z.enum(assessmentKinds),
  method: z.enum(assessmentMethods),
  startedOn: plainDate,
  completedOn: plainDate,
  outcome: coded,
  eligibleNeeds: z.enum(eligibleNeedsValues).optional(),
  row: returnedRow,
});
export type RecordReturnedAssessmentData = z.infer<typeof recordReturnedAssessment>;
/** What a return says of an assessment; the same again changes nothing. */
export class RecordReturnedAssessment extends Command<RecordReturnedAssessmentData> {
  static readonly schema = recordReturnedAssessment;
  readonly type = 'assessment.record-returned-assessment';
}

const withdrawReturnedAssessment = z.strictObject({ assessmentId: uuid, personId: uuid, reason: withdrawalReason });
export type WithdrawReturnedAssessmentData = z.infer<typeof withdrawReturnedAssessment>;
/** Takes back an assessment that the source no longer tells of. */
export class WithdrawReturnedAssessment extends Command<WithdrawReturnedAssessmentData> {
  static readonly schema = withdrawReturnedAssessment;
  readonly type = 'assessment.withdraw-returned-assessment';
}
