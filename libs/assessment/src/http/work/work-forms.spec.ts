import { InvalidInput } from '@caretrail/kernel';
import { describe, expect, it } from '@jest/globals';
import { ZodError } from 'zod';
import type { AssessmentRecord } from '../../application/assessment.query.js';
import { carerOutcomes, CompleteCarerAssessment, currentForm, OfferAssessment } from '../../contracts/index.js';
import {
  answerFrom,
  progressOf,
  questionAfter,
  questionBefore,
  whoAnswered,
} from '../self-assessment/self-assessment-steps.js';
import { assessmentSteps, stepFrom } from './assessment-steps.js';
import { assessorAnswersFrom, compared, typedBefore } from './assessor-answers.js';
import { carerAssessmentFrom } from './carer-form.js';
import { offerFrom } from './offer-form.js';

const ids = {
  assessmentId: '4471c0de-0000-4000-8000-000000000001',
  personId: '4471c0de-0000-4000-8000-000000000002',
};
const mother = '4471c0de-0000-4000-8000-000000000003';
const faultsOf = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ field }) => field);
    throw error;
  }
  return [];
};

describe('an offer that is typed', () => {
  const typed = {
    subject: 'carer',
    caresFor: `/people/${mother}\n/people/${mother}`,
    selfAssessmentOffered: 'no',
    effectiveOn: '1/3/2026',
  };
  it('becomes the command', () => {
    const { data, effectiveOn } = offerFrom(ids, { ...typed, whyNotOffered: ' No capacity ' });
    expect(effectiveOn).toBe('2026-03-01');
    expect(OfferAssessment.schema.parse(data)).toEqual({
      ...ids,
      subject: 'carer',
      caresFor: [mother],
      selfAssessmentOffered: false,
      whyNotOffered: 'No capacity',
    });
  });
  it('names what was left out', () =>
    expect(faultsOf(() => offerFrom(ids, { caresFor: 'her mother' }))).toEqual([
      'subject',
      'caresFor',
      'selfAssessmentOffered',
      'effectiveOn',
    ]));
});

describe('the steps of an assessment', () => {
  const read = (name: string, typed: object) =>
    stepFrom(assessmentSteps[name]!, ids, { effectiveOn: '1/3/2026', ...typed });
  it('become commands, of every kind of field', () => {
    expect(read('supported-self-assessment', { accepted: 'no' }).data).toEqual({ ...ids, accepted: false });
    expect(read('start', {}).data).toEqual(ids);
    expect(
      read('refusal', { grounds: 'is experiencing, or at risk of, abuse or neglect', reasons: ' Seen at home ' }).data,
    ).toEqual({ ...ids, grounds: ['is experiencing, or at risk of, abuse or neglect'], reasons: 'Seen at home' });
    expect(read('signpost', { kind: 'housing', service: 'Homes First', alternatives: 'A\n\n B ' }).data).toEqual({
      ...ids,
      kind: 'housing',
      service: 'Homes First',
      alternatives: ['A', 'B'],
    });
    const serviceId = 'ac148810-d857-441c-9679-408f346de14b';
    expect(read('signpost', { kind: 'housing', service: 'Homes First', serviceId }).data).toMatchObject({ serviceId });
  });
  it('leave to the rules what must be said, and ask for what cannot be read', () => {
    expect(read('return', {}).data).toEqual({ ...ids, reasons: '' });
    expect(faultsOf(() => read('residence', { resident: 'the moon', effectiveOn: 'x' }))).toEqual([
      'resident',
      'ground',
      'effectiveOn',
    ]);
    expect(() => read('signpost', { kind: 'housing' })).toThrow(ZodError);
  });
  it('are offered when it is their turn', () => {
    const turn = (record: object) =>
      Object.entries(assessmentSteps)
        .filter(([, step]) => step.isNext(record as AssessmentRecord))
        .map(([name]) => name);
    expect(turn({ open: true, state: { progress: 'offered', selfAssessment: { offered: true } } })).toEqual([
      'supported-self-assessment',
      'start',
      'refusal',
      'signpost',
    ]);
    expect(turn({ open: false, state: { progress: 'submitted' } })).toEqual(['approval', 'return', 'signpost']);
    expect(turn({ state: {}, decision: 'Eligible needs identified' })).toEqual([
      'wishes',
      'residence',
      'writing',
      'signpost',
    ]);
    expect(turn({ state: {}, decision: 'No needs identified' })).toEqual(['writing', 'advice', 'signpost']);
  });
});

