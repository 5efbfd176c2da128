import { type RulebookContent, usualOrder } from '../../contracts/index.js';

/** A small rulebook without faults, whose amounts can be worked out by hand. */
export const smallRulebook: RulebookContent = {
  name: 'A small rulebook',
  questions: [
    {
      question: 'eating',
      words: 'How much help do you need to eat and drink?',
      domain: 'daily living',
      answers: [
        { answer: 'none', words: 'None', points: 0 },
        { answer: 'some', words: 'Some', points: 10 },
        { answer: 'all', words: 'All the time', points: 25 },
      ],
    },
    {
      question: 'washing',
      words: 'How much help do you need to wash?',
      domain: 'daily living',
      answers: [
        { answer: 'none', words: 'None', points: 0 },
        { answer: 'some', words: 'Some', points: 8 },
        { answer: 'all', words: 'All the time', points: 20 },
      ],
    },
    {
      question: 'going out',
      words: 'How much help do you need to go out?',
      domain: 'community',
      answers: [
        { answer: 'none', words: 'None', points: 0 },
        { answer: 'some', words: 'Some', points: 6 },
        { answer: 'all', words: 'All the time', points: 15 },
      ],
    },
  ],
  domains: [{ domain: 'daily living', cap: 40 }, { domain: 'community' }],
  curve: [
    { points: 0, pencePerWeek: 0 },
    { points: 20, pencePerWeek: 10_000 },
    { points: 40, pencePerWeek: 30_000 },
    { points: 55, pencePerWeek: 45_100 },
  ],
  carer: {
    question: 'what a carer does',
    words: 'How much of this does somebody do who cares for you, unpaid?',
    answers: [
      { answer: 'nothing', words: 'Nothing', offHundredths: 0 },
      { answer: 'some of it', words: 'Some of it', offHundredths: 2_500 },
      { answer: 'most of it', words: 'Most of it', offHundredths: 5_000 },
    ],
  },
  deflator: { hundredths: 9_250, words: 'what the council can spend, decided for 2026–27.' },
  floorPencePerWeek: 2_500,
  ceilingPencePerWeek: 40_000,
  ...usualOrder,
};
