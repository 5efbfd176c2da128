import { type Fault, InvalidInput } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';
import {
  ABLE,
  type CompleteAssessmentData,
  assessmentKinds,
  assessmentMethods,
  eventOutcomes,
  type Finding,
  meaningsOfUnable,
  outcomes,
  type PeriodConsidered,
  wellbeingAreas,
} from '../contracts/index.js';
import { titleAt } from './outcome-words.js';

type Typed = Readonly<Record<string, unknown>>;

/**
 * What was typed about an assessment. The fields are named as the command's are; `findings.0` holds “able” or one of the
 * four meanings of unable, `findings.0.words` what was said about it. Whether needs are eligible is worked out by the decider.
 * @throws InvalidInput with every question that was left out or cannot be understood
 */
export function assessmentFrom(
  ids: { readonly personId: string; readonly assessmentId: string },
  typed: Typed,
): { data: CompleteAssessmentData; effectiveOn: string } {
  const faults: Fault[] = [];
  const fault = (field: string, message: string, rule = 'input-shape', section?: string) =>
    faults.push({ rule, field, message, ...(section && { section }) });
  const day = (field: string, message: string): string => {
    const read = parseUkDate(textOf(typed, field));
    if (!read) fault(field, message);
    return read ?? '';
  };
  const choice = <Value extends string>(field: string, values: readonly Value[], message: string): Value => {
    const chosen = values.find((value) => value === textOf(typed, field));
    if (chosen === undefined) fault(field, message);
    return chosen ?? values[0]!;
  };
  const yes = (field: string, message: string): boolean => choice(field, ['yes', 'no'], message) === 'yes';

  const startedOn = day('startedOn', 'Enter the day on which the assessment started, such as 1/3/2026.');
  const effectiveOn = day('effectiveOn', 'Enter the day on which the assessment was complete, such as 14/3/2026.');
  const kind = choice('kind', assessmentKinds, 'Choose what kind of assessment this was.');
  const method = choice('method', assessmentMethods, 'Choose who took part.');
  const findings = outcomes.flatMap((outcome, at): Finding[] => {
    const answer = textOf(typed, `findings.${at}`);
    const unable = meaningsOfUnable.find((meaning) => meaning === answer);
    if (answer !== ABLE && !unable) {
      fault(
        `findings.${at}`,
        `${titleAt(at)}: choose one of the answers.`,
        'every-outcome-answered-once',
        'Elig Regs reg 2(2)',
      );
      return [];
    }
    const words = textOf(typed, `findings.${at}.words`);
    return [{ outcome, able: !unable, ...(unable && { unable }), ...(words && { words }) }];
  });
  const arisesFromImpairment = yes(
    'arisesFromImpairment',
    'Say whether the needs arise from an impairment or illness.',
  );
  const significant = yes('impactOnWellbeing.significant', 'Say whether the impact on wellbeing is significant.');
  const areas = wellbeingAreas.filter((area) => [typed['impactOnWellbeing.areas']].flat().includes(area));
  const fluctuation = periodFrom(typed, fault);
  const outcome = choice('outcome', eventOutcomes, 'Choose what happens next.');
  if (faults.length) throw new InvalidInput(faults);
  return {
    effectiveOn,
    data: {
      ...ids,
      kind,
      method,
      startedOn,
      outcome,
      findings,
      arisesFromImpairment,
      impactOnWellbeing: {
        significant,
        ...(areas.length && { areas }),
        reasons: textOf(typed, 'impactOnWellbeing.reasons'),
      },
      ...(fluctuation && { fluctuation }),
      reasons: textOf(typed, 'reasons'),
    },
  };
}

/** Over which time a changing need was looked at; undefined where it was not asked. Days that are missing the rule asks for. */
export function periodFrom(
  typed: Typed,
  fault: (field: string, message: string) => void,
): PeriodConsidered | undefined {
  const fluctuates = textOf(typed, 'fluctuation.fluctuates');
  if (!fluctuates) return undefined;
  const day = (name: 'from' | 'to') => {
    const text = textOf(typed, `fluctuation.${name}`);
    const read = parseUkDate(text);
    if (text && !read) fault(`fluctuation.${name}`, 'Enter a real day, such as 1/3/2026.');
    return read && { [name]: read };
  };
  return { fluctuates: fluctuates === 'yes', ...day('from'), ...day('to') };
}

export function textOf(typed: Typed, field: string): string {
  const value = typed[field];
  return typeof value === 'string' ? value.trim() : '';
}
