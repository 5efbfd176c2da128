import { type DecisionContext, formatDate, type Policy } from '@caretrail/kernel';
import type {
  EstablishOrdinaryResidenceData,
  GiveDecisionInWritingData,
  GiveWrittenAdviceData,
  RecordWishesData,
  Residence,
  residenceGrounds,
  SignpostToUniversalServiceData,
} from '../../contracts/index.js';
import { type AssessmentState, decisionOf } from './assessment.state.js';

type DeterminationPolicy<Data> = Policy<Data, AssessmentState, DecisionContext>;

const decided: DeterminationPolicy<unknown> = {
  rule: 'eligibility-is-decided-first',
  section: 'Care Act 2014 s13(1)',
  check: (_, state) =>
    decisionOf(state) ? undefined : [{ message: 'Decide first whether there are eligible needs.' }],
};

/** Where somebody lives is often known before; what follows from the decision is not. */
const notBeforeTheDecision: DeterminationPolicy<unknown> = {
  rule: 'not-before-the-decision',
  section: 'Care Act 2014 s13',
  check: (_, { decidedOn }, { effectiveOn }) =>
    decidedOn && effectiveOn < decidedOn
      ? [{ message: `Eligibility was decided on ${formatDate(decidedOn)}: this follows it.`, field: 'effectiveOn' }]
      : undefined,
};

const someAreEligible: DeterminationPolicy<unknown> = {
  rule: 'some-needs-are-eligible',
  section: 'Care Act 2014 s13(3), (4)',
  check: (_, state) => {
    const decision = decisionOf(state);
    return decision && decision !== 'Eligible needs identified'
      ? [{ message: 'None of the needs is eligible: give written advice instead (section 13(5)).' }]
      : undefined;
  },
};

const noneIsEligible: DeterminationPolicy<GiveWrittenAdviceData> = {
  rule: 'written-advice-where-none-is-eligible',
  section: 'Care Act 2014 s13(5)',
  check: (_, state) =>
    decisionOf(state) === 'Eligible needs identified'
      ? [{ message: 'Some needs are eligible: ask the person’s wishes instead (section 13(3)).' }]
      : undefined,
};

const notInTheFuture: DeterminationPolicy<unknown> = {
  rule: 'happened-by-today',
  section: 'Care Act 2014 s13',
  check: (_, __, { effectiveOn, today }) =>
    effectiveOn > today ? [{ message: 'This day has not come yet.', field: 'effectiveOn' }] : undefined,
};

const wishesNameTheNeeds: DeterminationPolicy<RecordWishesData> = {
  rule: 'wishes-name-the-needs',
  section: 'Care Act 2014 s13(3)(b)',
  check: ({ wantsMet, needs }, { standing, carer }) => {
    if (carer) return undefined;
    if ((wantsMet === 'some of them') !== needs.length > 0)
      return [
        { message: 'Where the person wants some of the needs met, say which; else leave them out.', field: 'needs' },
      ];
    const found = standing?.findings.filter(({ able }) => !able).map(({ outcome }) => outcome) ?? [];
    const others = needs.filter((need) => !found.includes(need));
    return others.length
      ? [{ message: `The assessment did not find these needs: ${others.join(', ')}.`, field: 'needs' }]
      : undefined;
  },
};

const couldBeDoneIsSaid: DeterminationPolicy<RecordWishesData> = {
  rule: 'what-could-be-done-is-considered',
  section: 'Care Act 2014 s13(3)(a), (4)(a)',
  check: ({ couldBeDone }) =>
    couldBeDone.trim() ? undefined : [{ message: 'Say what could be done to meet the needs.', field: 'couldBeDone' }],
};

