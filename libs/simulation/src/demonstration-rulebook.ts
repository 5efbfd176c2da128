import { type Outcome, outcomes } from '@caretrail/assessment/contracts';
import {
  DraftRulebook,
  PublishRulebook,
  type RulebookContent,
  rulebookIds,
  usualOrder,
} from '@caretrail/budgets/contracts';
import type { Command, CommandMeta } from '@caretrail/kernel';

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

/** The two commands that bring it into force from a day on. */
export const draftedRulebook = (by: (slug: string) => CommandMeta): Command =>
  new DraftRulebook({ rulebookId: rulebookIds.adults, content: syntheticRulebook }, by('finance'));
export const publishedRulebook = (by: (slug: string) => CommandMeta): Command => {
  const meta = by('finance');
  const { effectiveOn: effectiveFrom } = meta;
  return new PublishRulebook({ rulebookId: rulebookIds.adults, version: 1, effectiveFrom }, meta);
};
