import { type ComparedTable, differing, type RebuildProgress, SubscriptionControl } from '@caretrail/projections';
import { InvalidInput } from '@caretrail/kernel';
import { Presets, SingleBar } from 'cli-progress';
import { Argument, Command } from 'commander';
import { projections } from '../../platform/src/house.js';
import { councilMeant } from './council-meant.js';
import { counted } from './counted.js';
import { operator, withPlatform } from './with-platform.js';

interface RebuildCommandOptions {
  readonly council?: string;
  readonly workers: string;
  readonly rollBack?: boolean;
  readonly dropPrevious?: boolean;
}

const PERCENT = 100;

/** `caretrail rebuild VIEW`. */
export function rebuildCommand(): Command {
  return new Command('rebuild')
    .description(
      'Build the rows of a view anew from the events, beside those that are shown, and put them in their place. Pages show the old rows until then. Broken off, the same command goes on from there.',
    )
    .addArgument(new Argument('<view>', 'the view').choices(projections.map(({ name }) => name)))
    .option('--council <onscode>', 'ONS code; may be left out when one council is set up beside the demonstration')
    .option('--workers <number>', 'how many fill the rows side by side, 1 to 4', '2')
    .option('--roll-back', 'show the rows of before the last rebuild again')
    .option('--drop-previous', 'remove the rows that are kept to go back to')
    .action(runRebuild);
}

async function runRebuild(view: string, options: RebuildCommandOptions): Promise<void> {
  const workers = workersOf(options);
  await withPlatform(async (app) => {
    const { tenant } = await councilMeant(app, options.council);
    const control = app.get(SubscriptionControl);
    const actor = operator();
    if (options.rollBack) {
      await control.rollBack(tenant, view, { actor, reason: 'the rows look wrong' });
      return console.log(`${view} shows the rows of before again, and catches up from where they stood.`);
    }
    if (options.dropPrevious) {
      await control.dropPrevious(tenant, view, { actor, reason: 'it is not needed any more' });
      return console.log(`The rows of before of ${view} are removed.`);
    }
    const bar = new RebuildBar();
    try {
      const onProgress = (progress: RebuildProgress) => bar.show(progress);
      await control.rebuildHere(tenant, view, { workers, onProgress }, { actor, reason: 'the rows are to be checked' });
    } finally {
      bar.end();
    }
    const rebuilt = (await control.overview(tenant)).find(({ name }) => name === view)?.previous?.comparison;
    if (!rebuilt) return;
    console.log(`${view} shows rows that were built anew. Those of before are kept: --roll-back shows them again.`);
    for (const each of rebuilt.tables) console.log(comparedLine(each));
    if (differing(rebuilt).length)
      console.log(
        'They came out differently, though neither version nor events differ. Find out why before you drop the old ones.',
      );
  });
}

const comparedLine = ({ table, rowsBefore, rowsAfter, same }: ComparedTable): string =>
  `  ${table}: ${counted(rowsBefore, 'row')} before, ${counted(rowsAfter, 'row')} now, ${same ? 'the same' : 'not the same'}`;

/** @throws InvalidInput */
function workersOf({ workers, rollBack, dropPrevious }: RebuildCommandOptions): number {
  if (rollBack && dropPrevious)
    throw new InvalidInput([
      { rule: 'one-thing-at-a-time', message: 'Give one of --roll-back and --drop-previous, not both.' },
    ]);
  if (!/^[1-4]$/.test(workers))
    throw new InvalidInput([
      { rule: 'workers-are-few', field: '--workers', message: 'Give --workers a number from 1 to 4.' },
    ]);
  return Number(workers);
}

/** A bar with rate and time left on the terminal's error side, so that what is printed stays clean. */
class RebuildBar {
  private bar: SingleBar | undefined;

  show({ stage, events, eventsPerSecond, done, secondsLeft }: RebuildProgress): void {
    const said = {
      stage,
      events: events.toLocaleString('en-GB'),
      rate: eventsPerSecond.toLocaleString('en-GB'),
      left: secondsLeft === undefined ? '?' : secondsLeft.toLocaleString('en-GB'),
    };
    if (!this.bar) {
      const format = 'Rebuilding [{bar}] {percentage}% | {stage} | {events} events, {rate} a second | {left} s left';
      this.bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
      this.bar.start(PERCENT, 0, said);
    }
    this.bar.update(Math.floor(done * PERCENT), said);
  }

  end(): void {
    this.bar?.stop();
  }
}
