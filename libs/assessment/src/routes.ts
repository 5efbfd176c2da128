import type { CommandRoute } from '@caretrail/kernel';
import {
  CompleteAssessment,
  RecordReturnedAssessment,
  RecordReturnedRequest,
  WithdrawReturnedAssessment,
  WithdrawReturnedRequest,
} from './contracts/index.js';
import { assessmentDecider, assessmentStream } from './domain/assessment/assessment.decider.js';
import { contactEpisodeDecider, contactEpisodeStream } from './domain/contact-episode/contact-episode.decider.js';

const contactEpisode = { decider: contactEpisodeDecider, stream: contactEpisodeStream };
const assessment = { decider: assessmentDecider, stream: assessmentStream };

/** Which decider answers each command of this context, and on which stream. */
export const assessmentRoutes: CommandRoute[] = [
  { command: RecordReturnedRequest, ...contactEpisode },
  { command: WithdrawReturnedRequest, ...contactEpisode },
  { command: CompleteAssessment, ...assessment },
  { command: RecordReturnedAssessment, ...assessment },
  { command: WithdrawReturnedAssessment, ...assessment },
];