describe('a carer’s assessment that is typed', () => {
  const typed: Record<string, string> = {
    ...Object.fromEntries(carerOutcomes.map((_, at) => [`findings.${at}`, at ? 'able' : 'cannot without help'])),
    startedOn: '1/2/2026',
    effectiveOn: '1/3/2026',
    arisesFromCaring: 'yes',
    healthAtRisk: 'no',
    able: 'partly',
    willing: 'yes',
    'impactOnWellbeing.significant': 'yes',
    'impactOnWellbeing.areas': 'personal dignity',
    'impactOnWellbeing.reasons': 'x',
    'fluctuation.fluctuates': 'yes',
    'fluctuation.from': '1/1/2026',
    outcome: 'NFA: Other',
    reasons: 'y',
  };
  const carer = { ...ids, caresFor: [mother] };
  it('becomes the command', () => {
    const { data, effectiveOn } = carerAssessmentFrom(carer, typed);
    expect(effectiveOn).toBe('2026-03-01');
    expect(CompleteCarerAssessment.schema.parse(data)).toMatchObject({
      ...carer,
      able: 'partly',
      impactOnWellbeing: { significant: true, areas: ['personal dignity'] },
      fluctuation: { fluctuates: true, from: '2026-01-01' },
    });
    expect(data.findings[0]).toEqual({ outcome: carerOutcomes[0], able: false, unable: 'cannot without help' });
  });
  it('does not know the fourth meaning of unable, and names what was left out', () => {
    expect(faultsOf(() => carerAssessmentFrom(carer, { ...typed, 'findings.3': 'takes much longer' }))).toEqual([
      'findings.3',
    ]);
    expect(faultsOf(() => carerAssessmentFrom(carer, { ...typed, 'fluctuation.to': 'x', willing: '' }))).toEqual([
      'willing',
      'fluctuation.to',
    ]);
  });
});

describe('both sides', () => {
  const form = currentForm('adult');
  const record = {
    ...ids,
    state: {
      own: {
        eventId: mother,
        data: {
          answers: [
            { question: 'nutrition', answer: 'able', words: 'I cook.' },
            { question: 'clothing', answer: 'prefer not to say' },
          ],
        },
      },
      differences: {
        nutrition: { personSaid: 'able', assessorSaid: 'takes much longer', assessorsReasons: 'An hour.' },
      },
    },
    assessor: { answers: [{ question: 'nutrition', answer: 'takes much longer' }] },
  } as unknown as AssessmentRecord;

  it('stand beside each other in the words in which they were asked', () =>
    expect(compared(form, record).find(({ id }) => id === 'nutrition')).toMatchObject({
      personSaid: 'Yes, I can do this',
      personsWords: 'I cook.',
      assessorSaid: 'I can, but it takes me much longer than most people',
      differs: true,
      assessorsReasons: 'An hour.',
    }));
  it('are typed with reasons only where they differ', () => {
    const typed = {
      'answers.nutrition': 'takes much longer',
      'differences.nutrition': ' An hour. ',
      'answers.clothing': 'able',
      'differences.clothing': 'left over',
      'answers.what-matters.words': 'Her cat',
    };
    expect(assessorAnswersFrom(form, record, typed)).toEqual({
      answers: [
        { question: 'what-matters', words: 'Her cat' },
        { question: 'nutrition', answer: 'takes much longer' },
        { question: 'clothing', answer: 'able' },
      ],
      differences: [{ question: 'nutrition', assessorsReasons: 'An hour.' }],
    });
    expect(typedBefore(record)).toEqual({
      'answers.nutrition': 'takes much longer',
      'differences.nutrition': 'An hour.',
    });
  });
});

describe('one question on a page', () => {
  const form = currentForm('adult');
  const [words, choice] = form.questions;
  it('needs an answer to go on, and none to come back later', () => {
    expect(answerFrom(words!, { words: ' My garden ' }, true)).toEqual({
      question: 'what-matters',
      words: 'My garden',
    });
    expect(answerFrom(choice!, { answer: 'able', words: '' }, true)).toEqual({ question: 'nutrition', answer: 'able' });
    expect(faultsOf(() => answerFrom(choice!, { words: 'Not sure' }, true))).toEqual(['answer']);
    expect(answerFrom(choice!, { words: 'Not sure' }, false)).toEqual({ question: 'nutrition', words: 'Not sure' });
    expect(faultsOf(() => answerFrom(choice!, { answer: 'perhaps', words: 'x'.repeat(10_001) }, false))).toEqual([
      'answer',
      'words',
    ]);
  });
  it('has one before and one after it', () => {
    expect(questionAfter(form, 'what-matters')).toBe('nutrition');
    expect(questionBefore(form, 'what-matters')).toBeUndefined();
    expect(questionAfter(form, 'what-would-help')).toBeUndefined();
    expect(
      progressOf(form, { nutrition: { question: 'nutrition', answer: 'able' } }).filter(({ answered }) => answered),
    ).toEqual([expect.objectContaining({ id: 'nutrition', said: 'Yes, I can do this' })]);
  });
  it('ends with who answered', () => {
    expect(whoAnswered({ answeredBy: 'the person', supportedBy: 'left over' })).toEqual({ answeredBy: 'the person' });
    expect(whoAnswered({ answeredBy: 'the person, with support', supportedBy: ' Joan ' })).toEqual({
      answeredBy: 'the person, with support',
      supportedBy: 'Joan',
    });
    expect(whoAnswered({ answeredBy: `representation:${mother}` })).toEqual({
      answeredBy: 'a representative',
      representationId: mother,
    });
    expect(faultsOf(() => whoAnswered({}))).toEqual(['answeredBy']);
  });
});
