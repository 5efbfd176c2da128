import {
  type AssessmentCompletedData,
  assessmentCompleted,
  assessmentCorrected,
  assessmentOffered,
  assessmentRefused,
  carerAssessed,
  decisionGivenInWriting,
  ordinaryResidenceEstablished,
  requestConcluded,
  requestCorrected,
  supportRequested,
  wishesRecorded,
  type WishesRecordedData,
  writtenAdviceGiven,
} from '@caretrail/assessment/contracts';
import {
  allocationReopened,
  budgetAllocated,
  budgetDeploymentChosen,
  directPaymentAccountClosed,
  directPaymentPaid,
  financialAssessmentRecorded,
  personalBudgetAgreed,
  personalBudgetDrafted,
} from '@caretrail/budgets/contracts';
import { addMonths, type PlainDate, type StoredEvent } from '@caretrail/kernel';
import {
  advocateAppointed,
  type AdvocateAppointedData,
  advocateNotRequired,
  advocateOffered,
  type AdvocateOfferedData,
  carerIdentified,
  deathRecorded,
  erasureExtended,
  erasureRefused,
  erasureRequested,
  isForSafeguarding,
  MONTHS_TO_ANSWER_ERASURE,
  personErased,
} from '@caretrail/people/contracts';
import {
  needRecordedUnmet,
  planGivenInWriting,
  reviewCompleted,
  reviewCorrected,
  reviewDueSet,
  reviewRequestDeclined,
  reviewRequested,
  supportPlanAgreed,
  supportPlanClosed,
  supportPlanStarted,
  unmetNeedWithdrawn,
} from '@caretrail/planning/contracts';
import { type Duty, type DutyRule, type Effect, discharges, opens, renews, restates } from './duty.js';

const ASSESSMENT_FOLLOWS = 'Progress to assessment, review or reassessment';
const ELIGIBLE = 'Eligible needs identified';
const DECISION = 'the decision on eligibility, with reasons (s13(2))';
const ASSESSMENT = 'the assessment (s12(3))';

type Assessed = Pick<AssessmentCompletedData, 'eligibleNeeds' | 'row'>;
/** Decided here: a return does not say what was decided, or told, next. */
const decided = ({ eligibleNeeds, row }: Assessed): boolean => eligibleNeeds !== undefined && row === undefined;
const eligible = (data: Assessed): boolean => decided(data) && data.eligibleNeeds === ELIGIBLE;
const notEligible = (data: Assessed): boolean => decided(data) && data.eligibleNeeds !== ELIGIBLE;
const ofAssessment = { of: ({ assessmentId }: { readonly assessmentId: string }) => assessmentId };
const ofPlan = { of: ({ planId }: { readonly planId?: string | undefined }) => planId };
const completedOn = { on: ({ completedOn: on }: { readonly completedOn: PlainDate }) => on };
/** A return tells of what was: it opens nothing but a request that is open in it. */
const notOfReturn = (_: unknown, { metadata }: StoredEvent): boolean => metadata.source === undefined;

const wantsNothing = ({ wantsMet }: Pick<WishesRecordedData, 'wantsMet'>): boolean => wantsMet === 'none of them';

/** The one duty that does not stand in the way of an erasure. */
export const ANSWER_ERASURE = 'answer-erasure-request';

/** Opened when an assessment found what `found` asks for, whatever the assessment was of. */
const openedByAssessment = (found: (data: Assessed) => boolean): DutyRule[] => [
  opens(assessmentCompleted, { where: found, ...ofAssessment }),
  opens(assessmentCorrected, { where: found, ...ofAssessment, ...completedOn }),
  opens(carerAssessed, { where: found, ...ofAssessment }),
];
const ofAdvocacy = { of: ({ advocacyId }: { readonly advocacyId: string }) => advocacyId };

interface Concern {
  readonly concernId: string;
  readonly adults: readonly string[];
  readonly dutyToEnquire?: boolean;
  readonly actions?: readonly unknown[];
}

