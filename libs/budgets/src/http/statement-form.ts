import type { Statement } from '../application/statement.query.js';
import { changeCauses, type OneOffSum, type RevisePersonalBudgetData } from '../contracts/index.js';
import type { FormValues } from './page-forms.js';
import { Typed } from './typed.js';

/** As many as a statement may have. */
const ONE_OFF_SUMS = 20;
const sumFields = ['purpose', 'pence', 'contributionPence', 'councilPence'] as const;

/** The three amounts of the statement, perhaps with one-off sums; whether they fit is the decider's to say. */
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

/** The rows of one-off sums in which something was typed. */
const typedRows = (typed: Typed): number[] =>
  Array.from({ length: ONE_OFF_SUMS }, (_, row) => row).filter((row) =>
    sumFields.some((name) => typed.text(`oneOff.${row}.${name}`)),
  );

/** A one-off sum for each row in which something was typed. */
function oneOffFrom(typed: Typed): OneOffSum[] {
  return typedRows(typed).map((row) => {
    const purpose = typed.text(`oneOff.${row}.purpose`);
    if (!purpose) typed.fault(`oneOff.${row}.purpose`, 'Say what the one-off sum is for.');
    const amount = (name: string) => {
      const pence = typed.pence(`oneOff.${row}.${name}`, 'Enter the amount in pounds; 0 if nothing.');
      if (pence < 0) typed.fault(`oneOff.${row}.${name}`, 'An amount does not lie below nothing.');
      return pence;
    };
    return {
      purpose,
      pence: amount('pence'),
      contributionPence: amount('contributionPence'),
      councilPence: amount('councilPence'),
    };
  });
}

/** Where a field of the command stands in the form: a row that was left empty is no sum. */
export function statementFieldOf(values: FormValues): (field: string) => string {
  const rows = typedRows(new Typed(values));
  return (field) => field.replace(/^oneOff\.(\d+)/, (_, at: string) => `oneOff.${rows[Number(at)] ?? at}`);
}

const pounds = (pence: number | undefined): string => (pence === undefined ? '' : (pence / 100).toFixed(2));

/** What stands in the form of a change before anybody types: the statement as it is, of which some changes. */
export const statementTyped = (statement: Statement): FormValues => ({
  costPencePerWeek: pounds(statement.costPencePerWeek),
  contributionPencePerWeek: pounds(statement.contributionPencePerWeek),
  councilPencePerWeek: pounds(statement.councilPencePerWeek),
  ...Object.fromEntries(
    statement.oneOff.flatMap(({ purpose, ...amounts }, row) => [
      [`oneOff.${row}.purpose`, purpose],
      ...Object.entries(amounts).map(([name, pence]) => [`oneOff.${row}.${name}`, pounds(pence)] as const),
    ]) as [string, string][],
  ),
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What makes a change lawful. */
export function causeFrom(typed: Typed): RevisePersonalBudgetData['cause'] {
  const kind = typed.oneOf('cause.kind', changeCauses, 'Choose what caused the change.');
  if (kind === 'review (s27)') {
    const reviewEventId = typed.text('cause.reviewEventId');
    if (!UUID.test(reviewEventId))
      typed.fault('cause.reviewEventId', 'Enter the id of the event that completed the review.');
    return { kind, reviewEventId };
  }
  const upratingId = typed.text('cause.upratingId');
  if (!UUID.test(upratingId)) typed.fault('cause.upratingId', 'Choose the published list of prices or charges.');
  return { kind, upratingId };
}
