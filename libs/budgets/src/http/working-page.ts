import { formatDate, formatPence, type PlainDate } from '@caretrail/kernel';
import type { Working } from '../application/working.query.js';
import type { RasTrace, RulebookContent } from '../contracts/index.js';
import { pointsToPounds } from './points-to-pounds.chart.js';

/** An exact amount of pence as people read it: `£285.40`, or with four places where it is no whole penny. */
export function writtenExact(exact: string): string {
  const [over, under = '1'] = exact.split('/').map(String) as [string, string?];
  if (under === '1') return formatPence(Number(over));
  const tenThousandths = ((BigInt(over) * 100n * 10n) / BigInt(under) + 5n) / 10n;
  const [whole, part] = [tenThousandths / 10_000n, String(tenThousandths % 10_000n).padStart(4, '0')];
  return `£${whole.toLocaleString('en-GB')}.${part}`;
}

const words = {
  'carer share': 'What a carer does',
  deflator: 'Deflator',
  'floor and ceiling': 'Floor and ceiling',
} as const;

/** A trace in tables and a chart, step by step. */
export function traceShown(trace: RasTrace, rulebook: RulebookContent) {
  const asked = new Map(rulebook.questions.map((question) => [question.question, question]));
  const curvePence = Number(trace.curve.amount.split('/')[0]) / Number(trace.curve.amount.split('/')[1] ?? 1);
  return {
    points: trace.points,
    curveAmount: writtenExact(trace.curve.amount),
    rounded: formatPence(trace.rounded.pencePerWeek),
    unrounded: writtenExact(trace.rounded.before),
    rounding: `to ${rulebook.rounding.toPence === 1 ? 'the penny' : formatPence(rulebook.rounding.toPence)}, exactly half goes ${rulebook.rounding.half}`,
    answers: {
      caption: 'Points per answer',
      cards: true,
      columns: [
        { text: 'Question' },
        { text: 'Answer' },
        { text: 'Domain' },
        { text: 'Points', numeric: true, labelled: true },
      ],
      rows: trace.answers.map(({ question, answer, domain, points }) => ({
        cells: [
          asked.get(question)?.words ?? question,
          asked.get(question)?.answers.find((each) => each.answer === answer)?.words ?? answer,
          domain,
          points,
        ],
      })),
    },
    domains: {
      caption: 'Points by domain, and the most that counts',
      columns: [
        { text: 'Domain' },
        { text: 'Points', numeric: true },
        { text: 'Cap', numeric: true },
        { text: 'Counted', numeric: true },
      ],
      rows: trace.domains.map(({ domain, points, cap, counted }) => ({
        cells: [domain, points, cap ?? 'none', { text: counted, strong: true }],
      })),
      total: ['All', '', '', trace.points],
    },
    curve: {
      id: 'curve',
      title: '3. From points to pounds',
      answer: `${trace.points} points lie at ${writtenExact(trace.curve.amount)} a week.`,
      chart: pointsToPounds(rulebook.curve, { points: trace.points, pence: curvePence }),
      table: cornersTable(rulebook.curve),
    },
    steps: {
      caption: 'What is done to the amount, in the order of the rulebook',
      cards: true,
      columns: [
        { text: 'Step' },
        { text: 'Before', numeric: true, labelled: true },
        { text: 'After', numeric: true, labelled: true },
        { text: 'Why' },
      ],
      rows: trace.steps.map(({ step, before, after, why }) => ({
        cells: [words[step], writtenExact(before), writtenExact(after), why],
      })),
    },
  };
}

export const cornersTable = (curve: RulebookContent['curve']) => ({
  caption: 'Corners of the curve',
  columns: [
    { text: 'Points', numeric: true },
    { text: '£ a week', numeric: true },
  ],
  rows: curve.map(({ points, pencePerWeek }) => ({ cells: [points, formatPence(pencePerWeek)] })),
  firstIsHeader: false,
});

/** Why the final amount is what it is, beside the indicated one; in sentences. */
export function differenceShown({ allocation: { indicative, overrides, budget } }: Working): string[] {
  if (!indicative) return [];
  const approved = overrides.findLast(({ decided }) => decided?.approved);
  const standing = approved?.pencePerWeek ?? indicative.pencePerWeek;
  const stood = approved ? 'approved' : 'indicated';
  const difference = (pence: number, from: number) =>
    `${formatPence(Math.abs(pence - from))} a week ${pence > from ? 'more' : 'less'}`;
  return [
    ...(approved
      ? [
          `Another amount was approved: ${difference(approved.pencePerWeek, indicative.pencePerWeek)} than indicated.`,
          `Proposed because: ${approved.reasons}`,
          `Approved because: ${approved.decided!.reasons}`,
        ]
      : []),
    ...(budget
      ? [
          budget.costPencePerWeek === standing
            ? `The budget is what was ${stood}.`
            : `The budget is ${difference(budget.costPencePerWeek, standing)} than what was ${stood}.`,
          `Reasons: ${budget.reasons}`,
        ]
      : ['The budget is not final: the indication decides nothing.']),
  ];
}

/** Why nothing is indicated. */
export function missingShown({ allocation, rulebook, open }: Working, today: PlainDate): string | undefined {
  if (allocation.indicative || allocation.budget) return undefined;
  if (!rulebook)
    return `No rulebook is in force on ${formatDate(today)}. The budget can be decided without an indication.`;
  if (!open.length)
    return 'Every question is answered. The indication has not been worked out for today’s rulebook yet.';
  return `${open.length} ${open.length === 1 ? 'question of the rulebook has' : 'questions of the rulebook have'} no answer yet.`;
}
