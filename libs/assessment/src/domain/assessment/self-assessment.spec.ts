import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  AnswerDifference,
  assessmentEvents,
  currentForm,
  type FormAnswer,
  RecordAssessorAnswers,
  type SelfAssessmentSubmittedData,
  SubmitSelfAssessment,
} from '../../contracts/index.js';
import { assessmentDecider, type AssessmentEvent } from './assessment.decider.js';

const assessmentId = '0b0f0000-0000-4000-8000-000000000001';
const personId = '0b0f0000-0000-4000-8000-000000000002';
const representationId = '0b0f0000-0000-4000-8000-000000000004';
const ids = { assessmentId, personId };
const form = { id: 'adult-self-assessment' as const, version: 1 };
const offered: AssessmentEvent = {
  type: 'assessment.assessment-offered.v1',
  data: { ...ids, subject: 'adult', caresFor: [], form, selfAssessmentOffered: true },
};
const own: SelfAssessmentSubmittedData = {
  ...ids,
  form,
  answers: [
    { question: 'what-matters', words: 'My garden' },
    { question: 'nutrition', answer: 'cannot without help', words: 'I forget to drink.' },
    { question: 'clothing', answer: 'able' },
    { question: 'wellbeing', answer: 'prefer not to say' },
  ],
  answeredBy: 'the person',
};
const sent: AssessmentEvent & { id: string } = {
  type: 'assessment.self-assessment-submitted.v1',
  data: own,
  id: '0b0f0000-0000-4000-8000-000000000009',
};
const spec = specification(assessmentDecider, assessmentEvents);
const sending = (change: Partial<SelfAssessmentSubmittedData>) =>
  spec.given(offered).when(SubmitSelfAssessment, { ...own, ...change });

describe('a self-assessment', () => {
  it('is an event of its own', () => sending({}).then({ type: 'assessment.self-assessment-submitted.v1', data: own }));
  it('is sent once', () => spec.given(offered, sent).when(SubmitSelfAssessment, own).thenRefused('submitted-once'));
  it('is sent while the assessment is open', () =>
    spec.when(SubmitSelfAssessment, own).thenRefused('assessment-is-open'));
  it('is not sent by whoever does not want it, but by whoever changed their mind', () => {
    const answered = (accepted: boolean): AssessmentEvent => ({
      type: 'assessment.supported-self-assessment-answered.v1',
      data: { ...ids, accepted },
    });
    spec
      .given(offered, answered(false))
      .when(SubmitSelfAssessment, own)
      .thenRefused('self-assessment-is-wanted', { section: 'SI 2014/2827 reg 2' });
    expect(spec.given(offered, answered(false), answered(true)).when(SubmitSelfAssessment, own).events()).toHaveLength(
      1,
    );
  });
  it('is not sent where none was offered', () =>
    spec
      .given({ ...offered, data: { ...offered.data, selfAssessmentOffered: false } })
      .when(SubmitSelfAssessment, own)
      .thenRefused('self-assessment-is-wanted'));

  it('answers the form that was put to the person', () => {
    sending({ form: { id: 'carer-self-assessment', version: 1 } }).thenRefused('answers-fit-the-form-that-was-put');
    sending({ form: { ...form, version: 99 } }).thenRefused('answers-are-to-questions-asked', { field: 'form' });
    sending({ form: { ...form, version: 99 } }).thenRefused('answers-fit-the-form-that-was-put');
  });
  it.each<[FormAnswer[], string]>([
    [[{ question: 'shoe-size', words: '7' }], 'answers.0.question'],
    [[own.answers[1]!, own.answers[1]!], 'answers.1.question'],
    [[{ question: 'nutrition', answer: 'perhaps' }], 'answers.0.answer'],
  ])('answers what was asked, once, with an answer there is (%#)', (answers, field) =>
    sending({ answers }).thenRefused('answers-are-to-questions-asked', { section: 'Care Act 2014 s9(4)', field }),
  );
  it.each<[FormAnswer[]]>([
    [[]],
    [[{ question: 'what-matters', words: ' ' }]],
    [[{ question: 'nutrition', words: 'x' }]],
  ])('answers something (%#)', (answers) =>
    sending({ answers }).thenRefused('something-is-answered', { field: 'answers' }),
  );

  it('says who supported the person', () => {
    for (const supportedBy of [undefined, ' '])
      sending({ answeredBy: 'the person, with support', supportedBy }).thenRefused('says-who-answered', {
        field: 'supportedBy',
      });
    expect(sending({ answeredBy: 'the person, with support', supportedBy: 'My sister' }).events()).toHaveLength(1);
  });
  const proxy = { representationId, kind: 'informal', scope: ['assessment'] };
  it('says which representative answered, and only then', () => {
    expect(sending({ answeredBy: 'a representative', proxy }).events()).toHaveLength(1);
    sending({ answeredBy: 'a representative' }).thenRefused('says-who-answered', { field: 'proxy' });
    sending({ proxy }).thenRefused('says-who-answered', { field: 'proxy' });
  });
  it('is answered by a representative whose scope covers it on that day', () =>
    sending({ answeredBy: 'a representative', proxy: { ...proxy, scope: ['direct payment'] } }).thenRefused(
      'representative-may-speak-in-this',
      { section: 'Care Act 2014 s9(5); SI 2014/2827 reg 2', field: 'proxy' },
    ));
});

