import { type Fault, InvalidInput, type PlainDate } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';
import { assessmentSubjects, type OfferAssessmentData } from '../../contracts/index.js';
import { textOf } from '../assessment-form.js';

type Typed = Readonly<Record<string, unknown>>;
const RECORD_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * What was typed about an offer. For whom a carer cares is typed as the addresses or the ids of their records.
 * @throws InvalidInput with every question that was left out or cannot be understood
 */
export function offerFrom(
  ids: { readonly assessmentId: string; readonly personId: string },
  typed: Typed,
): { data: OfferAssessmentData; effectiveOn: PlainDate } {
  const faults: Fault[] = [];
  const fault = (field: string, message: string) => faults.push({ rule: 'input-shape', field, message });
  const subject = assessmentSubjects.find((each) => each === textOf(typed, 'subject'));
  if (!subject) fault('subject', 'Say whose needs are assessed.');
  const cared = textOf(typed, 'caresFor');
  const caresFor = [...new Set(cared.toLowerCase().match(RECORD_ID) ?? [])];
  if (cared && !caresFor.length)
    fault('caresFor', 'Paste the address of the record of each person cared for, or its id.');
  const offered = textOf(typed, 'selfAssessmentOffered');
  if (offered !== 'yes' && offered !== 'no') fault('selfAssessmentOffered', 'Choose yes or no.');
  const effectiveOn = parseUkDate(textOf(typed, 'effectiveOn'));
  if (!effectiveOn) fault('effectiveOn', 'Enter the day, such as 14/3/2026.');
  if (faults.length || !subject || !effectiveOn) throw new InvalidInput(faults);
  const whyNotOffered = textOf(typed, 'whyNotOffered');
  return {
    effectiveOn,
    data: {
      ...ids,
      subject,
      caresFor,
      selfAssessmentOffered: offered === 'yes',
      ...(whyNotOffered && { whyNotOffered }),
    },
  };
}
