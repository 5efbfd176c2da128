import { type AlteredEvent, type Compared, PostgresEventStore } from '@caretrail/event-store';
import { Presets, SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { councilMeant } from './council-meant.js';
import { withPlatform } from './with-platform.js';

/** The exit code where an event is not as it was stored: neither a refusal nor an error of the program. */
const ALTERED = 3;
const MILLISECONDS = 1_000;

/** `caretrail verify`. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      `Hash every stored event of a council again, and tell which are not as they were stored. Changes nothing. Ends with ${ALTERED} where one was altered.`,
    )
    .option('--council <onscode>', 'ONS code; may be left out when one council is set up beside the demonstration')
    .action(({ council }: { council?: string }) => runVerify(council));
}

async function runVerify(council: string | undefined): Promise<void> {
  await withPlatform(async (app) => {
    const { tenant, name } = await councilMeant(app, council);
    const store = app.get(PostgresEventStore);
    const bar = new VerifyBar(await store.head(tenant));
    const altered: AlteredEvent[] = [];
    let read: Compared = { events: 0, position: 0n };
    try {
      for await (const event of store.alteredEvents(tenant, (compared) => bar.show((read = compared))))
        altered.push(event);
    } finally {
      bar.end();
    }
    const [events, position] = [read.events, read.position].map((number) => number.toLocaleString('en-GB'));
    console.log(`${name} (${tenant}): ${events} events up to position ${position} were hashed again.`);
    if (!altered.length) return console.log('Each is as it was stored.');
    process.exitCode = ALTERED;
    console.log(`${altered.length.toLocaleString('en-GB')} ${altered.length === 1 ? 'is' : 'are'} not as stored:`);
    for (const each of altered)
      console.log(
        `  position ${each.position}, ${each.stream} version ${each.version}, event ${each.id}: ${each.what}`,
      );
    console.log('Keep this database as it is, find out who could write to it, and compare these events with a backup.');
  });
}

/** A bar with rate and time left on the terminal's error side, so that what is printed stays clean. */
class VerifyBar {
  private readonly began = performance.now();
  private bar: SingleBar | undefined;

  /** @param head position up to which there is something to read, as far as is known */
  constructor(private readonly head: bigint) {}

  show({ events, position }: Compared): void {
    const rate = Math.round((events * MILLISECONDS) / Math.max(performance.now() - this.began, 1));
    const said = { events: events.toLocaleString('en-GB'), rate: rate.toLocaleString('en-GB') };
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
