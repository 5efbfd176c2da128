import { formatDate } from '@caretrail/kernel';
import {
  CompleteFivePointCheck,
  MeasureOutcome,
  type Moment,
  contributors,
  fivePoints,
  instruments,
  moments,
  pointAnswers,
  respondents,
} from '../../contracts/index.js';
import { putInWords } from '../put-in-words.js';
import { type Asking, type Field, type PlanForm, dayField, itemsOf, itemsOrNone } from './plan-form.js';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const momentsToThePerson: Readonly<Record<Moment, string>> = {
  before: 'Before I had this support',
  during: 'Now, with this support',
  after: 'After this support',
};

/** The five points of self-directed support, each with its reasons. */
export const fivePointForm: PlanForm = {
  path: 'five-point-check',
  submit: 'Save the check',
  then: '#five-points',
  title: ({ role }) =>
    role === 'person' ? 'Do you decide about your support?' : 'Five-point check of self-directed support',
  lead: ({ role }) => [
    role === 'person'
      ? 'Say how it is for you now. You can answer again at any time: we keep each answer, and look at what changes.'
      : 'Does each point hold for this plan as it is lived? Answer again from time to time: the trend is kept.',
  ],
  fields: ({ role, today }) => [
    ...fivePoints.flatMap((point, at): Field[] => {
      const self = role === 'person';
      const heading = putInWords(self ? 'person' : 'staff').point(point);
      return [
        {
          kind: 'radio',
          name: `points.${at}.holds`,
          heading,
          label: self ? 'Is it so?' : `Does it hold: ${point}?`,
          items: itemsOf(pointAnswers),
        },
        { kind: 'area', name: `points.${at}.reasons`, label: self ? 'Why do you say so?' : `Why: ${point}`, rows: 2 },
      ];
    }),
    ...(role === 'person'
      ? []
      : [
          {
            kind: 'select',
            name: 'answeredBy',
            heading: 'Who answered',
            label: 'Whose answers these are',
            items: itemsOrNone(contributors),
          } as const,
        ]),
    dayField('On which day', today),
  ],
  read: (typed, { role }) =>
    typed.understood({
      Kind: CompleteFivePointCheck,
      said: {
        points: fivePoints.map((point, at) => ({
          point,
          holds: typed.choice(
            `points.${at}.holds`,
            pointAnswers,
            `Say whether it ${role === 'person' ? `is so: ${putInWords('person').point(point)}` : `holds: ${point}`}.`,
          ),
          reasons: typed.text(`points.${at}.reasons`),
        })),
        answeredBy: role === 'person' ? 'person' : typed.choice('answeredBy', contributors, 'Say who answered.'),
        effectiveOn: typed.day('effectiveOn', 'Enter the day, such as 14/3/2026.'),
      },
    }),
};

/** The instrument that the address asks for; the first where it names none. */
const instrumentAsked = ({ query }: Asking) =>
  instruments.find(({ name }) => name === query['instrument']) ?? instruments[0]!;

/** How life is, domain by domain. */
export const measureForm: PlanForm = {
  path: 'measure',
  submit: 'Save the answers',
  then: '#measures',
  title: (asking) => `${instrumentAsked(asking).name}: how is life?`,
  lead: (asking) => {
    const { name, version, levels } = instrumentAsked(asking);
    if (asking.role === 'person') return ['Say for each how it is for you now. Nothing is right or wrong.'];
    const scale = levels.map((level, at) => `${at}, ${level}`).join('; ');
    return [`${name}, version ${version}. For each domain, from 0 to 3: ${scale}.`];
  },
  fields(asking) {
    const { name, version, domains, levels } = instrumentAsked(asking);
    const { plan, role, today } = asking;
    const self = role === 'person';
    return [
      { kind: 'hidden', name: 'instrument', value: name },
      { kind: 'hidden', name: 'instrumentVersion', value: version },
      ...domains.map((domain, at): Field => ({
        kind: 'radio',
        name: `levels.${at}.level`,
        label: capital(domain),
        items: levels.map((level, value) => ({ value: String(value), text: `${value}: ${level}` })).reverse(),
      })),
      {
        kind: 'radio',
        name: 'moment',
        heading: self ? 'When, and who answers' : 'When, and who answered',
        label: self ? 'Which time do you speak of?' : 'Before, during or after the support',
        items: self ? itemsOf(moments, (moment) => momentsToThePerson[moment as Moment]) : itemsOf(moments),
        value: plan.startedOn ? 'during' : 'before',
      },
      {
        kind: 'radio',
        name: 'answeredBy',
        label: self ? 'Does somebody help you to answer?' : 'Who answered',
        items: self
          ? [
              { value: respondents[0], text: 'No' },
              { value: respondents[1], text: 'Yes' },
            ]
          : itemsOf(respondents),
      },
      ...(self
        ? []
        : [
            {
              kind: 'select',
              name: 'reviewId',
              label: 'At which review (optional)',
              items: [
                { value: '', text: 'Not at a review' },
                ...plan.reviews.map(({ reviewId, on, reason }) => ({
                  value: reviewId,
                  text: `${formatDate(on)}: ${reason}`,
                })),
              ],
            } as const,
          ]),
      {
        kind: 'area',
        name: 'words',
        label: self ? 'What do you want to say about it? (optional)' : 'What the person says of it (optional)',
        rows: 2,
      },
      dayField('On which day', today),
    ];
  },
  read(typed, { role }) {
    const instrument = instruments.find(({ name }) => name === typed.text('instrument')) ?? instruments[0]!;
    return typed.understood({
      Kind: MeasureOutcome,
      said: {
        instrument: instrument.name,
        instrumentVersion: typed.text('instrumentVersion'),
        levels: instrument.domains.map((domain, at) => ({
          domain,
          level: Number(
            typed.choice(`levels.${at}.level`, ['0', '1', '2', '3'], `${capital(domain)}: choose a level.`),
          ),
        })),
        moment: typed.choice(
          'moment',
          moments,
          role === 'person' ? 'Say which time you speak of.' : 'Say whether it is before, during or after the support.',
        ),
        answeredBy: typed.choice(
          'answeredBy',
          respondents,
          role === 'person' ? 'Say whether somebody helps you to answer.' : 'Say who answered.',
        ),
        ...typed.said('reviewId', 'reviewId'),
        ...typed.said('words', 'words'),
        effectiveOn: typed.day('effectiveOn', 'Enter the day, such as 14/3/2026.'),
      },
    });
  },
};
