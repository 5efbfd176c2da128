import {
  AnswerSupportedSelfAssessment,
  CompleteAssessment,
  currentForm,
  EstablishOrdinaryResidence,
  GiveDecisionInWriting,
  OfferAssessment,
  outcomes,
  questionOfOutcome,
  RecordWishes,
  RequestSupport,
  SubmitSelfAssessment,
} from '@caretrail/assessment/contracts';
import {
  AgreePersonalBudget,
  AllocateBudget,
  ChooseDeployment,
  RecordFinancialAssessment,
} from '@caretrail/budgets/contracts';
import type { Command, CommandMeta } from '@caretrail/kernel';
import { RegisterPerson } from '@caretrail/people/contracts';
import {
  AgreeSupportPlan,
  ContributePlanLine,
  GivePlanInWriting,
  RecordAboutPerson,
  StartSupportPlan,
} from '@caretrail/planning/contracts';

/** How far a synthetic case can be driven, in the legal order. */
export const caseStages = [
  'assessment-completed',
  'eligible',
  'budget-allocated',
  'budget-agreed',
  'plan-agreed',
] as const;
export type CaseStage = (typeof caseStages)[number];

/** The ids of a case; those that a process gives are there once it has. */
export interface CaseIds {
  readonly personId: string;
  readonly episodeId: string;
  readonly assessmentId: string;
  readonly lineIds: readonly [string, string];
  readonly allocationId?: string;
  readonly budgetId?: string;
  readonly planId?: string;
}

/** The meta of a command that an account sends: `practitioner`, `finance`, or `person` for the one whose case it is. */
type By = (who: 'practitioner' | 'finance' | 'person') => CommandMeta;

interface CaseStep {
  readonly stage: CaseStage;
  /** What has to be there first, by a process. */
  readonly needs?: 'allocationId' | 'budgetId' | 'planId';
  readonly command: (ids: CaseIds, by: By, seed: string) => Command;
}

const firstNames = ['Ada', 'Basil', 'Cora', 'Dennis', 'Elsie', 'Frank', 'Gwen', 'Harold', 'Iris', 'Joseph'];
/** Below what the demonstration council’s rulebook indicates for these needs, so that nobody has to approve more. */
const COST = 29_810;
const CONTRIBUTION = 6_480;
const COUNCIL = COST - CONTRIBUTION;
const unable = new Map([
  ['nutrition', 'cannot without help'],
  ['personal hygiene', 'takes much longer'],
] as const);

