import { CommandExecutor } from '@caretrail/commands';
import { EventStore } from '@caretrail/event-store';
import { Command, type CommandMeta, type PlainDate, type StoredEvent, streamName } from '@caretrail/kernel';
import { deriveKey } from '@caretrail/privacy';
import { Secrets } from '@caretrail/platform';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reconcile, type RowVerdict } from '../cld/identity/reconcile.js';
import { commandOf, withdrawalOf } from '../cld/mapping/event-commands.js';
import { ledgerRows } from '../cld/mapping/ledger-rows.js';
import { latestRow, personCommands } from '../cld/mapping/person-commands.js';
import type { CldRow } from '../cld/normalising/cld-row.js';
import type { ReportingPeriod } from '../cld/reading/inspect-cld-file.js';
import { RecordRows } from '../contracts/index.js';
import type { RowsReceivedData } from '../contracts/returns.events.js';
import { ledgerOf } from '../domain/ledger.js';

/** All that one file says of one person. */
export interface PersonRows {
  readonly personId: string;
  readonly simulated: boolean;
  readonly fileId: string;
  readonly submittedOn: PlainDate;
  readonly period: ReportingPeriod;
  readonly rows: readonly CldRow[];
  readonly withdrawMissing: boolean;
  /** Ids of the people who are linked to, by the council's own numbers for them. */
  readonly linked: ReadonlyMap<string, string>;
}

/** Takes in what a file says of one person: every event of every context that follows from it, in one atomic write. */
export class ReceivePersonRows extends Command<PersonRows> {}

/** What became of one person's rows. */
export interface PersonRowsReceived {
  readonly unchanged: number;
  readonly corrected: number;
  readonly missing: number;
  readonly withdrawn: number;
  readonly events: number;
  readonly position: bigint;
  readonly eventIds: readonly string[];
  /** Rows of earlier files that this one should hold and does not. */
  readonly absent: readonly { readonly eventType: string; readonly startsOn?: PlainDate }[];
}

@CommandHandler(ReceivePersonRows)
export class ReceivePersonRowsHandler implements ICommandHandler<ReceivePersonRows, PersonRowsReceived> {
  constructor(
    @Inject(CommandExecutor) private readonly executor: CommandExecutor,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(Secrets) private readonly secrets: Secrets,
  ) {}

  async execute({ data, meta }: ReceivePersonRows): Promise<PersonRowsReceived> {
    const { personId, submittedOn, period, rows, withdrawMissing } = data;
    const personStream = streamName('people.person', personId);
    const ledgerStream = streamName('returns.cld-person', personId);
    const streams = await this.store.readStreams(meta.tenant, [personStream, ledgerStream]);
    const ledger = ledgerOf((streams.get(ledgerStream) ?? []).map((event) => event.data as RowsReceivedData));
    const key = deriveKey(this.secrets.masterKey, 'client-level-data', meta.tenant);
    const verdicts = reconcile(ledger, { personId, submittedOn, period, rows }, { withdrawMissing, key });
    const registered = isRegistered(streams.get(personStream) ?? [], submittedOn);
    const commands = commandsFor(verdicts, data, registered, meta);
    if (!commands.length) return summarise(verdicts, rows, false, []);
    // The same file may rightly correct the same person again after another file came in between: the id tells the two apart.
    const commandId = `${meta.commandId}/${streams.get(ledgerStream)?.length ?? 0}`;
    const { repeated, versions, eventIds, position } = await this.executor.executeTogether(
      { ...meta, commandId },
      commands,
    );
    const detailsChanged = registered && !repeated && personStream in versions;
    return summarise(verdicts, rows, detailsChanged, repeated ? [] : eventIds, position);
  }
}

function commandsFor(
  verdicts: readonly RowVerdict[],
  { personId, simulated, fileId, submittedOn, period, rows, linked }: PersonRows,
  registered: boolean,
  meta: CommandMeta,
): Command[] {
  const idOfRef = (personRef: string): string | undefined => linked.get(personRef);
  const commands = personCommands(rows, { personId, registered, simulated, idOfRef }, meta);
  for (const verdict of verdicts) {
    if (verdict.verdict === 'unchanged' || verdict.verdict === 'missing') continue;
    const command =
      'standing' in verdict ? withdrawalOf(verdict.standing, personId, meta) : commandOf(verdict, personId, meta);
    if (command) commands.push(command);
  }
  const changed = ledgerRows(verdicts);
  if (changed.length)
    commands.push(
      new RecordRows({ personId, fileId, submittedOn, period, rows: changed }, { ...meta, effectiveOn: submittedOn }),
    );
  return commands;
}

/** Whether the council knew the person by the day of the file; what a later file said does not count for an older one. */
function isRegistered(events: readonly StoredEvent[], submittedOn: PlainDate): boolean {
  return events.some(({ type, knownOn }) => type === 'people.person-registered.v1' && knownOn <= submittedOn);
}

/** A row that is the same but for its person's details, which were corrected, counts as corrected. */
function summarise(
  verdicts: readonly RowVerdict[],
  rows: readonly CldRow[],
  detailsChanged: boolean,
  eventIds: readonly string[],
  position = 0n,
): PersonRowsReceived {
  const bearer = detailsChanged ? latestRow(rows) : undefined;
  const of = (wanted: RowVerdict['verdict']): number =>
    verdicts.filter(
      (one) =>
        ('row' in one && one.row === bearer && one.verdict === 'unchanged' ? 'corrected' : one.verdict) === wanted,
    ).length;
  return {
    unchanged: of('unchanged'),
    corrected: of('corrected'),
    missing: of('missing'),
    withdrawn: of('withdrawn'),
    events: eventIds.length,
    eventIds,
    position,
    absent: verdicts.flatMap((one) => (one.verdict === 'missing' ? [one.standing] : [])),
  };
}
