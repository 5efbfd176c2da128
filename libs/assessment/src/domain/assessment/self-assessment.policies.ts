import type { DecisionContext, Fault, Policy } from '@caretrail/kernel';
import {
  type AnswerDifferenceData,
  type FormAnswer,
  type FormReference,
  formOf,
  isAnswered,
  PREFER_NOT_TO_SAY,
  type RecordAssessorAnswersData,
  type SubmitSelfAssessmentData,
} from '../../contracts/index.js';
import type { AssessmentState, Difference } from './assessment.state.js';

type SelfAssessmentPolicy<Data> = Policy<Data, AssessmentState, DecisionContext>;

const notRefused: SelfAssessmentPolicy<SubmitSelfAssessmentData> = {
  rule: 'self-assessment-is-wanted',
  section: 'SI 2014/2827 reg 2',
  check: (_, { selfAssessment }) => {
    if (selfAssessment?.accepted === false)
      return [{ message: 'The person does not want to assess themselves: record first that they changed their mind.' }];
    return selfAssessment?.offered === false ? [{ message: 'No supported self-assessment was offered.' }] : undefined;
  },
};

const submittedOnce: SelfAssessmentPolicy<SubmitSelfAssessmentData> = {
  rule: 'submitted-once',
  section: 'SI 2014/2827 reg 2',
  check: (_, { own }) =>
    own ? [{ message: 'The answers were sent already. What changed since is told to the assessor.' }] : undefined,
};

const formThatWasPut: SelfAssessmentPolicy<SubmitSelfAssessmentData> = {
  rule: 'answers-fit-the-form-that-was-put',
  section: 'Care Act 2014 s9(4)',
  check: ({ form }, state) =>
    state.form && (form.id !== state.form.id || form.version !== state.form.version)
      ? [{ message: 'These are the answers to another version of the form than the one that was put to the person.' }]
      : undefined,
};

/** What is wrong with answers to a form, each under the place of its answer. */
function faultsOfAnswers(answers: readonly FormAnswer[], reference: FormReference): Omit<Fault, 'rule' | 'section'>[] {
  const form = formOf(reference);
  if (!form) return [{ message: 'There is no such version of the form.', field: 'form' }];
  return answers.flatMap(({ question, answer }, at) => {
    const asked = form.questions.find(({ id }) => id === question);
    const field = `answers.${at}`;
    if (!asked) return [{ message: `The form does not ask “${question}”.`, field: `${field}.question` }];
    if (answers.findIndex((other) => other.question === question) !== at)
      return [{ message: `“${asked.asked}” is answered twice.`, field: `${field}.question` }];
    if (answer !== undefined && !asked.choices.some(({ value }) => value === answer))
      return [{ message: `“${asked.asked}” has no such answer.`, field: `${field}.answer` }];
    return [];
  });
}

const ownAnswersFit: SelfAssessmentPolicy<SubmitSelfAssessmentData> = {
  rule: 'answers-are-to-questions-asked',
  section: 'Care Act 2014 s9(4)',
  check: ({ answers, form }) => faultsOfAnswers(answers, form),
};

const somethingIsAnswered: SelfAssessmentPolicy<SubmitSelfAssessmentData> = {
  rule: 'something-is-answered',
  section: 'SI 2014/2827 reg 2',
  check: ({ answers, form }) =>
    formOf(form)?.questions.some((question) =>
      isAnswered(
        question,
        answers.find((each) => each.question === question.id),
      ),
    )
      ? undefined
      : [{ message: 'Answer at least one question before you send it.', field: 'answers' }],
};

const saysWhoAnswered: SelfAssessmentPolicy<SubmitSelfAssessmentData> = {
  rule: 'says-who-answered',
  section: 'SI 2014/2827 reg 2',
  check: ({ answeredBy, supportedBy, proxy }) => {
    if ((answeredBy === 'a representative') !== (proxy !== undefined))
      return [
        { message: 'Say which representative answered for the person, or that the person answered.', field: 'proxy' },
      ];
    return answeredBy === 'the person, with support' && !supportedBy?.trim()
      ? [{ message: 'Say who supported the person.', field: 'supportedBy' }]
      : undefined;
  },
};

const scopeCoversIt: SelfAssessmentPolicy<SubmitSelfAssessmentData> = {
  rule: 'representative-may-speak-in-this',
  section: 'Care Act 2014 s9(5); SI 2014/2827 reg 2',
  check: ({ proxy }) =>
    proxy && !proxy.scope.includes('assessment')
      ? [{ message: 'On this day the representative may not speak for the person in an assessment.', field: 'proxy' }]
      : undefined,
};

