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
import { type Typed, TypedForm } from './typed-form.js';

/**
 * What was typed about an assessment. The fields are named as the command's are; `findings.0` holds “able” or one of the
 * four meanings of unable, `findings.0.words` what was said about it. Whether needs are eligible is worked out by the decider.
 * @throws InvalidInput with every question that was left out or cannot be understood
 */
export function assessmentFrom(
  ids: { readonly personId: string; readonly assessmentId: string },
  typed: Typed,
): { data: CompleteAssessmentData; effectiveOn: string } {
  const form = new TypedForm(typed);
  const startedOn = form.day('startedOn', 'Enter the day on which the assessment started, such as 1/3/2026.');
  const effectiveOn = form.day('effectiveOn', 'Enter the day on which the assessment was complete, such as 14/3/2026.');
  const kind = form.choice('kind', assessmentKinds, 'Choose what kind of assessment this was.');
  const method = form.choice('method', assessmentMethods, 'Choose who took part.');
  const findings = outcomes.flatMap((outcome, at): Finding[] => {
    const answer = form.text(`findings.${at}`);
    const unable = meaningsOfUnable.find((meaning) => meaning === answer);
    if (answer !== ABLE && !unable) {
      form.fault(
        `findings.${at}`,
        `${titleAt(at)}: choose one of the answers.`,
        'every-outcome-answered-once',
        'Elig Regs reg 2(2)',
      );
      return [];
    }
    const words = form.text(`findings.${at}.words`);
    return [{ outcome, able: !unable, ...(unable && { unable }), ...(words && { words }) }];
  });
  const arisesFromImpairment = form.yes(
    'arisesFromImpairment',
    'Say whether the needs arise from an impairment or illness.',
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
      kind,
      method,
      startedOn,
      outcome,
      findings,
      arisesFromImpairment,
      impactOnWellbeing: {
        significant,
        ...(areas.length && { areas }),
        reasons: form.text('impactOnWellbeing.reasons'),
      },
      ...(fluctuation && { fluctuation }),
      reasons: form.text('reasons'),
    },
  };
}

/** Over which time a changing need was looked at; undefined where it was not asked. Days that are missing the rule asks for. */
export function periodFrom(form: TypedForm): PeriodConsidered | undefined {
  const fluctuates = form.text('fluctuation.fluctuates');
  if (!fluctuates) return undefined;
  const day = (name: 'from' | 'to') => {
    const field = `fluctuation.${name}`;
    return form.text(field) ? { [name]: form.day(field, 'Enter a real day, such as 1/3/2026.') } : {};
  };
  return { fluctuates: fluctuates === 'yes', ...day('from'), ...day('to') };
}
