import {
  type Decider,
  type DecisionContext,
  type EventOf,
  streamName,
  unreachable,
  upholdAll,
} from '@caretrail/kernel';
import {
  type AnswerDifference,
  type AnswerSupportedSelfAssessment,
  type ApproveAssessment,
  type assessmentEvents,
  type CompleteAssessment,
  type CompleteAssessmentData,
  type CompleteCarerAssessment,
  currentForm,
  type EstablishOrdinaryResidence,
  type GiveDecisionInWriting,
  type GiveWrittenAdvice,
  type OfferAssessment,
  type RecordAssessorAnswers,
  type RecordReturnedAssessment,
  type RecordWishes,
  type RefuseAssessment,
  type ReturnAssessment,
  type SignpostToUniversalService,
  type StartAssessment,
  type SubmitAssessment,
  type SubmitSelfAssessment,
  type SupersedeAssessment,
  type WithdrawReturnedAssessment,
} from '../../contracts/index.js';
import {
  carerCompletionPolicies,
  completionPolicies,
  eligibilityOf,
  returnedAssessmentPolicies,
  withdrawalPolicies,
} from './assessment.policies.js';
import type { AssessmentState } from './assessment.state.js';
import { carerEligibilityOf } from './carer.policies.js';
import {
  advicePolicies,
  residencePolicies,
  signpostPolicies,
  wishesPolicies,
  writingPolicies,
} from './determination.policies.js';
import {
  approvalPolicies,
  offerPolicies,
  openPolicies,
  refusalPolicies,
  returnPolicies,
  startPolicies,
  supersedingPolicies,
  supportedPolicies,
} from './process.policies.js';
import { recordReturned } from './returned-assessment.js';
import { assessorPolicies, differencePolicies, differencesOf, submissionPolicies } from './self-assessment.policies.js';

export type { AssessmentState } from './assessment.state.js';

export type AssessmentCommand =
  | OfferAssessment
  | AnswerSupportedSelfAssessment
  | RefuseAssessment
  | StartAssessment
  | SubmitSelfAssessment
  | RecordAssessorAnswers
  | AnswerDifference
  | SubmitAssessment
  | ApproveAssessment
  | ReturnAssessment
  | CompleteAssessment
  | CompleteCarerAssessment
  | SupersedeAssessment
  | RecordWishes
  | EstablishOrdinaryResidence
  | GiveDecisionInWriting
  | GiveWrittenAdvice
  | SignpostToUniversalService
  | RecordReturnedAssessment
  | WithdrawReturnedAssessment;

/** Events of other streams of this context: requests, and needs that were urgent. */
type Elsewhere =
  `assessment.request-${string}` | `assessment.support-${'requested'}.v1` | `assessment.urgent-${string}`;
type Published = EventOf<(typeof assessmentEvents)[number]>;
export type AssessmentEvent = Exclude<Published, { readonly type: Elsewhere }>;

/** The stream of an assessment, by id. */
export const assessmentStream = ({ assessmentId }: { readonly assessmentId: string }): string =>
  streamName('assessment.assessment', assessmentId);

/**
 * An assessment of an adult's needs (Care Act 2014 s9) or a carer's (s10), from the offer to the decision on eligibility
 * (s13) and what has to follow it: a practitioner's own, or as returns tell of it.
 */
