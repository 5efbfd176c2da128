import { readFile } from 'node:fs/promises';
import {
  type Finding,
  originOf,
  type Progress,
  SigningKey,
  type Verification,
  VerifierKey,
  verifyHistory,
} from '@caretrail/audit';
import { SealedHistory } from '@caretrail/audit';
import { PostgresEventStore } from '@caretrail/event-store';
import { InvalidInput, type Tenant } from '@caretrail/kernel';
import { Secrets } from '@caretrail/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { Presets, SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { councilMeant } from './council-meant.js';
import { withPlatform } from './with-platform.js';

/** The exit code where something is not as it was stored, sealed or signed: neither a refusal nor an error of the program. */
export const ALTERED = 3;
const MILLISECONDS = 1_000;

interface VerifyCommandOptions {
  readonly council?: string;
  readonly anchor: readonly string[];
  readonly key?: string;
}

/** `caretrail verify`. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      `Hash every stored event of a council again, build its tree anew, compare both with what was sealed and signed, and tell what is not the same. Changes nothing. Ends with ${ALTERED} where something was altered.`,
    )
    .option('--council <onscode>', 'ONS code; may be left out when one council is set up beside the demonstration')
    .option(
      '--anchor <file>',
      'a checkpoint that was kept elsewhere (caretrail seal checkpoint); can be given several times',
      (file: string, before: readonly string[]) => [...before, file],
      [],
    )
    .option('--key <file>', 'the public key that was kept with it (caretrail seal key)')
    .action(runVerify);
}

/** The public half of the key that this platform signs a council's history with. */
export const ownKey = (app: INestApplicationContext, tenant: Tenant): VerifierKey =>
  new SigningKey(originOf(tenant), app.get(Secrets).sealingKey).verifier;

/** @throws InvalidInput when the file cannot be read */
export async function textOf(file: string, field: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    const message = `The file ${file} cannot be read. Check its name, and that it is yours to read.`;
    throw new InvalidInput([{ rule: 'file-can-be-read', field, message }]);
  });
}

async function runVerify({ council, anchor, key }: VerifyCommandOptions): Promise<void> {
  const anchors = await Promise.all(anchor.map((file) => textOf(file, '--anchor')));
  const kept = key === undefined ? undefined : VerifierKey.parse(await textOf(key, '--key'));
  await withPlatform(async (app) => {
    const { tenant, name } = await councilMeant(app, council);
    const store = app.get(PostgresEventStore);
    const bar = new VerifyBar(await store.head(tenant));
    const verified = await verifyHistory(tenant, store, app.get(SealedHistory), {
      own: ownKey(app, tenant),
      anchors,
      ...(kept && { kept }),
      onPage: (progress) => bar.show(progress),
    }).finally(() => bar.end());
    tell(`${name} (${tenant})`, verified, anchors.length);
  });
}

function tell(council: string, verified: Verification, anchors: number): void {
  const { events, position, checkpoints, newest, restored, findings, more } = verified;
  console.log(`${council}: ${counted(events)} events up to position ${counted(position)} were hashed again.`);
  console.log(
    newest
      ? `${counted(newest.size)} of them are sealed, in ${counted(checkpoints)} ${checkpoints === 1 ? 'checkpoint' : 'checkpoints'}; the newest is of ${newest.sealedAt}, under the key ${newest.keyId}.`
      : 'Nothing is sealed. A worker seals within a minute of the first event; where one ran before, the seal was taken away.',
  );
  for (const { number, sealedAt } of restored)
    console.log(`Before checkpoint ${number} of ${sealedAt} the store was restored from a backup, or moved.`);
  if (!findings.length) {
    console.log('Each is as it was stored.');
    if (newest) console.log('What was sealed is what is stored.');
    console.log(
      anchors
        ? `So ${anchors === 1 ? 'is the checkpoint that was' : 'are the checkpoints that were'} kept elsewhere.`
        : 'Whether events and seals were changed together, or set back to an older backup, tells only a checkpoint that was kept elsewhere: --anchor.',
    );
    return;
  }
  process.exitCode = ALTERED;
  tellEvents(findings.filter(({ kind }) => kind === 'event-altered'));
  const others = findings.filter(({ kind }) => kind !== 'event-altered');
  if (others.length) console.log('Not as it was sealed and signed:');
  for (const { where, what } of others) console.log(`  ${where}: ${what}`);
  if (more) console.log(`And ${counted(more)} more.`);
  console.log(
    'Keep this database as it is, find out who could write to it, and compare these with a backup and with checkpoints that were kept elsewhere.',
  );
}

function tellEvents(altered: readonly Finding[]): void {
  if (!altered.length) return;
  console.log(`${counted(altered.length)} ${altered.length === 1 ? 'is' : 'are'} not as stored:`);
  for (const { where, what } of altered) console.log(`  ${where}: ${what}`);
}

const counted = (number: number | bigint): string => number.toLocaleString('en-GB');

/** A bar with rate and time left on the terminal's error side, so that what is printed stays clean. */
class VerifyBar {
  private readonly began = performance.now();
  private bar: SingleBar | undefined;

  /** @param head position up to which there is something to read, as far as is known */
  constructor(private readonly head: bigint) {}

  show({ events, position }: Progress): void {
    const rate = Math.round((events * MILLISECONDS) / Math.max(performance.now() - this.began, 1));
    const said = { events: counted(events), rate: counted(rate) };
    const total = Number(position > this.head ? position : this.head);
    if (!this.bar) {
      const format = 'Verifying [{bar}] {percentage}% | {events} events, {rate} a second | {eta_formatted} left';
      this.bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
      this.bar.start(total, 0, said);
    }
    this.bar.setTotal(total);
    this.bar.update(Number(position), said);
  }

  end(): void {
    this.bar?.stop();
  }
}