const assessorsAnswersFit: SelfAssessmentPolicy<RecordAssessorAnswersData> = {
  rule: 'answers-are-to-questions-asked',
  section: 'Care Act 2014 s9(4)',
  check: ({ answers }, { form }) => (form ? faultsOfAnswers(answers, form) : undefined),
};

const everyChoiceIsAnswered: SelfAssessmentPolicy<RecordAssessorAnswersData> = {
  rule: 'assessor-answers-every-question',
  section: 'Care Act 2014 s9(4)',
  check: ({ answers }, { form }) =>
    (form ? (formOf(form)?.questions ?? []) : []).flatMap(({ id, asked, choices }) => {
      const given = answers.find(({ question }) => question === id)?.answer;
      return choices.length && (given === undefined || given === PREFER_NOT_TO_SAY)
        ? [{ message: `Answer “${asked}”.`, field: `answers.${id}` }]
        : [];
    }),
};

const differencesHaveReasons: SelfAssessmentPolicy<RecordAssessorAnswersData> = {
  rule: 'difference-has-reasons',
  section: 'SI 2014/2827 reg 2',
  check: (data, state) =>
    differingQuestions(data.answers, state)
      .filter((id) => !data.differences.find(({ question }) => question === id)?.assessorsReasons.trim())
      .map((id) => ({
        message: 'Your answer is not the person’s: say why you see it differently.',
        field: `differences.${id}`,
      })),
};

const onlyDifferences: SelfAssessmentPolicy<RecordAssessorAnswersData> = {
  rule: 'difference-is-one',
  section: 'SI 2014/2827 reg 2',
  check: (data, state) => {
    const differing = differingQuestions(data.answers, state);
    return data.differences
      .filter(({ question }) => !differing.includes(question))
      .map(({ question }) => ({
        message: 'Both answers are the same here, so there is no difference to give reasons for.',
        field: `differences.${question}`,
      }));
  },
};

const thereIsADifference: SelfAssessmentPolicy<AnswerDifferenceData> = {
  rule: 'there-is-a-difference',
  section: 'Care Act 2014 s9(5)',
  check: ({ question }, { differences = {} }) =>
    differences[question] ? undefined : [{ message: 'There is no difference about this question.', field: 'question' }],
};

const personSaysSomething: SelfAssessmentPolicy<AnswerDifferenceData> = {
  rule: 'person-says-something',
  section: 'Care Act 2014 s9(5)',
  check: ({ personsReasons }) =>
    personsReasons.trim() ? undefined : [{ message: 'Write what is said to it.', field: 'personsReasons' }],
};

/** Questions that both answered, and not with the same choice. Nobody differs from whoever would rather not say. */
export function differingQuestions(answers: readonly FormAnswer[], { own }: Pick<AssessmentState, 'own'>): string[] {
  return answers.flatMap(({ question, answer }) => {
    const said = own?.data.answers.find((each) => each.question === question)?.answer;
    return said !== undefined && answer !== undefined && said !== PREFER_NOT_TO_SAY && said !== answer
      ? [question]
      : [];
  });
}

/** The differences that the assessor's answers make, by question. */
export function differencesOf(
  { answers, differences }: RecordAssessorAnswersData,
  state: AssessmentState,
): Readonly<Record<string, Difference>> {
  return Object.fromEntries(
    differingQuestions(answers, state).map((question): [string, Difference] => {
      const { assessorsReasons = '', personsReasons } = differences.find((each) => each.question === question) ?? {};
      return [
        question,
        {
          personSaid: state.own!.data.answers.find((each) => each.question === question)!.answer!,
          assessorSaid: answers.find((each) => each.question === question)!.answer!,
          assessorsReasons,
          ...(personsReasons?.trim() && { personsReasons }),
        },
      ];
    }),
  );
}

export const submissionPolicies = [
  notRefused,
  submittedOnce,
  formThatWasPut,
  ownAnswersFit,
  somethingIsAnswered,
  saysWhoAnswered,
  scopeCoversIt,
] as const;
export const assessorPolicies = [
  assessorsAnswersFit,
  everyChoiceIsAnswered,
  differencesHaveReasons,
  onlyDifferences,
] as const;
export const differencePolicies = [thereIsADifference, personSaysSomething] as const;