export const assessmentDecider: Decider<AssessmentCommand, AssessmentState, AssessmentEvent> = {
  initial: {},

  decide(command, state, context) {
    switch (command.type) {
      case 'assessment.offer-assessment': {
        upholdAll(offerPolicies, command.data, state, context);
        const { id, version } = currentForm(command.data.subject);
        return [{ type: 'assessment.assessment-offered.v1', data: { ...command.data, form: { id, version } } }];
      }
      case 'assessment.answer-supported-self-assessment':
        if (state.selfAssessment?.accepted === command.data.accepted) return [];
        upholdAll(supportedPolicies, command.data, state, context);
        return [{ type: 'assessment.supported-self-assessment-answered.v1', data: command.data }];
      case 'assessment.refuse-assessment': {
        upholdAll(refusalPolicies, command.data, state, context);
        const { subject = 'adult' } = state;
        const dutyStands = command.data.grounds.length > 0;
        return [{ type: 'assessment.assessment-refused.v1', data: { ...command.data, subject, dutyStands } }];
      }
      case 'assessment.start-assessment':
        upholdAll(startPolicies, command.data, state, context);
        return [{ type: 'assessment.assessment-started.v1', data: { ...command.data, subject: state.subject! } }];
      case 'assessment.submit-self-assessment':
        upholdAll([...openPolicies, ...submissionPolicies], command.data, state, context);
        return [{ type: 'assessment.self-assessment-submitted.v1', data: command.data }];
      case 'assessment.record-assessor-answers':
        return recordAssessorAnswers(command, state, context);
      case 'assessment.answer-difference':
        upholdAll(differencePolicies, command.data, state, context);
        return [{ type: 'assessment.difference-answered.v1', data: command.data }];
      case 'assessment.submit-assessment': {
        upholdAll([...openPolicies, ...completionPolicies], command.data, state, context);
        const handedIn = { ...command.data, completedOn: context.effectiveOn, submittedBy: context.actor.id };
        return [{ type: 'assessment.assessment-submitted.v1', data: handedIn }];
      }
      case 'assessment.approve-assessment': {
        upholdAll(approvalPolicies, command.data, state, context);
        const { submittedBy, completedOn, ...submitted } = state.submission!;
        return [
          { type: 'assessment.assessment-approved.v1', data: { ...command.data, submittedBy } },
          { ...completed(submitted as CompleteAssessmentData), effectiveOn: completedOn },
        ];
      }
      case 'assessment.return-assessment': {
        upholdAll(returnPolicies, command.data, state, context);
        const { submittedBy } = state.submission!;
        return [{ type: 'assessment.assessment-returned.v1', data: { ...command.data, submittedBy } }];
      }
      case 'assessment.complete-assessment':
        upholdAll(completionPolicies, command.data, state, context);
        return [completed(command.data)];
      case 'assessment.complete-carer-assessment': {
        upholdAll(carerCompletionPolicies, command.data, state, context);
        const eligibleNeeds = carerEligibilityOf(command.data);
        return [{ type: 'assessment.carer-assessed.v1', data: { ...command.data, eligibleNeeds } }];
      }
      case 'assessment.supersede-assessment':
        upholdAll(supersedingPolicies, command.data, state, context);
        return [{ type: 'assessment.assessment-superseded.v1', data: command.data }];
      case 'assessment.record-wishes':
        upholdAll(wishesPolicies, command.data, state, context);
        return [
          {
            type: 'assessment.wishes-recorded.v1',
            data: { ...command.data, ...(state.determinedBy && { determinedBy: state.determinedBy }) },
          },
        ];
      case 'assessment.establish-ordinary-residence':
        upholdAll(residencePolicies, command.data, state, context);
        return [{ type: 'assessment.ordinary-residence-established.v1', data: command.data }];
      case 'assessment.give-decision-in-writing':
        upholdAll(writingPolicies, command.data, state, context);
        return [{ type: 'assessment.decision-given-in-writing.v1', data: command.data }];
      case 'assessment.give-written-advice':
        upholdAll(advicePolicies, command.data, state, context);
        return [{ type: 'assessment.written-advice-given.v1', data: command.data }];
      case 'assessment.signpost-to-universal-service':
        upholdAll(signpostPolicies, command.data, state, context);
        return [{ type: 'assessment.signposted-to-universal-service.v1', data: command.data }];
      case 'assessment.record-returned-assessment':
        upholdAll(returnedAssessmentPolicies, command.data, state, context);
        return recordReturned(command.data, state);
      case 'assessment.withdraw-returned-assessment':
        upholdAll(withdrawalPolicies, command.data, state, context);
        if (!state.standing) return [];
        return [
          {
            type: 'assessment.assessment-withdrawn.v1',
            data: command.data,
            effectiveOn: state.standing.completedOn,
            corrects: state.eventId,
          },
        ];
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'assessment.assessment-offered.v1': {
        const { subject, personId, form, selfAssessmentOffered } = event.data;
        return { progress: 'offered', subject, personId, form, selfAssessment: { offered: selfAssessmentOffered } };
      }
      case 'assessment.supported-self-assessment-answered.v1':
        return { ...state, selfAssessment: { offered: true, accepted: event.data.accepted } };
      case 'assessment.assessment-refused.v1':
        return { ...state, progress: 'refused', dutyStands: event.data.dutyStands };
      case 'assessment.assessment-started.v1':
        return { ...state, progress: 'in progress' };
      case 'assessment.self-assessment-submitted.v1':
        return { ...state, own: { eventId: event.id, data: event.data } };
      case 'assessment.assessor-answers-recorded.v1':
        // What differed before is told anew by the events that follow.
        return { ...state, differences: {} };
      case 'assessment.assessor-answer-differed.v1': {
        const { question, personSaid, assessorSaid, assessorsReasons, personsReasons } = event.data;
        const difference = { personSaid, assessorSaid, assessorsReasons, ...(personsReasons && { personsReasons }) };
        return { ...state, differences: { ...state.differences, [question]: difference } };
      }
      case 'assessment.difference-answered.v1': {
        const { question, personsReasons } = event.data;
        const difference = state.differences?.[question];
        if (!difference) return state;
        return { ...state, differences: { ...state.differences, [question]: { ...difference, personsReasons } } };
      }
      case 'assessment.assessment-submitted.v1':
        return { ...state, progress: 'submitted', submission: event.data };
      case 'assessment.assessment-returned.v1':
        return { ...state, progress: 'returned' };
      case 'assessment.assessment-completed.v1': {
        const standing = { ...event.data, completedOn: event.effectiveOn };
        const here = !event.data.row && { determinedBy: event.id };
        return { ...state, progress: 'completed', standing, eventId: event.id, decidedOn: event.effectiveOn, ...here };
      }
      case 'assessment.assessment-corrected.v1':
        return {
          ...state,
          progress: 'completed',
          standing: event.data,
          eventId: event.id,
          decidedOn: event.data.completedOn,
        };
      case 'assessment.assessment-withdrawn.v1':
        return { eventId: event.id };
      case 'assessment.carer-assessed.v1':
        return {
          ...state,
          progress: 'completed',
          subject: 'carer',
          carer: event.data,
          eventId: event.id,
          determinedBy: event.id,
          decidedOn: event.effectiveOn,
        };
      case 'assessment.assessment-superseded.v1':
        return { ...state, progress: 'superseded' };
      case 'assessment.assessment-approved.v1':
      case 'assessment.wishes-recorded.v1':
      case 'assessment.ordinary-residence-established.v1':
      case 'assessment.decision-given-in-writing.v1':
      case 'assessment.written-advice-given.v1':
      case 'assessment.signposted-to-universal-service.v1':
        return state;
      default:
        return unreachable(event);
    }
  },
};

const completed = (data: CompleteAssessmentData): AssessmentEvent => ({
  type: 'assessment.assessment-completed.v1',
  data: { ...data, eligibleNeeds: eligibilityOf(data) },
});

/** The assessor's answers, and one event for each question on which the two differ. */
function recordAssessorAnswers(
  { data }: RecordAssessorAnswers,
  state: AssessmentState,
  context: DecisionContext,
): AssessmentEvent[] {
  upholdAll([...openPolicies, ...assessorPolicies], data, state, context);
  const { assessmentId, personId, answers } = data;
  const beside = state.own && { beside: state.own.eventId };
  return [
    {
      type: 'assessment.assessor-answers-recorded.v1',
      data: { assessmentId, personId, form: state.form!, answers, ...beside },
    },
    ...Object.entries(differencesOf(data, state)).map(([question, difference]): AssessmentEvent => ({
      type: 'assessment.assessor-answer-differed.v1',
      data: { assessmentId, personId, question, ...difference },
    })),
  ];
}
