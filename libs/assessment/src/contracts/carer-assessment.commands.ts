import { Command } from '@caretrail/kernel';
import type { z } from 'zod';
import { carerAssessment } from './carer-assessment.events.js';

export type CompleteCarerAssessmentData = z.infer<typeof carerAssessment>;
/** Completes a carer's assessment on the day for which the command is true. Eligibility is worked out by reg 3. */
export class CompleteCarerAssessment extends Command<CompleteCarerAssessmentData> {
  static readonly schema = carerAssessment;
  readonly type = 'assessment.complete-carer-assessment';
}
