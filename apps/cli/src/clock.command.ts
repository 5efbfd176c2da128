import { formatDate, InvalidInput, londonClock } from '@caretrail/kernel';
import { type ClockChange, ClockSetting, DEMONSTRATION } from '@caretrail/simulation';
import { Command } from 'commander';
import { withPlatform } from './with-platform.js';

interface ClockOptions {
  readonly council: string;
  readonly set?: string;
  readonly advance?: string;
  readonly real?: boolean;
}

/** `caretrail clock --set … | --advance … | --real`. */
export function clockCommand(): Command {
  return new Command('clock')
    .description('Read or set the clock of a simulated council, so that days can pass.')
    .option('--council <onscode>', 'ONS code of a simulated council', DEMONSTRATION.tenant)
    .option('--set <time>', 'let it stand at a London time, such as 2026-03-01T09:00')
    .option('--advance <span>', 'let hours, days, weeks or months pass, such as 12h, 30d, 6w or 6m')
    .option('--real', 'let the council live now again')
    .action(async ({ council, ...asked }: ClockOptions) => {
      const change = changeOf(asked);
      const { set, now, today } = await withPlatform((app) => {
        const setting = app.get(ClockSetting);
        return change ? setting.change(council, change) : setting.read(council);
      });
      console.log(
        `${council}: ${formatDate(today)}, ${londonClock(now)}${set ? ', where the clock was set' : ', now'}`,
      );
    });
}

/** @throws InvalidInput for more than one change at once */
function changeOf({ set, advance, real }: Omit<ClockOptions, 'council'>): ClockChange | undefined {
  const changes: ClockChange[] = [
    ...(set === undefined ? [] : [{ set }]),
    ...(advance === undefined ? [] : [{ advance }]),
    ...(real ? [{ real }] : []),
  ] as ClockChange[];
  if (changes.length > 1)
    throw new InvalidInput([
      { rule: 'one-change-of-the-clock', message: 'Give one of --set, --advance and --real, not several.' },
    ]);
  return changes[0];
}
