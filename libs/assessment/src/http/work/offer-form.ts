import type { PlainDate } from '@caretrail/kernel';
import { assessmentSubjects, type OfferAssessmentData } from '../../contracts/index.js';
import { type Typed, TypedForm } from '../typed-form.js';

const RECORD_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * What was typed about an offer. For whom a carer cares is typed as the addresses or the ids of their records.
 * @throws InvalidInput with every question that was left out or cannot be understood
 */
export function offerFrom(
  ids: { readonly assessmentId: string; readonly personId: string },
  typed: Typed,
): { data: OfferAssessmentData; effectiveOn: PlainDate } {
  const form = new TypedForm(typed);
  const subject = form.choice('subject', assessmentSubjects, 'Say whose needs are assessed.');
  const cared = form.text('caresFor');
  const caresFor = [...new Set(cared.toLowerCase().match(RECORD_ID) ?? [])];
  if (cared && !caresFor.length)
    form.fault('caresFor', 'Paste the address of the record of each person cared for, or its id.');
  const selfAssessmentOffered = form.yes('selfAssessmentOffered', 'Choose yes or no.');
  const effectiveOn = form.day('effectiveOn', 'Enter the day, such as 14/3/2026.');
  form.done();
  const whyNotOffered = form.text('whyNotOffered');
  return {
    effectiveOn,
    data: {
      ...ids,
      subject,
      caresFor,
      selfAssessmentOffered,
      ...(whyNotOffered && { whyNotOffered }),
    },
  };
}
