import type { DecisionContext, Policy } from '@caretrail/kernel';
import type {
  AnswerSupportedSelfAssessmentData,
  OfferAssessmentData,
  RefuseAssessmentData,
  ReturnAssessmentData,
  SupersedeAssessmentData,
} from '../../contracts/index.js';
import { type AssessmentState, isOpen } from './assessment.state.js';

type ProcessPolicy<Data> = Policy<Data, AssessmentState, DecisionContext>;

const offeredOnce: ProcessPolicy<OfferAssessmentData> = {
  rule: 'offered-once',
  section: 'Care Act 2014 s9, s11(3)',
  check: (_, { progress, standing, eventId }) =>
    (progress === undefined && !standing && eventId === undefined) || progress === 'refused'
      ? undefined
      : [{ message: 'This assessment was offered already. Offer another one, or go on with this.' }],
};

const notInTheFuture: ProcessPolicy<unknown> = {
  rule: 'happened-by-today',
  section: 'Care Act 2014 s9',
  check: (_, __, { effectiveOn, today }) =>
    effectiveOn > today ? [{ message: 'This day has not come yet.', field: 'effectiveOn' }] : undefined,
};

const carerCaresForSomebody: ProcessPolicy<OfferAssessmentData> = {
  rule: 'carer-cares-for-somebody',
  section: 'Care Act 2014 s10(3)',
  check: ({ subject, caresFor, personId }) => {
    if ((subject === 'carer') === caresFor.length > 0 && !caresFor.includes(personId)) return undefined;
    const message =
      subject === 'carer'
        ? 'Say for whom the carer cares: another adult of the register.'
        : 'The assessment of an adult is about their own needs: leave out for whom they care.';
    return [{ message, field: 'caresFor' }];
  },
};

const sayWhyNoSelfAssessment: ProcessPolicy<OfferAssessmentData> = {
  rule: 'supported-self-assessment-is-offered',
  section: 'SI 2014/2827 reg 2',
  check: ({ selfAssessmentOffered, whyNotOffered }) =>
    selfAssessmentOffered || whyNotOffered?.trim()
      ? undefined
      : [
          {
            message:
              'A supported self-assessment is offered to whoever is able and willing. Say why it is not offered here.',
            field: 'whyNotOffered',
          },
        ],
};

const stillOpen: ProcessPolicy<unknown> = {
  rule: 'assessment-is-open',
  section: 'Care Act 2014 s9, s11',
  check: (_, state) => {
    if (isOpen(state)) return undefined;
    if (state.progress === 'refused')
      return [{ message: 'The person refused, and no duty stands (section 11). Offer it again if they ask for it.' }];
    const message = state.progress
      ? `This assessment is ${state.progress}: it cannot be worked on.`
      : 'Offer the assessment first.';
    return [{ message }];
  },
};

const selfAssessmentWasOffered: ProcessPolicy<AnswerSupportedSelfAssessmentData> = {
  rule: 'self-assessment-was-offered',
  section: 'SI 2014/2827 reg 2',
  check: (_, { selfAssessment }) =>
    selfAssessment?.offered ? undefined : [{ message: 'No supported self-assessment was offered.', field: 'accepted' }],
};

const carerMayAlwaysRefuse: ProcessPolicy<RefuseAssessmentData> = {
  rule: 'carer-may-always-refuse',
  section: 'Care Act 2014 s11(5)',
  check: ({ grounds }, { subject }) =>
    subject === 'carer' && grounds.length
      ? [{ message: 'A carer may refuse: the two grounds on which the duty stands are for adults.', field: 'grounds' }]
      : undefined,
};

const refusalHasReasons: ProcessPolicy<RefuseAssessmentData> = {
  rule: 'reasons-both-ways',
  section: 'Care Act 2014 s11(2)',
  check: ({ reasons }) =>
    reasons.trim()
      ? undefined
      : [{ message: 'Say why the duty to assess stands, or why it does not.', field: 'reasons' }],
};