describe('the assessor’s answers', () => {
  /** Every question with choices, answered as the person did or with the first answer there is. */
  const answers = currentForm('adult').questions.flatMap(({ id, choices }): FormAnswer[] => {
    const said = own.answers.find(({ question }) => question === id)?.answer;
    return choices.length
      ? [{ question: id, answer: said && said !== 'prefer not to say' ? said : choices[0]!.value }]
      : [];
  });
  const data = { ...ids, answers, differences: [] };
  const otherwise = answers.map((each) =>
    each.question === 'nutrition' ? { ...each, answer: 'takes much longer' } : each,
  );
  const difference = {
    question: 'nutrition',
    assessorsReasons: 'She cooked while I was there.',
    personsReasons: 'A good day.',
  };
  const given = spec.given(offered, sent);

  it('stand beside the person’s, and nobody differs from whoever would rather not say', () =>
    given.when(RecordAssessorAnswers, data).then({
      type: 'assessment.assessor-answers-recorded.v1',
      data: { ...ids, form, answers, beside: sent.id },
    }));
  it('may be given without the person’s', () =>
    spec
      .given(offered)
      .when(RecordAssessorAnswers, data)
      .then({
        type: 'assessment.assessor-answers-recorded.v1',
        data: { ...ids, form, answers },
      }));
  it('differ by question, with the reasons of both', () =>
    expect(
      given.when(RecordAssessorAnswers, { ...data, answers: otherwise, differences: [difference] }).events()[1],
    ).toEqual({
      type: 'assessment.assessor-answer-differed.v1',
      data: { ...ids, personSaid: 'cannot without help', assessorSaid: 'takes much longer', ...difference },
    }));
  it('differ in each question by what was said there', () => {
    const both = otherwise.map((each) =>
      each.question === 'clothing' ? { ...each, answer: 'cannot without help' } : each,
    );
    const clothing = { question: 'clothing', assessorsReasons: 'Buttons.', personsReasons: ' ' };
    expect(
      given
        .when(RecordAssessorAnswers, { ...data, answers: both, differences: [difference, clothing] })
        .events()
        .slice(1),
    ).toEqual([
      {
        type: 'assessment.assessor-answer-differed.v1',
        data: { ...ids, personSaid: 'cannot without help', assessorSaid: 'takes much longer', ...difference },
      },
      {
        type: 'assessment.assessor-answer-differed.v1',
        data: {
          ...ids,
          question: 'clothing',
          personSaid: 'able',
          assessorSaid: 'cannot without help',
          assessorsReasons: 'Buttons.',
        },
      },
    ]);
    for (const reasons of [[difference], [difference, { ...clothing, assessorsReasons: ' ' }]])
      given
        .when(RecordAssessorAnswers, { ...data, answers: both, differences: reasons })
        .thenRefused('difference-has-reasons', { field: 'differences.clothing' });
    const alone = { question: 'nutrition', assessorsReasons: 'She cooked.' };
    expect(
      given.when(RecordAssessorAnswers, { ...data, answers: otherwise, differences: [alone] }).events()[1]?.data,
    ).not.toHaveProperty('personsReasons');
  });
  it('cannot be to a form that nobody knows any more', () =>
    spec
      .given({ ...offered, data: { ...offered.data, form: { ...form, version: 99 } } })
      .when(RecordAssessorAnswers, data)
      .thenRefused('answers-are-to-questions-asked', { field: 'form' }));
  it('differ with reasons, and give reasons only where they differ', () => {
    given
      .when(RecordAssessorAnswers, { ...data, answers: otherwise })
      .thenRefused('difference-has-reasons', { section: 'SI 2014/2827 reg 2', field: 'differences.nutrition' });
    given
      .when(RecordAssessorAnswers, { ...data, differences: [difference] })
      .thenRefused('difference-is-one', { field: 'differences.nutrition' });
  });
  it('leave nothing open', () => {
    given
      .when(RecordAssessorAnswers, { ...data, answers: answers.slice(1) })
      .thenRefused('assessor-answers-every-question', { field: `answers.${answers[0]!.question}` });
    given
      .when(RecordAssessorAnswers, {
        ...data,
        answers: answers.map((each) =>
          each.question === 'wellbeing' ? { ...each, answer: 'prefer not to say' } : each,
        ),
      })
      .thenRefused('assessor-answers-every-question', { field: 'answers.wellbeing' });
  });
  it('are to what was asked', () =>
    given
      .when(RecordAssessorAnswers, { ...data, answers: [...answers, { question: 'shoe-size', answer: '7' }] })
      .thenRefused('answers-are-to-questions-asked'));
  it('are given to an assessment that was offered', () =>
    spec.when(RecordAssessorAnswers, data).thenRefused('assessment-is-open'));

  const differed: AssessmentEvent = {
    type: 'assessment.assessor-answer-differed.v1',
    data: { ...ids, personSaid: 'cannot without help', assessorSaid: 'takes much longer', ...difference },
  };
  const recorded: AssessmentEvent = {
    type: 'assessment.assessor-answers-recorded.v1',
    data: { ...ids, form, answers: otherwise },
  };
  const said = { ...ids, question: 'nutrition', personsReasons: 'On most days I cannot.' };
  it('are answered by the person where they differ', () =>
    spec
      .given(offered, sent, recorded, differed)
      .when(AnswerDifference, said)
      .then({ type: 'assessment.difference-answered.v1', data: said }));
  it('are answered with something, and nowhere else', () => {
    const history = spec.given(offered, sent, recorded, differed);
    history
      .when(AnswerDifference, { ...said, personsReasons: ' ' })
      .thenRefused('person-says-something', { field: 'personsReasons' });
    history
      .when(AnswerDifference, { ...said, question: 'clothing' })
      .thenRefused('there-is-a-difference', { field: 'question' });
    // Recorded anew without the difference, there is none any more.
    spec
      .given(offered, sent, recorded, differed, { ...recorded, data: { ...recorded.data, answers } })
      .when(AnswerDifference, said)
      .thenRefused('there-is-a-difference');
  });
});