/** The steps of a case, each a command in the legal order. Everything in them is made up, and says so. */
export const caseSteps: readonly CaseStep[] = [
  {
    stage: 'assessment-completed',
    command: ({ personId }, by, seed) => {
      const digits = [...seed].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 10_000, 7);
      const dateOfBirth = `19${30 + (digits % 50)}-0${1 + (digits % 9)}-1${digits % 10}`;
      const details = {
        firstName: firstNames[digits % firstNames.length]!,
        lastName: `Synthetic-${seed}`,
        dateOfBirth,
        birthYear: Number(dateOfBirth.slice(0, 4)),
        postcode: 'ZZ4 2AB',
        postcodeSector: 'ZZ4 2',
      };
      return new RegisterPerson({ personId, simulated: true, details }, by('practitioner'));
    },
  },
  {
    stage: 'assessment-completed',
    command: ({ personId, episodeId }, by) =>
      new RequestSupport({ episodeId, personId, route: 'Community / Other route' }, by('practitioner')),
  },
  {
    stage: 'assessment-completed',
    command: ({ personId, assessmentId }, by) =>
      new OfferAssessment(
        { personId, assessmentId, subject: 'adult', caresFor: [], selfAssessmentOffered: true },
        by('practitioner'),
      ),
  },
  {
    stage: 'assessment-completed',
    command: ({ personId, assessmentId }, by) =>
      new AnswerSupportedSelfAssessment({ personId, assessmentId, accepted: true }, by('person')),
  },
  {
    stage: 'assessment-completed',
    command: ({ personId, assessmentId }, by) => {
      const { id, version } = currentForm('adult');
      const answers = [
        { question: 'what-matters', words: 'To stay at home, and to see my neighbours.' },
        ...outcomes.map((outcome) => ({
          question: questionOfOutcome[outcome],
          answer: unable.get(outcome as never) ?? 'able',
        })),
      ];
      return new SubmitSelfAssessment(
        { personId, assessmentId, form: { id, version }, answers, answeredBy: 'the person' },
        by('person'),
      );
    },
  },
  {
    stage: 'assessment-completed',
    command: ({ personId, assessmentId }, by) => {
      const meta = by('practitioner');
      return new CompleteAssessment(
        {
          personId,
          assessmentId,
          kind: 'Long term assessment',
          method: 'Service user only',
          startedOn: meta.effectiveOn,
          outcome: 'Progress to support planning or services',
          findings: outcomes.map((outcome) => {
            const meaning = unable.get(outcome as never);
            return meaning ? { outcome, able: false, unable: meaning } : { outcome, able: true };
          }),
          arisesFromImpairment: true,
          impactOnWellbeing: { significant: true, reasons: 'Control over day-to-day life, and being safe at home.' },
          reasons: 'Talked through at home, beside the person’s own answers.',
        },
        meta,
      );
    },
  },
  {
    stage: 'eligible',
    command: ({ personId, assessmentId }, by) =>
      new RecordWishes(
        {
          personId,
          assessmentId,
          wantsMet: 'all of them',
          needs: [],
          couldBeDone: 'Help in the mornings, and meals together with others.',
          inTheirWords: 'Yes, if it is the same faces.',
        },
        by('practitioner'),
      ),
  },
  {
    stage: 'eligible',
    command: ({ personId, assessmentId }, by) =>
      new EstablishOrdinaryResidence(
        {
          personId,
          assessmentId,
          resident: 'in this council’s area',
          ground: 'chosen and settled there (the ordinary meaning)',
          reasons: 'Has lived here for years, by choice.',
        },
        by('practitioner'),
      ),
  },
  {
    stage: 'eligible',
    command: ({ personId, assessmentId }, by) =>
      new GiveDecisionInWriting(
        {
          personId,
          assessmentId,
          documents: ['the assessment (s12(3))', 'the decision on eligibility, with reasons (s13(2))'],
          to: 'the person',
          format: 'letter',
        },
        by('practitioner'),
      ),
  },
  {
    stage: 'budget-allocated',
    needs: 'allocationId',
    command: ({ allocationId }, by) =>
      new AllocateBudget(
        {
          allocationId: allocationId!,
          costPencePerWeek: COST,
          personPaysPencePerWeek: CONTRIBUTION,
          councilPaysPencePerWeek: COUNCIL,
          reasons: 'What the hours that the needs take cost here.',
          needed: [{ service: 'home-support', unit: 'hour', amount: 9 * 60 }],
        },
        by('finance'),
      ),
  },
  {
    stage: 'budget-agreed',
    needs: 'budgetId',
    command: ({ budgetId }, by) =>
      new RecordFinancialAssessment(
        {
          budgetId: budgetId!,
          outcome: 'contribution assessed',
          contributionPencePerWeek: CONTRIBUTION,
          reasons: 'Assessed on income and capital; the minimum income guarantee is kept.',
        },
        by('finance'),
      ),
  },
  {
    stage: 'budget-agreed',
    needs: 'budgetId',
    command: ({ budgetId }, by) =>
      new AgreePersonalBudget(
        {
          budgetId: budgetId!,
          costPencePerWeek: COST,
          contributionPencePerWeek: CONTRIBUTION,
          councilPencePerWeek: COUNCIL,
          oneOff: [],
          reasons: 'The allocation as it was made final.',
        },
        by('finance'),
      ),
  },
  {
    stage: 'budget-agreed',
    needs: 'budgetId',
    command: ({ budgetId }, by) => {
      const whyNot = 'I want the council to do it.';
      return new ChooseDeployment(
        {
          budgetId: budgetId!,
          parts: [{ way: 'held by the care manager', pencePerWeek: COUNCIL }],
          ways: [
            { way: 'cash direct payment', offered: true, whyNot },
            { way: 'held by the care manager', offered: true },
            { way: 'trust', offered: true, whyNot },
            { way: 'indirect payment to a third party', offered: true, whyNot },
            { way: 'held by a provider', offered: true, whyNot },
          ],
        },
        by('finance'),
      );
    },
  },
  {
    stage: 'plan-agreed',
    needs: 'planId',
    command: ({ planId }, by) =>
      new RecordAboutPerson(
        {
          planId: planId!,
          whatMatters: 'Staying at home.',
          strengths: 'Knows everybody.',
          circle: [],
          independentLiving: [],
        },
        by('practitioner'),
      ),
  },
  {
    stage: 'plan-agreed',
    needs: 'planId',
    command: ({ planId, lineIds }, by) =>
      new ContributePlanLine(
        {
          planId: planId!,
          line: {
            lineId: lineIds[0],
            need: 'nutrition',
            action: 'Lunch with the neighbours, and a worker who cooks with me.',
            inOwnWords: 'I like to cook with somebody.',
            contributor: 'front-line worker',
            writtenBy: 'person',
            weeklyPence: 14_910,
            purpose: 'benefit',
          },
        },
        by('practitioner'),
      ),
  },
  {
    stage: 'plan-agreed',
    needs: 'planId',
    command: ({ planId, lineIds }, by) =>
      new ContributePlanLine(
        {
          planId: planId!,
          line: {
            lineId: lineIds[1],
            need: 'personal hygiene',
            action: 'A worker helps to wash and dress every morning.',
            contributor: 'front-line worker',
            writtenBy: 'front-line worker',
            weeklyPence: 14_900,
            purpose: 'benefit',
          },
        },
        by('practitioner'),
      ),
  },
  {
    stage: 'plan-agreed',
    needs: 'planId',
    command: ({ planId }, by) =>
      new AgreeSupportPlan(
        {
          planId: planId!,
          agreement: 'agreed',
          inTheirWords: 'That is what I want.',
          signature: { signatory: 'person', how: 'on paper' },
        },
        by('practitioner'),
      ),
  },
  {
    stage: 'plan-agreed',
    needs: 'planId',
    command: ({ planId }, by) =>
      new GivePlanInWriting({ planId: planId!, to: 'the person', format: 'letter' }, by('practitioner')),
  },
  {
    stage: 'plan-agreed',
    needs: 'planId',
    command: ({ planId }, by) => new StartSupportPlan({ planId: planId! }, by('practitioner')),
  },
];
