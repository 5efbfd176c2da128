import type { PlainDate } from '@caretrail/kernel';
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
import { periodFrom } from '../assessment-form.js';
import { carerOutcomeTitles } from '../outcome-words.js';
import { type Typed, TypedForm } from '../typed-form.js';

/**
 * What was typed about a carer's assessment: `findings.0` holds “able” or one of the three meanings of reg 3(3).
 * @throws InvalidInput with every question that was left out or cannot be understood
 */
export function carerAssessmentFrom(
  ids: Pick<CompleteCarerAssessmentData, 'assessmentId' | 'personId' | 'caresFor'>,
  typed: Typed,
): { data: CompleteCarerAssessmentData; effectiveOn: PlainDate } {
  const form = new TypedForm(typed);
  const startedOn = form.day('startedOn', 'Enter the day on which the assessment started, such as 1/3/2026.');
  const effectiveOn = form.day('effectiveOn', 'Enter the day on which the assessment was complete, such as 14/3/2026.');
  const arisesFromCaring = form.yes(
    'arisesFromCaring',
    'Say whether the needs arise from necessary care for an adult.',
  );
  const healthAtRisk = form.yes('healthAtRisk', 'Say whether the carer’s health is at risk.');
  const findings = carerOutcomes.map((outcome, at): CarerFinding => {
    const answer = form.choice(
      `findings.${at}`,
      [ABLE, ...carerMeaningsOfUnable],
      `${carerOutcomeTitles[outcome]}: choose one of the answers.`,
    );
    const words = form.text(`findings.${at}.words`);
    return { outcome, able: answer === ABLE, ...(answer !== ABLE && { unable: answer }), ...(words && { words }) };
  });
  const able = form.choice('able', carerAssessment.shape.able.options, 'Say whether the carer is able to go on.');
  const willing = form.choice(
    'willing',
    carerAssessment.shape.willing.options,
    'Say whether the carer is willing to go on.',
  );
  const significant = form.yes('impactOnWellbeing.significant', 'Say whether the impact on wellbeing is significant.');
  const areas = wellbeingAreas.filter((area) => [typed['impactOnWellbeing.areas']].flat().includes(area));
  const fluctuation = periodFrom(form);
  const outcome = form.choice('outcome', eventOutcomes, 'Choose what happens next.');
  form.done();
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
      impactOnWellbeing: { significant, areas, reasons: form.text('impactOnWellbeing.reasons') },
      ...(fluctuation && { fluctuation }),
      outcome,
      reasons: form.text('reasons'),
    },
  };
}
