import { type CarerOutcome, carerOutcomes } from '../carer.values.js';
import { ABLE } from './adult-self-assessment.v1.js';
import { type AssessmentForm, type FormChoice, type FormQuestion, PREFER_NOT_TO_SAY } from './form.js';

const rather: FormChoice = { value: PREFER_NOT_TO_SAY, text: 'I would rather not say' };
/** Able, and the three meanings of unable that reg 3(3) has for carers. */
const abilities: readonly FormChoice[] = [
  { value: ABLE, text: 'Yes, I can do this' },
  { value: 'cannot without help', text: 'I cannot do it without help' },
  { value: 'only with significant pain, distress or anxiety', text: 'I can, but it hurts or upsets me a lot' },
  { value: 'endangering health or safety', text: 'I can, but it is not safe for me or for others' },
  rather,
];
const yesNo: readonly FormChoice[] = [
  { value: 'yes', text: 'Yes' },
  { value: 'partly', text: 'Partly, or not for much longer' },
  { value: 'no', text: 'No' },
  rather,
];

/** The eight outcomes of Elig Regs reg 3(2)(b) as one asks the carer. */
const asked: Readonly<Record<CarerOutcome, readonly [id: string, asked: string, easyRead: string]>> = {
  'caring responsibilities for a child': [
    'caring-for-a-child',
    'If you look after a child: can you still do what the child needs from you?',
    'Children. If you have a child, can you look after them?',
  ],
  'providing care to other people': [
    'caring-for-others',
    'If you care for others as well: can you still do it?',
    'Other people. Can you still help them too?',
  ],
  'a habitable home': [
    'habitable-home',
    'Can you keep your own home clean, warm and safe to live in?',
    'Your home. Can you keep it clean and warm?',
  ],
  nutrition: ['nutrition', 'Can you eat and drink well yourself?', 'Food and drink. Do you eat and drink enough?'],
  'family and other personal relationships': [
    'relationships',
    'Can you keep up with your own family and friends?',
    'People. Can you see the people you like?',
  ],
  'work, training, education or volunteering': [
    'work-and-learning',
    'Can you work, learn or volunteer, if you want to?',
    'Work and learning. Can you do it, if you want to?',
  ],
  'facilities and services in the community': [
    'community',
    'Can you get out and use shops, transport and other services yourself?',
    'Going out. Can you get to shops, buses and parks?',
  ],
  'recreational activities': [
    'recreation',
    'Can you have time for yourself, for what you enjoy?',
    'Free time. Do you have time for fun and rest?',
  ],
};

/** The question about an outcome, by its outcome: `recreation` for “recreational activities”. */
export const questionOfCarerOutcome: Readonly<Record<CarerOutcome, string>> = Object.fromEntries(
  carerOutcomes.map((outcome) => [outcome, asked[outcome][0]]),
) as Record<CarerOutcome, string>;

export const carerSelfAssessmentV1: AssessmentForm = {
  id: 'carer-self-assessment',
  version: 1,
  subject: 'carer',
  questions: [
    {
      id: 'what-you-do',
      asked: 'Whom do you care for, and what do you do for them?',
      easyRead: 'Who do you look after? What do you do?',
      choices: [],
      wordsLabel: 'In your own words',
    },
    {
      id: 'able',
      asked: 'Are you able to go on caring?',
      easyRead: 'Can you keep looking after them?',
      choices: yesNo,
      wordsLabel: 'Tell us more, in your own words (optional)',
    },
    {
      id: 'willing',
      asked: 'Are you willing to go on caring?',
      easyRead: 'Do you want to keep looking after them? You can say no.',
      choices: yesNo,
      wordsLabel: 'Tell us more, in your own words (optional)',
    },
    {
      id: 'health',
      asked: 'Does caring harm your health, or may it do so?',
      easyRead: 'Does it make you ill, tired or sad?',
      choices: [
        { value: 'no', text: 'No' },
        { value: 'at risk', text: 'It may, if it goes on like this' },
        { value: 'worse', text: 'Yes, my health is getting worse' },
        rather,
      ],
      wordsLabel: 'Tell us more, in your own words (optional)',
    },
    ...carerOutcomes.map((outcome): FormQuestion => {
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
      id: 'what-would-help',
      asked: 'What would help you most, and what do you want from your own life?',
      easyRead: 'What would help you?',
      choices: [],
      wordsLabel: 'In your own words',
    },
  ],
};
