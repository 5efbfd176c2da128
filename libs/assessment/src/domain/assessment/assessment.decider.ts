import { sameContent, streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import type {
  assessmentCompleted,
  assessmentCorrected,
  assessmentWithdrawn,
  CompleteAssessment,
  RecordReturnedAssessment,
  RecordReturnedAssessmentData,
  WithdrawReturnedAssessment,
} from '../../contracts/index.js';
import {
  completionPolicies,
  eligibilityOf,
  returnedAssessmentPolicies,
  withdrawalPolicies,
} from './assessment.policies.js';
import type { AssessmentState } from './assessment.state.js';

export type { AssessmentState } from './assessment.state.js';

export type AssessmentCommand = CompleteAssessment | RecordReturnedAssessment | WithdrawReturnedAssessment;
export type AssessmentEvent =
  EventOf<typeof assessmentCompleted> | EventOf<typeof assessmentCorrected> | EventOf<typeof assessmentWithdrawn>;

/** The stream of an assessment, by id. */
export const assessmentStream = ({ assessmentId }: { readonly assessmentId: string }): string =>
  streamName('assessment.assessment', assessmentId);

/** An assessment under Care Act 2014 s9 with its decision under s13: a practitioner's own, or as returns tell of it. */
export const assessmentDecider: Decider<AssessmentCommand, AssessmentState, AssessmentEvent> = {
  initial: {},

  decide(command, state, context) {
    switch (command.type) {
      case 'assessment.complete-assessment': {
        upholdAll(completionPolicies, command.data, state, context);
        const eligibleNeeds = eligibilityOf(command.data);
        return [{ type: 'assessment.assessment-completed.v1', data: { ...command.data, eligibleNeeds } }];
      }
      case 'assessment.record-returned-assessment':
        upholdAll(returnedAssessmentPolicies, command.data, state, context);
        return record(command.data, state);
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

  evolve(_, event) {
    switch (event.type) {
      case 'assessment.assessment-completed.v1':
        return { standing: { ...event.data, completedOn: event.effectiveOn }, eventId: event.id };
      case 'assessment.assessment-corrected.v1':
        return { standing: event.data, eventId: event.id };
      case 'assessment.assessment-withdrawn.v1':
        return { eventId: event.id };
      default:
        return unreachable(event);
    }
  },
};

function record(data: RecordReturnedAssessmentData, { standing, eventId }: AssessmentState): AssessmentEvent[] {
  const { completedOn, ...returned } = data;
  if (eventId === undefined)
    return [
      {
        type: 'assessment.assessment-completed.v1',
        data: { ...returned, findings: [] },
        effectiveOn: completedOn,
      },
    ];
  // A return says nothing of findings and reasons: those that a practitioner gave stay.
  const corrected = { findings: [], ...standing, eligibleNeeds: undefined, ...data };
  if (sameContent(corrected, standing)) return [];
  return [{ type: 'assessment.assessment-corrected.v1', data: corrected, effectiveOn: completedOn, corrects: eventId }];
}
