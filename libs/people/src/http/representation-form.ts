import { type Fault, InvalidInput, type PlainDate } from '@caretrail/kernel';
import { parseUkDate } from '@caretrail/web';
import {
  type AppointRepresentativeData,
  conflictKinds,
  evidenceKinds,
  representationKinds,
  representationScopes,
  type RevokeRepresentativeData,
  revocationReasons,
} from '../contracts/index.js';

type Typed = Readonly<Record<string, unknown>>;
const RECORD_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

const textOf = (typed: Typed, field: string): string => {
  const value = typed[field];
  return typeof value === 'string' ? value.trim() : '';
};

/**
 * What was typed about a representative; the fields are named as the command's are. The representative's own record is
 * typed as its address or its id.
 * @throws InvalidInput with every field that was left out or cannot be understood
 */
export function appointmentFrom(
  ids: Pick<AppointRepresentativeData, 'personId' | 'representationId'>,
  typed: Typed,
): { data: Omit<AppointRepresentativeData, 'diedOn'>; effectiveOn: PlainDate } {
  const faults: Fault[] = [];
  const fault = (field: string, message: string) => faults.push({ rule: 'input-shape', field, message });
  const day = (field: string, message: string): string | undefined => {
    const read = parseUkDate(textOf(typed, field));
    if (!read) fault(field, message);
    return read;
  };
  const kind = representationKinds.find((each) => each === textOf(typed, 'kind'));
  if (!kind) fault('kind', 'Say in what capacity they speak for the person.');
  const own = textOf(typed, 'representative.personId');
  const personId = RECORD_ID.exec(own)?.[0].toLowerCase();
  if (own && !personId) fault('representative.personId', 'Paste the address of their record, or its id.');
  const evidence = evidenceKinds.find((each) => each === textOf(typed, 'evidence.kind'));
  if (!evidence) fault('evidence.kind', 'Say what was seen to prove the authority.');
  const seenOn = day('evidence.seenOn', 'Enter the day on which the evidence was seen, such as 14/3/2026.');
  const effectiveOn = day('effectiveOn', 'Enter the first day, such as 14/3/2026.');
  const until = textOf(typed, 'until')
    ? day('until', 'The last day must be a real day, such as 14/3/2027.')
    : undefined;
  if (faults.length || !kind || !evidence || !seenOn || !effectiveOn) throw new InvalidInput(faults);

  const given = (field: string): object => {
    const text = textOf(typed, field);
    return text ? { [field.slice(field.indexOf('.') + 1)]: text } : {};
  };
  const conflict = conflictKinds.find((each) => each === textOf(typed, 'conflict.kind'));
  return {
    effectiveOn,
    data: {
      ...ids,
      kind,
      representative: {
        ...(personId && { personId }),
        ...given('representative.name'),
        ...given('representative.relation'),
        ...given('representative.contact'),
      },
      evidence: { kind: evidence, seenOn, ...given('evidence.reference') },
      scope: representationScopes.filter((scope) => [typed['scope']].flat().includes(scope)),
      ...(until && { until }),
      conflicts: conflict
        ? [{ kind: conflict, reasons: textOf(typed, 'conflict.reasons'), handling: textOf(typed, 'conflict.handling') }]
        : [],
    },
  };
}

/** What was typed about the end of a representation. @throws InvalidInput */
export function revocationFrom(
  personId: string,
  typed: Typed,
): { data: RevokeRepresentativeData; effectiveOn: PlainDate } {
  const faults: Fault[] = [];
  const reason = revocationReasons.find((each) => each === textOf(typed, 'reason'));
  if (!reason) faults.push({ rule: 'input-shape', field: 'reason', message: 'Say why it ends.' });
  const effectiveOn = parseUkDate(textOf(typed, 'effectiveOn'));
  if (!effectiveOn)
    faults.push({ rule: 'input-shape', field: 'effectiveOn', message: 'Enter the day, such as 14/3/2026.' });
  if (faults.length || !reason || !effectiveOn) throw new InvalidInput(faults);
  const representationId = textOf(typed, 'representationId');
  return { effectiveOn, data: { personId, representationId, reason, reasons: textOf(typed, 'reasons') } };
}

/** Faults of the rules at the fields that the form has: it asks for one conflict, the command takes several. */
export const inFormFields = (faults: readonly Fault[]): Fault[] =>
  faults.map((fault) =>
    fault.field ? { ...fault, field: fault.field.replace(/^conflicts\.\d+/, 'conflict') } : fault,
  );
