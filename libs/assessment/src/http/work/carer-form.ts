import { type Fault, InvalidInput, type PlainDate } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';
import {
  ABLE,
  carerAssessment,
  type CarerFinding,
  carerMeaningsOfUnable,
  carerOutcomes,
  type CompleteCarerAssessmentData,
  eventOutcomes,
  wellbeingAreas,
} from '../../contracts/index.js';
import { periodFrom, textOf } from '../assessment-form.js';
import { carerOutcomeTitles } from '../outcome-words.js';

type Typed = Readonly<Record<string, unknown>>;

/**
 * What was typed about a carer's assessment: `findings.0` holds “able” or one of the three meanings of reg 3(3).
 * @throws InvalidInput with every question that was left out or cannot be understood
 */
export function carerAssessmentFrom(
  ids: Pick<CompleteCarerAssessmentData, 'assessmentId' | 'personId' | 'caresFor'>,
  typed: Typed,
): { data: CompleteCarerAssessmentData; effectiveOn: PlainDate } {
  const faults: Fault[] = [];
  const fault = (field: string, message: string) => void faults.push({ rule: 'input-shape', field, message });
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
  const arisesFromCaring = yes('arisesFromCaring', 'Say whether the needs arise from necessary care for an adult.');
  const healthAtRisk = yes('healthAtRisk', 'Say whether the carer’s health is at risk.');
  const findings = carerOutcomes.map((outcome, at): CarerFinding => {
    const answer = choice(
      `findings.${at}`,
      [ABLE, ...carerMeaningsOfUnable],
      `${carerOutcomeTitles[outcome]}: choose one of the answers.`,
    );
    const words = textOf(typed, `findings.${at}.words`);
    return { outcome, able: answer === ABLE, ...(answer !== ABLE && { unable: answer }), ...(words && { words }) };
  });
  const able = choice('able', carerAssessment.shape.able.options, 'Say whether the carer is able to go on.');
  const willing = choice(
    'willing',
    carerAssessment.shape.willing.options,
    'Say whether the carer is willing to go on.',
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
      startedOn,
      arisesFromCaring,
      healthAtRisk,
      findings,
      able,
      willing,
      impactOnWellbeing: { significant, areas, reasons: textOf(typed, 'impactOnWellbeing.reasons') },
      ...(fluctuation && { fluctuation }),
      outcome,
      reasons: textOf(typed, 'reasons'),
    },
  };
}
