import { open, writeFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { EventStore } from '@caretrail/event-store';
import { type ReplayProgress, replayTo } from '@caretrail/evaluation';
import { type Clock, type Instant, InvalidInput, londonDate, type Tenant } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { replayableViews } from '@caretrail/views';
import type { INestApplicationContext } from '@nestjs/common';
import { Presets, SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import { councilMeant } from './council-meant.js';
import { withPlatform } from './with-platform.js';

interface ReplayCommandOptions {
  readonly asOf: string;
  readonly knownOn?: string;
  readonly view: string;
  readonly council?: string;
  readonly format: string;
  readonly output?: string;
}

/** `caretrail replay --as-of … --view …`. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('Rebuild a view from the events as it stood on a day, and print or write it. Changes nothing.')
    .requiredOption('--as-of <day>', 'what was true on this day, yyyy-mm-dd')
    .option('--known-on <day>', 'as known by the end of this day (default: today)')
    .requiredOption('--view <name>', `the view: ${replayableViews.map(({ name }) => name).join(', ')}`)
    .option('--council <onscode>', 'ONS code; may be left out when one council is set up beside the demonstration')
    .addOption(new Option('--format <format>', 'how to write it').choices(['table', 'csv', 'json']).default('table'))
    .option('--output <file>', 'write to this file instead of the terminal')
    .action(runReplay);
}

async function runReplay({ council, output, ...options }: ReplayCommandOptions): Promise<void> {
  if (output) await refuseUnwritable(output);
  const progress = new ReplayBar();
  await withPlatform(async (app) => {
    const { tenant } = await councilMeant(app, council);
    // Written when all of it is there, so that a replay that is refused or broken off leaves an older file as it was.
    const rows = new PassThrough();
    const written = text(rows);
    try {
      await replayTo(
        { ...options, council: tenant },
        {
          store: app.get(EventStore),
          database: app.get(Database),
          views: replayableViews,
          today: londonDate(await nowOf(app, tenant)),
          out: rows,
          onProgress: (each) => progress.show(each),
        },
      );
    } finally {
      progress.end();
      rows.end();
    }
    if (output) await writeFile(output, await written);
    else process.stdout.write(await written);
  });
  if (output) process.stderr.write(`Written to ${output}\n`);
}

/** The moment by the council's own clock. */
async function nowOf(app: INestApplicationContext, tenant: Tenant): Promise<Instant> {
  const clock = app.get<Clock>('CLOCK', { strict: false });
  await clock.lookUp(tenant);
  return clock.now(tenant);
}

/** @throws InvalidInput when the file cannot be written, before anything is read */
async function refuseUnwritable(output: string): Promise<void> {
  const file = await open(output, 'a').catch(() => {
    const message = `The file ${output} cannot be written. Check that its folder exists and is yours to write in.`;
    throw new InvalidInput([{ rule: 'output-can-be-written', field: '--output', message }]);
  });
  await file.close();
}

/** A bar with rate and time left on the terminal's error side, so that what is printed stays clean. */
class ReplayBar {
  private bar: SingleBar | undefined;

  show({ events, position, head, eventsPerSecond }: ReplayProgress): void {
    const said = { events: events.toLocaleString('en-GB'), rate: Math.round(eventsPerSecond).toLocaleString('en-GB') };
    if (!this.bar) {
      const format = 'Replaying [{bar}] {percentage}% | {events} events, {rate} a second | {eta_formatted} left';
      this.bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
      this.bar.start(Number(head), Number(position), said);
    }
    this.bar.update(Number(position), said);
  }

  end(): void {
    this.bar?.stop();
  }
}