const groundsOf: Readonly<Record<Residence, readonly (typeof residenceGrounds)[number][]>> = {
  'in this council’s area': [
    'chosen and settled there (the ordinary meaning)',
    'before being placed in specified accommodation (s39(1))',
    'before a stay in NHS accommodation (s39(5))',
    'an agreement or determination (s40)',
  ],
  'in another council’s area': [
    'chosen and settled there (the ordinary meaning)',
    'before being placed in specified accommodation (s39(1))',
    'before a stay in NHS accommodation (s39(5))',
    'an agreement or determination (s40)',
  ],
  'no settled residence, and present here': ['no settled residence (s18(1)(a), s20(1))'],
};

const groundFits: DeterminationPolicy<EstablishOrdinaryResidenceData> = {
  rule: 'ground-fits-the-residence',
  section: 'Care Act 2014 s39',
  check: ({ resident, ground }) =>
    groundsOf[resident].includes(ground)
      ? undefined
      : [
          {
            message: 'On this ground somebody is not resident there: choose the one that was decisive.',
            field: 'ground',
          },
        ],
};

const otherCouncilIsNamed: DeterminationPolicy<EstablishOrdinaryResidenceData> = {
  rule: 'other-council-is-named',
  section: 'Care Act 2014 s39, s40',
  check: ({ resident, otherCouncil }) =>
    (resident === 'in another council’s area') === (otherCouncil !== undefined)
      ? undefined
      : [
          {
            message: 'Name the other council where the person is resident there, and only then.',
            field: 'otherCouncil',
          },
        ],
};

const residenceHasReasons: DeterminationPolicy<EstablishOrdinaryResidenceData> = {
  rule: 'residence-has-reasons',
  section: 'Care Act 2014 s39',
  check: ({ reasons }) => (reasons.trim() ? undefined : [{ message: 'Give the reasons.', field: 'reasons' }]),
};

const somethingWasGiven: DeterminationPolicy<GiveDecisionInWritingData> = {
  rule: 'something-was-given',
  section: 'Care Act 2014 s12(3), s13(2)',
  check: ({ documents }) =>
    documents.length ? undefined : [{ message: 'Say what was given in writing.', field: 'documents' }],
};

const adviceAnswers: DeterminationPolicy<GiveWrittenAdviceData> = {
  rule: 'advice-says-what-can-be-done',
  section: 'Care Act 2014 s13(5)(a), (b)',
  check: ({ about, words }) => [
    ...(about.length === 2
      ? []
      : [
          {
            message:
              'The advice says what can be done about the needs, and what to prevent or delay further ones: both.',
            field: 'about',
          },
        ]),
    ...(words.trim() ? [] : [{ message: 'Write the advice that the person is given.', field: 'words' }]),
  ],
};

const signpostFromAnAssessment: DeterminationPolicy<SignpostToUniversalServiceData> = {
  rule: 'signpost-belongs-to-an-assessment',
  section: 'Care Act 2014 s4',
  check: (_, { progress, standing, carer }) =>
    progress || standing || carer ? undefined : [{ message: 'Offer the assessment first.', field: 'assessmentId' }],
};

const aRealChoice: DeterminationPolicy<SignpostToUniversalServiceData> = {
  rule: 'alternatives-are-others',
  section: 'Care Act 2014 s4(2)',
  check: ({ service, alternatives }) =>
    alternatives.includes(service)
      ? [
          {
            message: 'An alternative is another service than the one that the person was pointed to.',
            field: 'alternatives',
          },
        ]
      : undefined,
};

export const wishesPolicies = [
  decided,
  someAreEligible,
  wishesNameTheNeeds,
  couldBeDoneIsSaid,
  notBeforeTheDecision,
  notInTheFuture,
] as const;
export const residencePolicies = [
  decided,
  someAreEligible,
  groundFits,
  otherCouncilIsNamed,
  residenceHasReasons,
  notInTheFuture,
] as const;
export const writingPolicies = [decided, somethingWasGiven, notBeforeTheDecision, notInTheFuture] as const;
export const advicePolicies = [decided, noneIsEligible, adviceAnswers, notBeforeTheDecision, notInTheFuture] as const;
export const signpostPolicies = [signpostFromAnAssessment, aRealChoice, notInTheFuture] as const;
