import { formatPence, type Policy } from '@caretrail/kernel';
import { moneySteps, type RulebookContent } from '../../contracts/index.js';
import { mostOfDomain, mostPoints } from './ras.engine.js';

type ContentPolicy = Policy<RulebookContent, unknown>;
const section = 'Care and Support Statutory Guidance ch. 11';

/** Names that stand more than once, with the place of each repetition. */
const repeated = (names: readonly string[]) =>
  names.map((name, at) => ({ name, at })).filter(({ name, at }) => names.indexOf(name) !== at);

const everyQuestionOnce: ContentPolicy = {
  rule: 'every-question-once',
  section,
  check: ({ questions, carer }) => {
    if (!questions.length) return [{ message: 'A rulebook asks something: give its questions.', field: 'questions' }];
    const names = questions.map(({ question }) => question);
    const twice = repeated(names).map(({ name, at }) => ({
      message: `The question “${name}” stands twice.`,
      field: `questions.${at}.question`,
    }));
    const carerToo = carer && names.includes(carer.question);
    return carerToo
      ? [...twice, { message: 'What a carer does is asked under a name of its own.', field: 'carer.question' }]
      : twice;
  },
};

const carerAsked = (carer: RulebookContent['carer']) => (carer ? [{ ...carer, field: 'carer.answers' }] : []);

const everyAnswerOnce: ContentPolicy = {
  rule: 'every-answer-once',
  section,
  check: ({ questions, carer }) =>
    [...questions.map((asked, at) => ({ ...asked, field: `questions.${at}.answers` })), ...carerAsked(carer)].flatMap(
      ({ question, answers, field }) => {
        if (answers.length < 2)
          return [{ message: `“${question}” leaves nothing to choose: give at least two answers.`, field }];
        return repeated(answers.map(({ answer }) => answer)).map(({ name, at }) => ({
          message: `“${question}” has the answer “${name}” twice.`,
          field: `${field}.${at}.answer`,
        }));
      },
    ),
};

const everyDomainOnce: ContentPolicy = {
  rule: 'every-domain-once',
  section,
  check: ({ questions, domains }) => {
    const names = domains.map(({ domain }) => domain);
    return [
      ...repeated(names).map(({ name, at }) => ({
        message: `The domain “${name}” stands twice.`,
        field: `domains.${at}.domain`,
      })),
      ...questions.flatMap(({ question, domain }, at) =>
        names.includes(domain)
          ? []
          : [
              {
                message: `“${question}” adds to the domain “${domain}”, which the rulebook does not have.`,
                field: `questions.${at}.domain`,
              },
            ],
      ),
      ...names.flatMap((name, at) =>
        questions.some(({ domain }) => domain === name)
          ? []
          : [{ message: `No question adds to the domain “${name}”.`, field: `domains.${at}.domain` }],
      ),
    ];
  },
};

const capsCanBeReached: ContentPolicy = {
  rule: 'caps-can-be-reached',
  section,
  check: (content) =>
    content.domains.flatMap(({ domain, cap }, at) => {
      const most = mostOfDomain(content, domain);
      return cap !== undefined && cap > most
        ? [
            {
              message: `The cap of “${domain}” is ${cap}, but its questions give ${most} points at most: a cap above that caps nothing.`,
              field: `domains.${at}.cap`,
            },
          ]
        : [];
    }),
};

const curveAscends: ContentPolicy = {
  rule: 'curve-ascends',
  section,
  check: ({ curve }) => {
    if (curve.length < 2)
      return [{ message: 'The curve has at least two corners: where it begins and where it ends.', field: 'curve' }];
    const first = curve[0]!.points === 0 ? [] : [{ message: 'The curve begins at 0 points.', field: 'curve.0.points' }];
    const descents = curve.slice(1).flatMap((corner, index) => {
      const before = curve[index]!;
      const field = `curve.${index + 1}`;
      if (corner.points <= before.points)
        return [
          {
            message: `After ${before.points} points the curve goes on to more points, not to ${corner.points}.`,
            field,
          },
        ];
      return corner.pencePerWeek < before.pencePerWeek
        ? [
            {
              message: `More points never give less: at ${corner.points} points the curve falls to ${formatPence(corner.pencePerWeek)}.`,
              field,
            },
          ]
        : [];
    });
    return [...first, ...descents];
  },
};

const curveCoversTheAnswers: ContentPolicy = {
  rule: 'curve-covers-the-answers',
  section,
  check: (content) => {
    const [most, last] = [mostPoints(content), content.curve.at(-1)?.points ?? 0];
    return last < most
      ? [{ message: `The answers can give ${most} points, but the curve ends at ${last}.`, field: 'curve' }]
      : undefined;
  },
};

const carerMayGiveNothing: ContentPolicy = {
  rule: 'carer-may-give-nothing',
  section: 'Care Act 2014 s10(5), s18(7)',
  check: ({ carer }) =>
    carer && !carer.answers.some(({ offHundredths }) => offHundredths === 0)
      ? [
          {
            message: 'A carer may do nothing: one of the answers about the carer takes nothing off.',
            field: 'carer.answers',
          },
        ]
      : undefined,
};

const deflatorGivesSomething: ContentPolicy = {
  rule: 'deflator-gives-something',
  section,
  check: ({ deflator }) =>
    deflator?.hundredths === 0
      ? [{ message: 'A deflator of nothing gives nobody anything.', field: 'deflator.hundredths' }]
      : undefined,
};

const floorBelowCeiling: ContentPolicy = {
  rule: 'floor-below-ceiling',
  section,
  check: ({ floorPencePerWeek: floor, ceilingPencePerWeek: ceiling }) =>
    floor !== undefined && ceiling !== undefined && floor > ceiling
      ? [
          {
            message: `The floor of ${formatPence(floor)} a week lies above the ceiling of ${formatPence(ceiling)}.`,
            field: 'floorPencePerWeek',
          },
        ]
      : undefined,
};

/** Else the one rounding at the end could carry an amount over the ceiling, or under the floor. */
const floorAndCeilingAreRound: ContentPolicy = {
  rule: 'floor-and-ceiling-are-round',
  section,
  check: ({ rounding: { toPence }, ...content }) =>
    (['floorPencePerWeek', 'ceilingPencePerWeek'] as const)
      .filter((field) => (content[field] ?? 0) % toPence !== 0)
      .map((field) => ({
        message: `Amounts are rounded to ${formatPence(toPence)}, so the ${field.startsWith('floor') ? 'floor' : 'ceiling'} is a multiple of that.`,
        field,
      })),
};

const everyStepOnce: ContentPolicy = {
  rule: 'every-step-once',
  section,
  check: ({ order }) =>
    order.length === moneySteps.length && moneySteps.every((step) => order.includes(step))
      ? undefined
      : [{ message: `The order names each of ${moneySteps.join(', ')} once.`, field: 'order' }],
};

/** What a rulebook must be before anybody's budget is worked out by it. */
export const contentPolicies = [
  everyQuestionOnce,
  everyAnswerOnce,
  everyDomainOnce,
  capsCanBeReached,
  curveAscends,
  curveCoversTheAnswers,
  carerMayGiveNothing,
  deflatorGivesSomething,
  floorBelowCeiling,
  floorAndCeilingAreRound,
  everyStepOnce,
] as const;
