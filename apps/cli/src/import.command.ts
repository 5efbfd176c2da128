import { join } from 'node:path';
import { Configuration } from '@caretrail/platform';
import { CldImporter, type ImportProgress } from '@caretrail/returns';
import { InvalidInput, isPlainDate } from '@caretrail/kernel';
import { Presets, SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { operator, withPlatform } from './with-platform.js';

interface CldOptions {
  readonly council: string;
  readonly submittedOn?: string;
  readonly withdrawMissing: boolean;
  readonly report?: string;
  readonly json: boolean;
}

/** `caretrail import cld FILE`. */
export function importCommands(): Command {
  const command = new Command('import').description('Bring a council’s own records in.');
  command
    .command('cld')
    .description('Import a Client Level Data file, as submitted. The same file again changes nothing.')
    .argument('<file>', 'CSV, Release 1 or Release 2')
    .requiredOption('--council <onscode>', 'ONS code of the council')
    .option('--submitted-on <day>', 'day the file was submitted, yyyy-mm-dd: what it brings counts as known since then')
    .option(
      '--withdraw-missing',
      'withdraw rows of earlier files that lie inside this file’s period and are not in it',
      false,
    )
    .option('--report <file>', 'where to write the report (default: in the data folder)')
    .option('--json', 'print one line of JSON at the end', false)
    .action(importCld);
  return command;
}

async function importCld(file: string, options: CldOptions): Promise<void> {
  if (options.submittedOn && !isPlainDate(options.submittedOn))
    throw new InvalidInput([
      {
        rule: 'submitted-on-is-a-day',
        field: '--submitted-on',
        message: 'Give --submitted-on as a calendar day, for example 2025-07-30.',
      },
    ]);
  const progress = new ImportBar();
  const outcome = await withPlatform((app) =>
    app
      .get(CldImporter)
      .import({
        tenant: options.council,
        file,
        actor: operator(),
        ...(options.submittedOn && { submittedOn: options.submittedOn }),
        withdrawMissing: options.withdrawMissing,
        report: (fileId) => options.report ?? join(app.get(Configuration).dataDir, 'reports', `${fileId}.csv`),
        onProgress: (each) => progress.show(each),
      })
      .finally(() => progress.end()),
  );
  const { fileId: _, ...counts } = outcome;
  if (options.json) console.log(JSON.stringify(counts));
  else {
    const { rows, accepted, warned, rejected, unchanged, corrected, missing, withdrawn, events, report } = counts;
    console.log(
      [
        `${count(rows)} rows: ${count(accepted)} accepted (${count(warned)} with a warning), ${count(rejected)} rejected.`,
        `${count(unchanged)} were known already, ${count(corrected)} corrected earlier ones; ${count(missing)} rows of earlier files are missing from this one, ${count(withdrawn)} withdrawn.`,
        `${count(events)} events. What to put right: ${report}`,
      ].join('\n'),
    );
  }
}

const count = (number: number): string => number.toLocaleString('en-GB');
const words = { checking: 'Checking the file', importing: 'Importing rows', comparing: 'Comparing with earlier files' };

/** A bar with rate and time left, on the terminal's error side so that `--json` stays clean. */
class ImportBar {
  private bar: SingleBar | undefined;
  private phase: ImportProgress['phase'] | undefined;

  show({ phase, done, total }: ImportProgress): void {
    if (phase !== this.phase) {
      this.bar?.stop();
      this.phase = phase;
      const unit = phase === 'checking' ? 'bytes' : phase === 'importing' ? 'rows' : 'people';
      const format = `${words[phase]} [{bar}] {percentage}% | {value} of {total} ${unit} | {eta_formatted} left`;
      this.bar = new SingleBar(
        { format, stream: process.stderr, hideCursor: true, noTTYOutput: false },
        Presets.shades_classic,
      );
      this.bar.start(total, done);
    }
    this.bar?.setTotal(total);
    this.bar?.update(done);
  }

  end(): void {
    this.bar?.stop();
  }
}
