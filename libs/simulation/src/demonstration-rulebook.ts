import { carerOutcomes, type Outcome, outcomes } from '@caretrail/assessment/contracts';
import { type RulebookContent, usualOrder } from '@caretrail/budgets/contracts';

/** How an outcome is asked, which domain it adds to, and the points of not achieving it at all. */
const asked: Readonly<Record<Outcome, readonly [words: string, domain: string, points: number]>> = {
  nutrition: ['How do you manage to eat and drink?', 'daily living', 20],
  'personal hygiene': ['How do you manage to wash?', 'daily living', 16],
  'toilet needs': ['How do you manage to use the toilet?', 'daily living', 16],
  'being appropriately clothed': ['How do you manage to dress?', 'daily living', 10],
  'using the home safely': ['How do you manage to be safe at home?', 'home', 14],
  'a habitable home': ['How do you manage to keep your home?', 'home', 10],
  'family and other personal relationships': ['How do you manage to see people?', 'community and family', 8],
  'work, training, education or volunteering': ['How do you manage to work or learn?', 'community and family', 10],
  'facilities and services in the community': ['How do you manage to get out?', 'community and family', 8],
  'caring responsibilities for a child': ['How do you manage to look after a child?', 'community and family', 12],
};

/** A made-up rulebook that asks what the assessment answers; no council decided it. */
export const syntheticRulebook: RulebookContent = {
  name: 'Synthetic rulebook of the demonstration',
  synthetic: true,
  questions: outcomes.map((question) => {
    const [words, domain, points] = asked[question];
    return {
      question,
      words,
      domain,
      answers: [
        { answer: 'able', words: 'I can do it', points: 0 },
        { answer: 'takes much longer', words: 'It takes me much longer', points: points / 2 },
        {
          answer: 'only with significant pain, distress or anxiety',
          words: 'Only with pain, distress or anxiety',
          points: Math.round(points * 0.8),
        },
        { answer: 'endangering health or safety', words: 'It is not safe for me or others', points },
        { answer: 'cannot without help', words: 'I cannot without help', points },
      ],
    };
  }),
  domains: [
    { domain: 'daily living', cap: 52 },
    { domain: 'home', cap: 22 },
    { domain: 'community and family', cap: 30 },
  ],
  curve: [
    { points: 0, pencePerWeek: 0 },
    { points: 10, pencePerWeek: 15_000 },
    { points: 30, pencePerWeek: 30_000 },
    { points: 60, pencePerWeek: 52_000 },
    { points: 104, pencePerWeek: 110_000 },
  ],
  carer: {
    question: 'what a carer does',
    words: 'How much of this does somebody do who cares for you, unpaid?',
    answers: [
      { answer: 'nothing', words: 'Nothing', offHundredths: 0 },
      { answer: 'some of it', words: 'Some of it', offHundredths: 1_500 },
      { answer: 'most of it', words: 'Most of it', offHundredths: 4_000 },
    ],
  },
  deflator: { hundredths: 9_500, words: 'what a made-up council can spend.' },
  floorPencePerWeek: 2_000,
  ceilingPencePerWeek: 100_000,
  ...usualOrder,
};

const HEALTH = 20;
const LIFE = 12;

/** The same for what carers need for themselves: their health, and the eight outcomes of a carer's assessment. */
export const syntheticRulebookForCarers: RulebookContent = {
  name: 'Synthetic rulebook for carers of the demonstration',
  synthetic: true,
  questions: [
    {
      question: 'physical or mental health of the carer',
      words: 'Is your health getting worse, or at risk of it, because of caring?',
      domain: 'health',
      answers: [
        { answer: 'not at risk', words: 'No', points: 0 },
        { answer: 'at risk', words: 'Yes', points: HEALTH },
      ],
    },
    ...carerOutcomes.map((question) => ({
      question,
      words: `Can you still manage this beside caring: ${question}?`,
      domain: 'a life beside caring',
      answers: [
        { answer: 'able', words: 'Yes', points: 0 },
        { answer: 'only with significant pain, distress or anxiety', words: 'It hurts or upsets me', points: LIFE - 2 },
        { answer: 'endangering health or safety', words: 'It is not safe', points: LIFE },
        { answer: 'cannot without help', words: 'Not without help', points: LIFE },
      ],
    })),
  ],
  domains: [
    { domain: 'health', cap: HEALTH },
    { domain: 'a life beside caring', cap: 4 * LIFE },
  ],
  curve: [
    { points: 0, pencePerWeek: 0 },
    { points: 10, pencePerWeek: 2_500 },
    { points: 40, pencePerWeek: 7_000 },
    { points: 68, pencePerWeek: 14_000 },
  ],
  deflator: { hundredths: 10_000, words: 'what a made-up council can spend.' },
  floorPencePerWeek: 1_500,
  ceilingPencePerWeek: 15_000,
  ...usualOrder,
};
