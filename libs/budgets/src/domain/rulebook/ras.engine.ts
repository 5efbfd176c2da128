import { formatPence, unreachable } from '@caretrail/kernel';
import type { CarerFacts, MoneyStep, RasAnswer, RasTrace, RulebookContent } from '../../contracts/index.js';
import { type Exact, exact, isLess, plus, rounded, times, written } from './exact.js';

const WHOLE = 10_000;

/** Questions of the rulebook that none of the answers is to. What a carer gives may be left open. */
export const unanswered = (rulebook: RulebookContent, answers: readonly RasAnswer[]): string[] =>
  rulebook.questions
    .map(({ question }) => question)
    .filter((asked) => !answers.some(({ question }) => question === asked));

/** Answers to questions of the rulebook that it does not know for them. Answers to other questions are no fault. */
export const unknownAnswers = (rulebook: RulebookContent, answers: readonly RasAnswer[]): readonly RasAnswer[] => {
  const known = new Map(
    [...rulebook.questions, ...(rulebook.carer ? [rulebook.carer] : [])].map((asked) => [
      asked.question,
      asked.answers.map(({ answer }) => answer),
    ]),
  );
  return answers.filter(({ question, answer }) => known.get(question)?.includes(answer) === false);
};

/** The most points that the answers can give, after the caps. */
export const mostPoints = (rulebook: RulebookContent): number =>
  rulebook.domains.reduce((sum, { domain, cap }) => sum + Math.min(cap ?? Infinity, mostOfDomain(rulebook, domain)), 0);

/** The most points that the questions of a domain can give, before its cap. */
export const mostOfDomain = ({ questions }: RulebookContent, domain: string): number =>
  questions
    .filter((asked) => asked.domain === domain)
    .reduce((sum, { answers }) => sum + Math.max(0, ...answers.map(({ points }) => points)), 0);

/**
 * What a rulebook without faults makes of answers: points per answer, caps by domain, the sum, the amount on the curve,
 * then the steps to the amount in the rulebook's own order, and one rounding. Pure and exact; whole pence a week at the end.
 * @param answers one to each question; others are passed over
 * @param carer what was said of the carer; nothing is taken off unless there is one who is willing and able
 * @throws Error for a question without an answer: `unanswered` and `unknownAnswers` are asked first
 */
export function workOut(rulebook: RulebookContent, answers: readonly RasAnswer[], carer?: CarerFacts): RasTrace {
  const counted = rulebook.questions.map((asked) => pointsOf(asked, answers));
  const domains = rulebook.domains.map(({ domain, cap }) => {
    const points = counted.reduce((sum, answer) => (answer.domain === domain ? sum + answer.points : sum), 0);
    return { domain, points, ...(cap !== undefined && { cap }), counted: Math.min(points, cap ?? points) };
  });
  const points = domains.reduce((sum, domain) => sum + domain.counted, 0);
  const stretch = stretchOf(rulebook.curve, points);
  let amount = onStretch(stretch, points);
  const curve = { ...stretch, amount: written(amount) };
  const steps = rulebook.order.map((step) => {
    const { after, why } = afterStep(step, amount, rulebook, answers, carer);
    const before = amount;
    amount = after;
    return { step, before: written(before), after: written(after), why };
  });
  const { toPence, half } = rulebook.rounding;
  const pencePerWeek = rounded(amount, toPence, half);
  return { answers: counted, domains, points, curve, steps, rounded: { before: written(amount), pencePerWeek } };
}

type Corner = RulebookContent['curve'][number];
interface Stretch {
  readonly from: Corner;
  readonly to: Corner;
}

function pointsOf(
  { question, domain, answers: known }: RulebookContent['questions'][number],
  given: readonly RasAnswer[],
) {
  const said = given.find((answer) => answer.question === question)?.answer;
  const found = known.find(({ answer }) => answer === said);
  if (!found) throw new Error(`No answer that the rulebook knows to “${question}”.`);
  return { question, answer: found.answer, domain, points: found.points };
}

/** The two corners between which the points lie; beyond the last corner the line goes on level. */
function stretchOf(curve: readonly Corner[], points: number): Stretch {
  const next = curve.findIndex((corner) => corner.points >= points);
  const to = curve.at(next)!;
  return { from: next > 0 && to.points > points ? curve[next - 1]! : to, to };
}

function onStretch({ from, to }: Stretch, points: number): Exact {
  if (from.points === to.points) return exact(from.pencePerWeek);
  const share = exact(points - from.points, to.points - from.points);
  return plus(exact(from.pencePerWeek), times(share, exact(to.pencePerWeek - from.pencePerWeek)));
}

function afterStep(
  step: MoneyStep,
  amount: Exact,
  rulebook: RulebookContent,
  answers: readonly RasAnswer[],
  carer: CarerFacts | undefined,
): { after: Exact; why: string } {
  switch (step) {
    case 'carer share':
      return carerShare(amount, rulebook.carer, answers, carer);
    case 'deflator': {
      if (!rulebook.deflator) return { after: amount, why: 'The rulebook has no deflator.' };
      const { hundredths, words } = rulebook.deflator;
      return { after: times(amount, exact(hundredths, WHOLE)), why: `${percent(hundredths)} of it is given: ${words}` };
    }
    case 'floor and ceiling':
      return between(amount, rulebook);
    default:
      return unreachable(step);
  }
}

function carerShare(
  amount: Exact,
  asked: RulebookContent['carer'],
  answers: readonly RasAnswer[],
  carer: CarerFacts | undefined,
): { after: Exact; why: string } {
  if (!asked) return { after: amount, why: 'The rulebook takes nothing off for what a carer does.' };
  const said = answers.find(({ question }) => question === asked.question)?.answer;
  const found = asked.answers.find(({ answer }) => answer === said);
  if (!found) return { after: amount, why: 'Nobody said what a carer does, so nothing is taken off.' };
  if (!carer?.willing || !carer.able)
    return {
      after: amount,
      why: 'No carer was found both willing and able to go on, so nothing is taken off (Care Act 2014 s10(5)).',
    };
  return {
    after: times(amount, exact(WHOLE - found.offHundredths, WHOLE)),
    why: `${percent(found.offHundredths)} is taken off for what a carer does who is willing and able: ${found.answer}.`,
  };
}

function between(
  amount: Exact,
  { floorPencePerWeek: floor, ceilingPencePerWeek: ceiling }: RulebookContent,
): { after: Exact; why: string } {
  if (floor !== undefined && isLess(amount, exact(floor)))
    return { after: exact(floor), why: `Raised to the floor of ${formatPence(floor)} a week.` };
  if (ceiling !== undefined && isLess(exact(ceiling), amount))
    return { after: exact(ceiling), why: `Lowered to the ceiling of ${formatPence(ceiling)} a week.` };
  return { after: amount, why: 'It lies between floor and ceiling, or there is none.' };
}

/** `2500` → `25%`, `9250` → `92.5%`. */
const percent = (hundredths: number): string => `${hundredths / 100}%`;
