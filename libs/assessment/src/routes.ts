import type { CommandRoute } from '@caretrail/kernel';
import {
  AnswerDifference,
  AnswerSupportedSelfAssessment,
  ApproveAssessment,
  CompleteAssessment,
  CompleteCarerAssessment,
  ConcludeRequest,
  EndUrgentHelp,
  EstablishOrdinaryResidence,
  GiveDecisionInWriting,
  GiveWrittenAdvice,
  MeetUrgentNeed,
  OfferAssessment,
  RecordAssessorAnswers,
  RecordReturnedAssessment,
  RecordReturnedRequest,
  RecordWishes,
  RefuseAssessment,
  RequestSupport,
  ReturnAssessment,
  SignpostToUniversalService,
  StartAssessment,
  SubmitAssessment,
  SubmitSelfAssessment,
  SupersedeAssessment,
  WithdrawReturnedAssessment,
  WithdrawReturnedRequest,
} from './contracts/index.js';
import { assessmentDecider, assessmentStream } from './domain/assessment/assessment.decider.js';
import { contactEpisodeDecider, contactEpisodeStream } from './domain/contact-episode/contact-episode.decider.js';
import { urgentNeedDecider, urgentNeedStream } from './domain/urgent-need/urgent-need.decider.js';

const contactEpisode = { decider: contactEpisodeDecider, stream: contactEpisodeStream };
const assessment = { decider: assessmentDecider, stream: assessmentStream };
const urgentNeed = { decider: urgentNeedDecider, stream: urgentNeedStream };

/** Which decider answers each command of this context, and on which stream. */
export const assessmentRoutes: CommandRoute[] = [
  { command: RequestSupport, ...contactEpisode },
  { command: ConcludeRequest, ...contactEpisode },
  { command: RecordReturnedRequest, ...contactEpisode },
  { command: WithdrawReturnedRequest, ...contactEpisode },
  { command: OfferAssessment, ...assessment },
  { command: AnswerSupportedSelfAssessment, ...assessment },
  { command: RefuseAssessment, ...assessment },
  { command: StartAssessment, ...assessment },
  { command: SubmitSelfAssessment, ...assessment },
  { command: RecordAssessorAnswers, ...assessment },
  { command: AnswerDifference, ...assessment },
  { command: SubmitAssessment, ...assessment },
  { command: ApproveAssessment, ...assessment },
  { command: ReturnAssessment, ...assessment },
  { command: CompleteAssessment, ...assessment },
  { command: CompleteCarerAssessment, ...assessment },
  { command: SupersedeAssessment, ...assessment },
  { command: RecordWishes, ...assessment },
  { command: EstablishOrdinaryResidence, ...assessment },
  { command: GiveDecisionInWriting, ...assessment },
  { command: GiveWrittenAdvice, ...assessment },
  { command: SignpostToUniversalService, ...assessment },
  { command: RecordReturnedAssessment, ...assessment },
  { command: WithdrawReturnedAssessment, ...assessment },
  { command: MeetUrgentNeed, ...urgentNeed },
  { command: EndUrgentHelp, ...urgentNeed },
];