/** The same for every adult of a concern. Known by name alone: safeguarding's contracts reach only its own views. */
const ofConcern = (
  type: string,
  effect: 'opens' | 'discharges',
  where: (data: Concern) => boolean = () => true,
): DutyRule => ({
  type,
  marks: ({ data, metadata: { effectiveOn } }) => {
    const concern = data as Concern;
    if (!where(concern)) return [];
    return [...new Set(concern.adults)].map((personId) => ({
      effect,
      personId,
      scope: concern.concernId,
      effectiveOn,
    }));
  },
});

/** The same for the one adult whose protection plan it is about. */
const ofProtection = (
  type: string,
  effect: Effect,
  where: (data: { readonly next?: string }) => boolean = () => true,
): DutyRule => ({
  type: `safeguarding.protection-plan-${type}.v1`,
  marks: ({ data, metadata: { effectiveOn } }) => {
    const of = data as { concernId: string; adult: string; next?: string; reviewOn?: PlainDate };
    if (!where(of)) return [];
    const dueOn = of.reviewOn && { dueOn: of.reviewOn };
    return [{ effect, personId: of.adult, scope: of.concernId, effectiveOn, ...dueOn }];
  },
});

const advocate = (inSafeguarding: boolean): DutyRule[] => {
  const where = (data: AdvocateOfferedData | AdvocateAppointedData) => isForSafeguarding(data) === inSafeguarding;
  return [
    opens(advocateOffered, { where, ...ofAdvocacy }),
    discharges(advocateAppointed, { where, ...ofAdvocacy }),
    discharges(advocateNotRequired, { where, ...ofAdvocacy }),
  ];
};

/**
 * What the law asks of the council for one person, one row for each duty: opened and discharged by events. In the order
 * in which the law comes to them.
 */