const notStartedTwice: ProcessPolicy<unknown> = {
  rule: 'started-once',
  section: 'Care Act 2014 s9',
  check: (_, { progress }) =>
    progress === 'in progress' || progress === 'returned'
      ? [{ message: 'This assessment was started already.' }]
      : undefined,
};

// No section of law asks for approval: it is how a council makes sure of its assessments, and an author cannot do it alone.
const wasSubmitted: ProcessPolicy<unknown> = {
  rule: 'assessment-was-submitted',
  check: (_, { progress }) =>
    progress === 'submitted' ? undefined : [{ message: 'This assessment does not wait for approval.' }],
};

const approverIsNotTheAuthor: ProcessPolicy<unknown> = {
  rule: 'approver-is-not-the-author',
  check: (_, { submission }, { actor }) =>
    submission?.submittedBy === actor.id
      ? [{ message: 'Somebody other than its author approves an assessment, or gives it back.' }]
      : undefined,
};

const returnHasReasons: ProcessPolicy<ReturnAssessmentData> = {
  rule: 'return-has-reasons',
  check: ({ reasons }) =>
    reasons.trim() ? undefined : [{ message: 'Say what the author should put right.', field: 'reasons' }],
};

const isComplete: ProcessPolicy<unknown> = {
  rule: 'assessment-is-complete',
  section: 'Care Act 2014 s9',
  check: (_, { standing, carer }) =>
    standing || carer ? undefined : [{ message: 'This assessment is not complete.' }],
};

const supersededOnce: ProcessPolicy<SupersedeAssessmentData> = {
  rule: 'superseded-by-another',
  section: 'Care Act 2014 s27',
  check: ({ assessmentId, by }, { progress }) => {
    if (progress === 'superseded') return [{ message: 'Another assessment stands in the place of this one already.' }];
    return by === assessmentId
      ? [{ message: 'An assessment is superseded by another one, not by itself.', field: 'by' }]
      : undefined;
  },
};

/** An assessment that waits for approval, or was refused without a duty that stands, is not completed past it. */
const nothingInTheWay: ProcessPolicy<unknown> = {
  rule: 'nothing-in-the-way-of-completing',
  section: 'Care Act 2014 s11',
  check: (_, { progress, dutyStands }) => {
    if (progress === 'submitted') return [{ message: 'This assessment waits for approval.' }];
    return progress === 'refused' && !dutyStands
      ? [{ message: 'The person refused, and no duty stands (section 11). Offer it again if they ask for it.' }]
      : undefined;
  },
};

const ofSubject = (subject: 'adult' | 'carer'): ProcessPolicy<unknown> => ({
  rule: 'assessed-as-what-they-are',
  section: 'Care Act 2014 s9, s10; Elig Regs reg 2, reg 3',
  check: (_, state) =>
    state.subject === undefined || state.subject === subject
      ? undefined
      : [
          {
            message:
              subject === 'adult'
                ? 'This is a carer’s assessment: it goes by regulation 3.'
                : 'This is the assessment of an adult’s own needs: it goes by regulation 2.',
          },
        ],
});

export const offerPolicies = [offeredOnce, notInTheFuture, carerCaresForSomebody, sayWhyNoSelfAssessment] as const;
export const supportedPolicies = [stillOpen, selfAssessmentWasOffered, notInTheFuture] as const;
export const refusalPolicies = [stillOpen, carerMayAlwaysRefuse, refusalHasReasons, notInTheFuture] as const;
export const startPolicies = [stillOpen, notStartedTwice, notInTheFuture] as const;
export const approvalPolicies = [wasSubmitted, approverIsNotTheAuthor, notInTheFuture] as const;
export const returnPolicies = [wasSubmitted, approverIsNotTheAuthor, returnHasReasons] as const;
export const supersedingPolicies = [isComplete, supersededOnce, notInTheFuture] as const;
export const openPolicies = [stillOpen] as const;
export const completingAdult = [ofSubject('adult'), nothingInTheWay] as const;
export const completingCarer = [ofSubject('carer'), nothingInTheWay] as const;
