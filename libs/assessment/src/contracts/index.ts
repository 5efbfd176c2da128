import {
  assessmentApproved,
  assessmentOffered,
  assessmentRefused,
  assessmentReturned,
  assessmentStarted,
  assessmentSuperseded,
  supportedSelfAssessmentAnswered,
} from './assessment-process.events.js';
import {
  assessmentCompleted,
  assessmentCorrected,
  assessmentSubmitted,
  assessmentWithdrawn,
} from './assessment.events.js';
import { carerAssessed } from './carer-assessment.events.js';
import { requestConcluded, requestCorrected, requestWithdrawn, supportRequested } from './contact-episode.events.js';
import {
  decisionGivenInWriting,
  ordinaryResidenceEstablished,
  signpostedToUniversalService,
  wishesRecorded,
  writtenAdviceGiven,
} from './determination.events.js';
import {
  assessorAnswerDiffered,
  assessorAnswersRecorded,
  differenceAnswered,
  selfAssessmentSubmitted,
} from './self-assessment.events.js';
import { urgentHelpEnded, urgentNeedMet } from './urgent-need.events.js';

export * from './assessment-process.commands.js';
export * from './assessment-process.events.js';
export * from './assessment.commands.js';
export * from './assessment.events.js';
export * from './carer-assessment.commands.js';
export * from './carer-assessment.events.js';
export * from './carer.values.js';
export * from './contact-episode.commands.js';
export * from './contact-episode.events.js';
export * from './determination.commands.js';
export * from './determination.events.js';
export * from './determination.values.js';
export { ABLE, questionOfOutcome } from './forms/adult-self-assessment.v1.js';
export { questionOfCarerOutcome } from './forms/carer-self-assessment.v1.js';
export * from './forms/form.js';
export * from './forms/forms.js';
export { clientTypes, returnedRow, type ReturnedRow } from './returned-row.js';
export * from './self-assessment.commands.js';
export * from './self-assessment.events.js';
export * from './urgent-need.commands.js';
export * from './urgent-need.events.js';
export { type DirectoryService, ServiceDirectory } from './service-directory.port.js';
export * from './values.js';
export * from './wellbeing.values.js';

/** All that this context publishes. */
export const assessmentEvents = [
  supportRequested,
  requestConcluded,
  requestCorrected,
  requestWithdrawn,
  assessmentOffered,
  supportedSelfAssessmentAnswered,
  assessmentRefused,
  assessmentStarted,
  selfAssessmentSubmitted,
  assessorAnswersRecorded,
  assessorAnswerDiffered,
  differenceAnswered,
  assessmentSubmitted,
  assessmentApproved,
  assessmentReturned,
  assessmentCompleted,
  assessmentCorrected,
  assessmentWithdrawn,
  assessmentSuperseded,
  carerAssessed,
  wishesRecorded,
  ordinaryResidenceEstablished,
  decisionGivenInWriting,
  writtenAdviceGiven,
  signpostedToUniversalService,
  urgentNeedMet,
  urgentHelpEnded,
] as const;
