import { type Fault, InvalidInput, parsePounds } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';
import {
  type AgreeSupportPlanData,
  type PlanLine,
  agreements,
  contributors,
  reasonsNotMet,
} from '../contracts/index.js';

/** Lines that the form has for each need: it must work without script, so it cannot grow. */
export const LINES_PER_NEED = 3;

type Typed = Readonly<Record<string, unknown>>;

/**
 * What was typed about a plan. `needs.1.lines.0.action` is the first line for the second need of the plan, and
 * `needs.1.notMet` the lawful reason why the council does not meet it. A line of which nothing was typed is left out.
 * @param needs the needs that the plan is for, in their order
 * @throws InvalidInput with every field that cannot be understood
 */
export function agreementFrom(
  planId: string,
  needs: readonly string[],
  typed: Typed,
): { data: AgreeSupportPlanData; effectiveOn: string } {
  const faults: Fault[] = [];
  const fault = (field: string, message: string) => faults.push({ rule: 'input-shape', field, message });
  const text = (field: string): string => {
    const value = typed[field];
    return typeof value === 'string' ? value.trim() : '';
  };
  const lines = needs.flatMap((need, at) =>
    Array.from({ length: LINES_PER_NEED }, (_, line): PlanLine[] => {
      const place = `needs.${at}.lines.${line}`;
      const [action, contributed, cost] = ['action', 'contributor', 'weekly'].map((field) => text(`${place}.${field}`));
      if (!action && !contributed && !cost) return [];
      const which = `${need}, line ${line + 1}`;
      const contributor = contributors.find((known) => known === contributed);
      const weeklyPence = cost ? parsePounds(cost) : 0;
      if (!action) fault(`${place}.action`, `${which}: say what is done.`);
      if (!contributor) fault(`${place}.contributor`, `${which}: choose who does it.`);
      if (weeklyPence === undefined || weeklyPence < 0)
        fault(`${place}.weekly`, `${which}: enter what it costs the budget a week, in pounds; 0 if nothing.`);
      return action && contributor && weeklyPence !== undefined ? [{ need, action, contributor, weeklyPence }] : [];
    }).flat(),
  );
  const notMet = needs.flatMap((need, at) => {
    const given = text(`needs.${at}.notMet`);
    if (!given) return [];
    const reason = reasonsNotMet.find((known) => known === given);
    if (!reason) fault(`needs.${at}.notMet`, `${need}: choose one of the lawful reasons.`);
    return reason ? [{ need, reason }] : [];
  });
  const agreement = agreements.find((known) => known === text('agreement'));
  if (!agreement) fault('agreement', 'Say whether the person agrees to the plan.');
  const effectiveOn = parseUkDate(text('effectiveOn'));
  if (!effectiveOn) fault('effectiveOn', 'Enter the day on which the plan was agreed, such as 14/3/2026.');
  if (faults.length || !agreement || !effectiveOn) throw new InvalidInput(faults);
  const inTheirWords = text('inTheirWords');
  const stepsToAgree = text('stepsToAgree');
  return {
    effectiveOn,
    data: {
      planId,
      lines,
      notMet,
      agreement,
      ...(inTheirWords && { inTheirWords }),
      ...(stepsToAgree && { stepsToAgree }),
    },
  };
}

/**
 * The rules' faults, pointing to the fields that the form has: the rules know lines one after another, the form has
 * them by need. A need that was left open is pointed to itself, a fault of all lines to the first.
 */
export function faultsInForm(
  faults: readonly Fault[],
  { lines = [], notMet = [] }: AgreeSupportPlanData,
  needs: readonly string[],
): Fault[] {
  const answered = new Set([...lines, ...notMet].map(({ need }) => need));
  const open = needs.filter((need) => !answered.has(need));
  return faults.map((fault) => {
    if (fault.rule === 'every-need-met-or-lawfully-not') return { ...fault, field: lineOf(open.shift(), needs) };
    const [, list, index] = /^(lines|notMet)(?:\.(\d+))?/.exec(fault.field ?? '') ?? [];
    if (list === 'lines') return { ...fault, field: lineOf(lines[Number(index ?? 0)]?.need, needs) };
    const at = needs.indexOf(notMet[Number(index)]?.need ?? '');
    return list === 'notMet' ? { ...fault, field: `needs.${Math.max(at, 0)}.notMet` } : fault;
  });
}

const lineOf = (need: string | undefined, needs: readonly string[]): string =>
  `needs.${Math.max(needs.indexOf(need ?? ''), 0)}.lines.0.action`;