export const duties: readonly Duty[] = [
  {
    name: 'assess',
    words: 'Assess the needs for care and support',
    section: 'Care Act 2014 s9(1)',
    turn: 'practitioner',
    endsWithDeath: true,
    rules: [
      opens(supportRequested),
      opens(requestCorrected, { on: ({ requestedOn }) => requestedOn }),
      opens(assessmentOffered, { where: ({ subject }) => subject === 'adult' }),
      discharges(requestConcluded, { where: ({ outcome }) => outcome !== ASSESSMENT_FOLLOWS }),
      discharges(requestCorrected, {
        where: ({ concludedOn, outcome }) => concludedOn !== undefined && outcome !== ASSESSMENT_FOLLOWS,
        on: ({ concludedOn }) => concludedOn,
      }),
      discharges(assessmentCompleted),
      discharges(assessmentCorrected, completedOn),
      // A refusal ends the duty unless s11(2) lets it stand.
      discharges(assessmentRefused, { where: ({ subject, dutyStands }) => subject === 'adult' && !dutyStands }),
    ],
  },
  {
    name: 'assess-carer',
    words: 'Assess the carer’s needs for support',
    section: 'Care Act 2014 s10(1)',
    turn: 'practitioner',
    endsWithDeath: true,
    rules: [
      opens(carerIdentified, { where: notOfReturn }),
      opens(assessmentOffered, { where: ({ subject }) => subject === 'carer' }),
      discharges(carerAssessed),
      discharges(assessmentRefused, { where: ({ subject, dutyStands }) => subject === 'carer' && !dutyStands }),
    ],
  },
  {
    name: 'arrange-advocate',
    words: 'Arrange an independent advocate',
    section: 'Care Act 2014 s67(2)',
    turn: 'practitioner',
    endsWithDeath: true,
    rules: advocate(false),
  },
  {
    name: 'give-assessment',
    words: 'Give a written record of the assessment',
    section: 'Care Act 2014 s12(3)',
    turn: 'practitioner',
    endsWithDeath: true,
    rules: [
      ...openedByAssessment(decided),
      discharges(decisionGivenInWriting, {
        where: ({ documents }) => documents.some((each) => each === ASSESSMENT),
        ...ofAssessment,
      }),
    ],
  },
  {
    name: 'give-eligibility-reasons',
    words: 'Give the decision on eligibility in writing, with reasons',
    section: 'Care Act 2014 s13(2)',
    turn: 'practitioner',
    endsWithDeath: true,
    rules: [
      ...openedByAssessment(decided),
      discharges(decisionGivenInWriting, {
        where: ({ documents }) => documents.some((each) => each === DECISION),
        ...ofAssessment,
      }),
    ],
  },
  {
    name: 'ask-wishes',
    words: 'Ask what the person wants, and consider what could be done',
    section: 'Care Act 2014 s13(3)(a)–(b), s13(4)(a)',
    turn: 'practitioner',
    endsWithDeath: true,
    rules: [...openedByAssessment(eligible), discharges(wishesRecorded, ofAssessment)],
  },
  {
    name: 'establish-residence',
    words: 'Establish where the person is ordinarily resident',
    section: 'Care Act 2014 s13(3)(c), s13(4)(b), s39',
    turn: 'practitioner',
    endsWithDeath: true,
    rules: [...openedByAssessment(eligible), discharges(ordinaryResidenceEstablished, ofAssessment)],
  },
  {
    name: 'give-advice',
    words: 'Give written advice on meeting, reducing and delaying the needs',
    section: 'Care Act 2014 s13(5)',
    turn: 'practitioner',
    endsWithDeath: true,
    rules: [...openedByAssessment(notEligible), discharges(writtenAdviceGiven, ofAssessment)],
  },
  {
    name: 'meet-needs',
    words: 'Meet the eligible needs',
    section: 'Care Act 2014 s18(1)',
    turn: 'broker',
    endsWithDeath: true,
    rules: [
      opens(assessmentCompleted, { where: eligible }),
      opens(assessmentCorrected, { where: eligible, ...completedOn }),
      opens(allocationReopened, { where: ({ ofCarer }) => !ofCarer }),
      discharges(wishesRecorded, { where: wantsNothing }),
      discharges(ordinaryResidenceEstablished, { where: ({ resident }) => resident === 'in another council’s area' }),
      discharges(supportPlanStarted),
    ],
  },
  {
    name: 'meet-carer-needs',
    words: 'Meet the carer’s eligible needs for support',
    section: 'Care Act 2014 s20(1)',
    turn: 'broker',
    endsWithDeath: true,
    rules: [
      opens(carerAssessed, { where: eligible }),
      opens(allocationReopened, { where: ({ ofCarer }) => ofCarer === true }),
      discharges(wishesRecorded, { where: wantsNothing }),
      discharges(ordinaryResidenceEstablished, { where: ({ resident }) => resident === 'in another council’s area' }),
      discharges(supportPlanStarted),
    ],
  },
  {
    name: 'decide-budget',
    words: 'Decide what meeting the needs costs',
    section: 'Care Act 2014 s24(1)(a), s26(1)(a)',
    turn: 'finance',
    endsWithDeath: true,
    rules: [
      // Of the assessment, as the wishes are: an allocation is opened and closed by processes, which may come later.
      opens(assessmentCompleted, { where: eligible, ...ofAssessment }),
      opens(carerAssessed, { where: eligible, ...ofAssessment }),
      opens(allocationReopened, ofAssessment),
      discharges(wishesRecorded, { where: wantsNothing, ...ofAssessment }),
      discharges(budgetAllocated, ofAssessment),
    ],
  },
  {
    name: 'assess-means',
    words: 'Assess what the person can pay, or record why not',
    section: 'Care Act 2014 s17(1)',
    turn: 'finance',
    endsWithDeath: true,
    rules: [
      opens(personalBudgetDrafted, { of: ({ budgetId }) => budgetId }),
      discharges(financialAssessmentRecorded, { of: ({ budgetId }) => budgetId }),
    ],
  },
  {
    name: 'state-budget',
    words: 'State the personal budget: what it costs, what the person pays, what the council pays',
    section: 'Care Act 2014 s25(1)(e), s26(1)',
    turn: 'finance',
    endsWithDeath: true,
    rules: [
      opens(personalBudgetDrafted, { of: ({ budgetId }) => budgetId }),
      discharges(personalBudgetAgreed, { of: ({ budgetId }) => budgetId }),
    ],
  },
  {
    name: 'offer-direct-payment',
    words: 'Say which needs a direct payment may meet, and let the person choose how the money is held',
    section: 'Care Act 2014 s24(1)(b)–(c)',
    turn: 'practitioner',
    endsWithDeath: true,
    rules: [
      opens(personalBudgetDrafted, { of: ({ budgetId }) => budgetId }),
      discharges(budgetDeploymentChosen, { of: ({ budgetId }) => budgetId }),
    ],
  },
  {
    name: 'plan',
    words: 'Prepare a care and support plan with the person',
    section: 'Care Act 2014 s24(1)(a)',
    turn: 'practitioner',
    endsWithDeath: true,
    rules: [
      opens(assessmentCompleted, { where: eligible }),
      opens(assessmentCorrected, { where: eligible, ...completedOn }),
      opens(carerAssessed, { where: eligible }),
      opens(allocationReopened),
      discharges(wishesRecorded, { where: wantsNothing }),
      discharges(ordinaryResidenceEstablished, { where: ({ resident }) => resident === 'in another council’s area' }),
      discharges(supportPlanAgreed),
    ],
  },
  {
    name: 'meet-open-need',
    words: 'Meet a need that stands unmet without a lawful reason',
    section: 'Care Act 2014 s18(1), s20(1)',
    turn: 'broker',
    endsWithDeath: true,
    rules: [
      opens(needRecordedUnmet, { where: ({ reason }) => !reason, of: ({ planId, need }) => `${planId}/${need}` }),
      discharges(needRecordedUnmet, { where: ({ reason }) => !!reason, of: ({ planId, need }) => `${planId}/${need}` }),
      discharges(unmetNeedWithdrawn, { of: ({ planId, need }) => `${planId}/${need}` }),
    ],
  },
  {
    name: 'give-plan',
    words: 'Give the person a copy of the plan',
    section: 'Care Act 2014 s25(9)',
    turn: 'practitioner',
    endsWithDeath: true,
    rules: [
      opens(supportPlanAgreed, ofPlan),
      discharges(planGivenInWriting, ofPlan),
      discharges(supportPlanClosed, ofPlan),
    ],
  },
  {
    name: 'review',
    words: 'Review the plan',
    section: 'Care Act 2014 s27(1)(a)',
    turn: 'practitioner',
    due: 'Within 12 months of the sign-off or the last review, or on the earlier day that was set (Care and Support Statutory Guidance 13.32)',
    endsWithDeath: true,
    rules: [
      opens(supportPlanAgreed, { ...ofPlan, due: (on) => addMonths(on, 12) }),
      restates(reviewDueSet, { ...ofPlan, due: (_, { dueOn }) => dueOn }),
      renews(reviewCompleted, { ...ofPlan, due: (on) => addMonths(on, 12) }),
      renews(reviewCorrected, { ...completedOn, due: (on) => addMonths(on, 12) }),
      discharges(supportPlanClosed, ofPlan),
    ],
  },
  {
    name: 'review-on-request',
    words: 'Review the plan because somebody asked for it',
    section: 'Care Act 2014 s27(1)(b)',
    turn: 'practitioner',
    endsWithDeath: true,
    rules: [
      opens(reviewRequested, { of: ({ reviewId }) => reviewId }),
      discharges(reviewCompleted, { of: ({ reviewId }) => reviewId }),
      discharges(reviewRequestDeclined, { of: ({ reviewId }) => reviewId }),
      discharges(supportPlanClosed),
    ],
  },
  {
    name: 'review-direct-payment',
    words: 'Review the making of direct payments',
    section: 'Care and Support (Direct Payments) Regulations 2014 reg 7',
    turn: 'finance',
    due: 'Within 6 months of the first payment, then at most 12 months after the last review (reg 7(1))',
    endsWithDeath: true,
    rules: [
      opens(directPaymentPaid, { of: ({ accountId }) => accountId, due: (on) => addMonths(on, 6) }),
      renews(reviewCompleted, {
        where: ({ coversDirectPayments }) => coversDirectPayments === true,
        due: (on) => addMonths(on, 12),
      }),
      discharges(directPaymentAccountClosed, { of: ({ accountId }) => accountId }),
    ],
  },
  {
    name: ANSWER_ERASURE,
    words: 'Answer the request to be erased, and carry out what was agreed',
    section: 'UK GDPR Article 12(3), 17(1)',
    turn: 'safeguarding',
    due: 'Within one month of receiving it, or three where the person was told why within the first (UK GDPR Article 12(3))',
    endsWithDeath: true,
    rules: [
      opens(erasureRequested, { due: (on) => addMonths(on, MONTHS_TO_ANSWER_ERASURE) }),
      restates(erasureExtended, { due: (_, { answerBy }) => answerBy }),
      discharges(erasureRefused),
      discharges(personErased),
    ],
  },
  {
    name: 'decide-section-42',
    words: 'Decide whether there is a duty to enquire',
    section: 'Care Act 2014 s42(1)',
    turn: 'safeguarding',
    needToKnow: true,
    endsWithDeath: false,
    rules: [
      ofConcern('safeguarding.alert-raised.v1', 'opens'),
      ofConcern('safeguarding.s42-criteria-decided.v1', 'discharges'),
    ],
  },
  {
    name: 'enquire',
    words: 'Make enquiries, or have them made, and decide what action is to be taken',
    section: 'Care Act 2014 s42(2)',
    turn: 'safeguarding',
    needToKnow: true,
    endsWithDeath: false,
    rules: [
      ofConcern('safeguarding.s42-criteria-decided.v1', 'opens', ({ dutyToEnquire }) => dutyToEnquire === true),
      ofConcern('safeguarding.enquiry-concluded.v1', 'discharges'),
      // So does deciding again that there is no duty.
      ofConcern('safeguarding.s42-criteria-decided.v1', 'discharges', ({ dutyToEnquire }) => dutyToEnquire !== true),
    ],
  },
  {
    name: 'agree-protection-plan',
    words: 'Agree with the adult how they are kept safe, or say why no protection plan is needed',
    section: 'Care Act 2014 s42(2)',
    turn: 'safeguarding',
    needToKnow: true,
    endsWithDeath: true,
    rules: [
      ofConcern('safeguarding.enquiry-concluded.v1', 'opens', ({ actions }) => !!actions?.length),
      ofProtection('agreed', 'discharges'),
      ofProtection('not-needed', 'discharges'),
    ],
  },
  {
    name: 'review-protection-plan',
    words: 'Review the protection plan',
    section: 'Care Act 2014 s42(2)',
    turn: 'safeguarding',
    due: 'On the day that the plan or its last review says (Care and Support Statutory Guidance chapter 14)',
    needToKnow: true,
    endsWithDeath: true,
    rules: [
      ofProtection('agreed', 'restates'),
      ofProtection('reviewed', 'renews', ({ next }) => next === 'the plan goes on'),
      ofProtection('reviewed', 'discharges', ({ next }) => next === 'the plan ends'),
    ],
  },
  {
    name: 'arrange-safeguarding-advocate',
    words: 'Arrange an independent advocate for the enquiry or review',
    section: 'Care Act 2014 s68(2)',
    turn: 'safeguarding',
    needToKnow: true,
    endsWithDeath: false,
    rules: advocate(true),
  },
];

/** A death ends what is owed to the person, and not what is owed to finding out how they came to harm. */
export const endedByDeath: DutyRule = discharges(deathRecorded, { on: ({ diedOn }) => diedOn });

export const dutyNamed = (name: string): Duty | undefined => duties.find((duty) => duty.name === name);
