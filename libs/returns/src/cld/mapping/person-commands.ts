import { type Command, type CommandMeta, type PlainDate } from '@caretrail/kernel';
import {
  CorrectDetails,
  IdentifyCarer,
  RecordDeath,
  RegisterPerson,
  type PersonDetails,
} from '@caretrail/people/contracts';
import type { ClientType } from '../specification/coded-values.js';
import type { CldPerson, CldRow } from '../normalising/cld-row.js';
import { laPersonRef } from '../normalising/normalise-row.js';
import { postcodeSector } from '../normalising/postcode.js';

/** What is known of a person before the file. */
export interface KnownPerson {
  readonly personId: string;
  /** False makes the first command a registration. */
  readonly registered: boolean;
  readonly simulated: boolean;
  /** The person ids of those cared for, by their references (`laPersonRef`). */
  readonly idOfRef: (personRef: string) => string | undefined;
}

/**
 * What a file says of a person, as commands: registered or details corrected (the decider says nothing where they are
 * equal), death, and caring for others. The details are those of the latest row, see `latestRow`.
 */
export function personCommands(rows: readonly CldRow[], known: KnownPerson, meta: CommandMeta): Command[] {
  const latest = latestRow(rows);
  if (!latest) return [];
  const { personId, simulated } = known;
  const details = detailsOf(latest.person);
  const died = newestFirst(rows).find(({ person }) => person.dateOfDeath)?.person.dateOfDeath;
  const commands: Command[] = [
    known.registered
      ? new CorrectDetails({ personId, details }, meta)
      : new RegisterPerson(
          { personId, simulated, details },
          { ...meta, effectiveOn: earlier(firstDay(rows), meta.effectiveOn) },
        ),
  ];
  if (died && !(details.dateOfBirth && died < details.dateOfBirth))
    commands.push(new RecordDeath({ personId, diedOn: died }, { ...meta, effectiveOn: died }));
  const carer = newestFirst(rows).find(({ person, clientType }) => cares(person, clientType));
  if (carer) commands.push(carerCommand(carer, known, meta));
  return commands;
}

/**
 * The row whose details stand: of the latest event start, a service user's before a carer's, and the first in a fixed
 * order of content where the file has several; rows without an event come last.
 */
export function latestRow(rows: readonly CldRow[]): CldRow | undefined {
  return newestFirst(rows)[0];
}

/** The details of a person as the people context keeps them. */
export function detailsOf(person: CldPerson): PersonDetails {
  const { laPersonId, dateOfBirth, postcode } = person;
  const { dateOfDeath: _death, hoursCared: _hours, adultsCaredFor: _adults, caresFor: _links, ...own } = person;
  const { laPersonId: _id, ...details } = own;
  return {
    ...details,
    ...(laPersonId && { localId: laPersonId }),
    ...(dateOfBirth && birthYearOf(dateOfBirth)),
    ...(postcode && { postcodeSector: postcodeSector(postcode) }),
  };
}

/** A year outside what a living memory allows is a slip, and is left out of what is stored in clear. */
function birthYearOf(dateOfBirth: PlainDate): { birthYear?: number } {
  const birthYear = Number(dateOfBirth.slice(0, 4));
  return birthYear >= 1850 && birthYear <= 2200 ? { birthYear } : {};
}

function carerCommand({ person }: CldRow, { personId, idOfRef }: KnownPerson, meta: CommandMeta): Command {
  const caresFor = person.caresFor.flatMap((id) => idOfRef(laPersonRef(id)) ?? []);
  const { hoursCared, adultsCaredFor } = person;
  return new IdentifyCarer(
    {
      personId,
      caresFor: [...new Set(caresFor)].filter((id) => id !== personId),
      ...(hoursCared && { hoursCaredBand: hoursCared }),
      ...(adultsCaredFor !== undefined && { adultsCaredFor }),
    },
    meta,
  );
}

const cares = (person: CldPerson, clientType: ClientType): boolean =>
  clientType !== 'Service user' || person.caresFor.length > 0;

const startOf = (row: CldRow): PlainDate | undefined => (row.eventType === 'None' ? undefined : row.startsOn);

const firstDay = (rows: readonly CldRow[]): PlainDate | undefined =>
  rows
    .flatMap((row) => startOf(row) ?? [])
    .reduce<string | undefined>((one, day) => (one && one < day ? one : day), undefined);

function newestFirst(rows: readonly CldRow[]): CldRow[] {
  const rank = (row: CldRow): string => `${startOf(row) ?? ''}${row.clientType === 'Service user' ? 1 : 0}`;
  const content = (row: CldRow): string => JSON.stringify({ ...row, line: 0 });
  return rows.toSorted((one, other) => compare(rank(other), rank(one)) || compare(content(one), content(other)));
}

/** A service that is arranged ahead does not make its person known later. */
const earlier = (day: PlainDate | undefined, other: PlainDate): PlainDate => (day && day < other ? day : other);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
