import { Command } from '@caretrail/kernel';
import type { z } from 'zod';
import { bestInterests, capacityAssessment } from './capacity.events.js';

export type AssessCapacityData = z.infer<typeof capacityAssessment>;
/** Assesses capacity for one decision; the conclusion is worked out from the two stages. */
export class AssessCapacity extends Command<AssessCapacityData> {
  static readonly schema = capacityAssessment;
  readonly type = 'people.assess-capacity';
}

export type DecideInBestInterestsData = z.infer<typeof bestInterests>;
/** Decides for a person what they were found unable to decide. */
export class DecideInBestInterests extends Command<DecideInBestInterestsData> {
  static readonly schema = bestInterests;
  readonly type = 'people.decide-in-best-interests';
}
