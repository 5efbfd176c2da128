import { type MeaningOfUnable, type Outcome, outcomes } from '../values.js';
import { type AssessmentForm, type FormChoice, type FormQuestion, PREFER_NOT_TO_SAY } from './form.js';

/** What stands for “able”, where the other answers are the four meanings of unable, Elig Regs reg 2(3). */
export const ABLE = 'able';

const meanings: Readonly<Record<MeaningOfUnable, string>> = {
  'cannot without help': 'I cannot do it without help',
  'only with significant pain, distress or anxiety': 'I can, but it hurts or upsets me a lot',
  'endangering health or safety': 'I can, but it is not safe for me or for others',
  'takes much longer': 'I can, but it takes me much longer than most people',
};
const rather: FormChoice = { value: PREFER_NOT_TO_SAY, text: 'I would rather not say' };
const abilities: readonly FormChoice[] = [
  { value: ABLE, text: 'Yes, I can do this' },
  ...Object.entries(meanings).map(([value, text]) => ({ value, text })),
  rather,
];

/** The ten outcomes of Elig Regs reg 2(2) as one asks the person themselves. */
const asked: Readonly<Record<Outcome, readonly [id: string, asked: string, easyRead: string]>> = {
  nutrition: [
    'nutrition',
    'Can you get, prepare, eat and drink what you need?',
    'Food and drink. Can you shop, cook, eat and drink?',
  ],
  'personal hygiene': [
    'personal-hygiene',
    'Can you wash yourself and keep your clothes clean?',
    'Washing. Can you wash your body and your clothes?',
  ],
  'toilet needs': [
    'toilet-needs',
    'Can you get to the toilet and use it when you need to?',
    'The toilet. Can you get there and use it?',
  ],
  'being appropriately clothed': [
    'clothing',
    'Can you dress and undress, and wear what suits the weather and your health?',
    'Clothes. Can you put them on and take them off?',
  ],
  'using the home safely': [
    'home-safety',
    'Can you move around your home safely, with its steps, kitchen and bathroom?',
    'Moving at home. Can you do it without getting hurt?',
  ],
  'a habitable home': [
    'habitable-home',
    'Can you keep your home clean, warm and safe to live in?',
    'Your home. Can you keep it clean and warm?',
  ],
  'family and other personal relationships': [
    'relationships',
    'Can you keep up with your family, friends and people who matter to you?',
    'People. Can you see the people you like?',
  ],
  'work, training, education or volunteering': [
    'work-and-learning',
    'Can you take part in work, learning or volunteering, if you want to?',
    'Work and learning. Can you do it, if you want to?',
  ],
  'facilities and services in the community': [
    'community',
    'Can you get out and use shops, transport, parks, a place of worship and other services?',
    'Going out. Can you get to shops, buses and parks?',
  ],
  'caring responsibilities for a child': [
    'caring-for-a-child',
    'If you look after a child: can you do what the child needs from you?',
    'Children. If you look after a child, can you do it?',
  ],
};

/** The question about an outcome, by its outcome: `clothing` for “being appropriately clothed”. */
export const questionOfOutcome: Readonly<Record<Outcome, string>> = Object.fromEntries(
  outcomes.map((outcome) => [outcome, asked[outcome][0]]),
) as Record<Outcome, string>;

const words = (id: string, question: string, easyRead: string): FormQuestion => ({
  id,
  asked: question,
  easyRead,
  choices: [],
  wordsLabel: 'In your own words',
});

export const adultSelfAssessmentV1: AssessmentForm = {
  id: 'adult-self-assessment',
  version: 1,
  subject: 'adult',
  questions: [
    words('what-matters', 'What matters most to you in your life?', 'What is important to you? What do you like?'),
    ...outcomes.map((outcome): FormQuestion => {
      const [id, question, easyRead] = asked[outcome];
      return {
        id,
        asked: question,
        easyRead,
        choices: abilities,
        wordsLabel: 'Tell us more, in your own words (optional)',
      };
    }),
    {
      id: 'good-and-bad-days',
      asked: 'Is it the same every day, or does it change?',
      easyRead: 'Do you have good days and bad days?',
      choices: [
        { value: 'much the same', text: 'It is much the same' },
        { value: 'changes from day to day', text: 'It changes from day to day' },
        { value: 'changes over weeks or months', text: 'It changes over weeks or months' },
        rather,
      ],
      wordsLabel: 'What is a bad day like, and how often does it come? (optional)',
    },
    {
      id: 'wellbeing',
      asked: 'How much does all this affect your life?',
      easyRead: 'Does it make your life hard or make you feel bad?',
      choices: [
        { value: 'not much', text: 'Not much' },
        { value: 'some', text: 'Some' },
        { value: 'a lot', text: 'A lot' },
        rather,
      ],
      wordsLabel: 'What does it change for you? (optional)',
    },
    words('who-helps', 'Who helps you now, and with what?', 'Who helps you? What do they do?'),
    words('what-would-help', 'What would you like to be different?', 'What do you want to change?'),
  ],
};
