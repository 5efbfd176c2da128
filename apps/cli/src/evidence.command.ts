import { open, writeFile } from 'node:fs/promises';
import { Evidence, readBundle, VerifierKey, verifyBundle } from '@caretrail/audit';
import { InvalidInput, NotFound } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { streamsAbout } from '@caretrail/views';
import { Command } from 'commander';
import { councilMeant } from './council-meant.js';
import { ALTERED, textOf } from './verify.command.js';
import { withPlatform } from './with-platform.js';

interface EvidenceCommandOptions {
  readonly council?: string;
  readonly stream: readonly string[];
  readonly person?: string;
  readonly older?: string;
  readonly out: string;
}

/** `caretrail evidence --stream … --out FILE`. */
export function evidenceCommand(): Command {
  return new Command('evidence')
    .description(
      'Write events, as they are stored and with personal fields locked, to a file that proves to a third party that they are the ones that were sealed. Changes nothing.',
    )
    .option('--council <onscode>', 'ONS code; may be left out when one council is set up beside the demonstration')
    .option(
      '--stream <name>',
      'all events of this stream; can be given several times',
      (name: string, before: readonly string[]) => [...before, name],
      [],
    )
    .option('--person <id>', 'all events of every stream in which something is about this person')
    .option('--older <file>', 'a checkpoint that was kept: the file shows that the newest one goes on from it')
    .requiredOption('--out <file>', 'the file to write')
    .action(writeEvidence);
}

/** `caretrail verify-bundle FILE --key FILE`: needs no database. */
export function verifyBundleCommand(): Command {
  return new Command('verify-bundle')
    .description(
      `Tell whether an evidence file proves what it says, from the file and a public key alone: no database, no platform. Ends with ${ALTERED} where it does not.`,
    )
    .argument('<file>', 'the evidence file')
    .requiredOption(
      '--key <file>',
      'the public key of the council (caretrail seal key), had from elsewhere than the evidence',
    )
    .option('--older <file>', 'a checkpoint that was kept: its history has to go on in the evidence')
    .action(runVerifyBundle);
}

async function writeEvidence({ council, stream, person, older, out }: EvidenceCommandOptions): Promise<void> {
  if (!stream.length && !person) throw nothingAsked();
  const kept = older === undefined ? undefined : await textOf(older, '--older');
  await refuseUnwritable(out);
  await withPlatform(async (app) => {
    const { tenant } = await councilMeant(app, council);
    const about = person ? `record ${person}` : stream.join(', ');
    const streams = person ? [...stream, ...(await streamsAbout(app.get(Database), tenant, person))] : stream;
    const bundle = await app.get(Evidence).bundle(tenant, {
      streams: [...new Set(streams)],
      about,
      now: new Date().toISOString(),
      ...(kept !== undefined && { older: kept }),
    });
    if (!bundle.events.length && !bundle.notSealedYet) throw nothingThere(about);
    // Made whole before it is written, so that one that is refused leaves an older file as it was.
    await writeFile(out, `${JSON.stringify(bundle, undefined, 1)}\n`, { mode: 0o600 });
    const { events, notSealedYet } = bundle;
    process.stderr.write(
      `${events.length.toLocaleString('en-GB')} ${events.length === 1 ? 'event' : 'events'} of ${streams.length} ${streams.length === 1 ? 'stream' : 'streams'} written to ${out}.${notSealedYet ? ` ${notSealedYet} more are not sealed yet: try again in a minute.` : ''}\n`,
    );
  });
}

async function runVerifyBundle(file: string, { key, older }: { key: string; older?: string }): Promise<void> {
  const bundle = readBundle(await textOf(file, 'file'));
  const verifier = VerifierKey.parse(await textOf(key, '--key'));
  const verdict = verifyBundle(bundle, verifier, older === undefined ? undefined : await textOf(older, '--older'));
  const { council, about, events, streams, size, sealedAt, goesOnFrom, findings } = verdict;
  if (findings.length) {
    process.exitCode = ALTERED;
    console.log('This file does not prove what it says:');
    for (const finding of findings) console.log(`  ${finding}`);
    console.log('Keep it, ask for another one, and compare it with a checkpoint that was kept elsewhere.');
    return;
  }
  console.log(`Proved: ${about}, of ${council}.`);
  console.log(
    `${events.toLocaleString('en-GB')} ${events === 1 ? 'event is' : 'events are'} among the ${size.toLocaleString('en-GB')} that were sealed on ${sealedAt}, unchanged and in their places.`,
  );
  for (const { stream, events: of } of streams) console.log(`  ${stream}: versions 1 to ${of}`);
  if (goesOnFrom) console.log(`The history goes on from the checkpoint of ${goesOnFrom}.`);
  console.log('What was written after that checkpoint is not in it, and whether something was, the file cannot tell.');
}

/** @throws InvalidInput when the file cannot be written, before anything is read */
async function refuseUnwritable(out: string): Promise<void> {
  const file = await open(out, 'a').catch(() => {
    const message = `The file ${out} cannot be written. Check that its folder exists and is yours to write in.`;
    throw new InvalidInput([{ rule: 'output-can-be-written', field: '--out', message }]);
  });
  await file.close();
}

const nothingThere = (about: string): NotFound =>
  new NotFound(`Nothing is stored here of ${about}, so no file was written. Check the id or the name.`);

const nothingAsked = (): InvalidInput =>
  new InvalidInput([
    {
      rule: 'evidence-is-of-something',
      field: '--stream',
      message: 'Say which events: --stream with the name of a stream, or --person with the id of a record.',
    },
  ]);
