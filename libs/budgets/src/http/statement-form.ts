import { type ChangeCause, changeCauses, type OneOffSum } from '../contracts/index.js';
import type { Typed } from './typed.js';

/** The three amounts of the statement, perhaps with one one-off sum; whether they fit is the decider's to say. */
export function statementFrom(typed: Typed): {
  costPencePerWeek: number;
  contributionPencePerWeek: number;
  councilPencePerWeek: number;
  oneOff: OneOffSum[];
  reasons: string;
} {
  return {
    costPencePerWeek: typed.pence('costPencePerWeek', 'Enter what meeting the needs costs a week, in pounds.'),
    contributionPencePerWeek: typed.pence(
      'contributionPencePerWeek',
      'Enter what the person pays a week, in pounds; 0 if nothing.',
    ),
    councilPencePerWeek: typed.pence(
      'councilPencePerWeek',
      'Enter what the council pays a week, in pounds; 0 if nothing.',
    ),
    oneOff: oneOffFrom(typed),
    reasons: typed.text('reasons'),
  };
}

/** A one-off sum, where something was typed of it. The form has room for one; the API takes more. */
function oneOffFrom(typed: Typed): OneOffSum[] {
  const fields = ['purpose', 'pence', 'contributionPence', 'councilPence'].map((name) => `oneOff.0.${name}`);
  if (!fields.some((field) => typed.text(field))) return [];
  const purpose = typed.text('oneOff.0.purpose');
  if (!purpose) typed.fault('oneOff.0.purpose', 'Say what the one-off sum is for.');
  const amount = (name: string) => {
    const pence = typed.pence(`oneOff.0.${name}`, 'Enter the amount in pounds; 0 if nothing.');
    if (pence < 0) typed.fault(`oneOff.0.${name}`, 'An amount does not lie below nothing.');
    return pence;
  };
  return [
    {
      purpose,
      pence: amount('pence'),
      contributionPence: amount('contributionPence'),
      councilPence: amount('councilPence'),
    },
  ];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What makes a change lawful. */
export function causeFrom(typed: Typed): ChangeCause {
  const kind = typed.oneOf('cause.kind', changeCauses, 'Choose what caused the change.');
  if (kind === 'review (s27)') {
    const reviewEventId = typed.text('cause.reviewEventId');
    if (!UUID.test(reviewEventId))
      typed.fault('cause.reviewEventId', 'Enter the id of the event that completed the review.');
    return { kind, reviewEventId };
  }
  const reference = typed.text('cause.reference');
  const publishedOn = typed.day('cause.publishedOn', 'Enter the day on which the list was published.');
  const inForceFrom = typed.text('cause.inForceFrom')
    ? typed.day('cause.inForceFrom', 'Enter the day from which the list is in force.')
    : undefined;
  return { kind, reference, publishedOn, ...(inForceFrom && { inForceFrom }) };
}
