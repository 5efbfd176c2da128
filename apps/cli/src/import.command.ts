import { basename, join } from 'node:path';
import { DirectoryImporter } from '@caretrail/commissioning';
import { Configuration } from '@caretrail/platform';
import { CldImporter, type ImportProgress } from '@caretrail/returns';
import { InvalidInput, isPlainDate } from '@caretrail/kernel';
import { Presets, SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { contentOf } from './content-of.js';
import { counted } from './counted.js';
import { operator, withPlatform } from './with-platform.js';

interface CldOptions {
  readonly council: string;
  readonly submittedOn?: string;
  readonly withdrawMissing?: boolean;
  readonly report?: string;
  readonly json?: boolean;
}

interface DirectoryOptions {
  readonly council: string;
  readonly publishedOn?: string;
  readonly whole?: boolean;
  readonly json?: boolean;
}

/** `caretrail import cld FILE`, `caretrail import directory FILE`. */
export function importCommands(): Command {
  const command = new Command('import').description('Bring a council’s own records in.');
  command
    .command('cld')
    .description('Import a Client Level Data file, as submitted. The same file again changes nothing.')
    .argument('<file>', 'CSV, Release 1 or Release 2')
    .requiredOption('--council <onscode>', 'ONS code of the council')
    .option('--submitted-on <day>', 'day the file was submitted, yyyy-mm-dd: what it brings counts as known since then')
    .option('--withdraw-missing', 'withdraw rows of earlier files that lie inside this file’s period and are not in it')
    .option('--report <file>', 'where to write the report (default: in the data folder)')
    .option('--json', 'print one line of JSON at the end')
    .action(importCld);
  command
    .command('directory')
    .description(
      'Import a directory of universal services, as Open Referral UK serves it. The same again changes nothing.',
    )
    .argument('<file>', 'JSON of HSDS-UK 3.0: a page of /services, or an array of services')
    .requiredOption('--council <onscode>', 'ONS code of the council')
    .option('--published-on <day>', 'day the directory said so, yyyy-mm-dd: it counts as known since then')
    .option('--whole', 'it is the whole directory: delist what is not in it')
    .option('--json', 'print one line of JSON at the end')
    .action(importDirectory);
  return command;
}

/** @throws InvalidInput for what is no calendar day */
function dayIn(option: string, value: string | undefined): void {
  if (value === undefined || isPlainDate(value)) return;
  const rule = `${option.slice(2)}-is-a-day`;
  const message = `Give ${option} as a calendar day, for example 2025-07-30.`;
  throw new InvalidInput([{ rule, field: option, message }]);
}

async function importDirectory(file: string, options: DirectoryOptions): Promise<void> {
  const { council, publishedOn, whole = false, json } = options;
  dayIn('--published-on', publishedOn);
  const content = await contentOf(file);
  const outcome = await withPlatform((app) =>
    app.get(DirectoryImporter).import({
      tenant: council,
      actor: operator(),
      name: basename(file),
      content,
      whole,
      ...(publishedOn && { publishedOn }),
    }),
  );
  if (json) return console.log(JSON.stringify(outcome));
  const { records, accepted, warned, rejected, listed, changed, unchanged, delisted, events } = outcome;
  console.log(
    [
      `${counted(records, 'service')}: ${count(accepted)} accepted (${count(warned)} with a warning), ${count(rejected)} rejected.`,
      `${count(listed)} listed, ${count(changed)} changed, ${count(unchanged)} were known already, ${count(delisted)} delisted.`,
      `${counted(events, 'event')}. What to put right: the page /directory-imports/${outcome.fileId}`,
    ].join('\n'),
  );
}

async function importCld(file: string, options: CldOptions): Promise<void> {
  dayIn('--submitted-on', options.submittedOn);
  const progress = new ImportBar();
  const outcome = await withPlatform((app) =>
    app
      .get(CldImporter)
      .import({
        tenant: options.council,
        file,
        actor: operator(),
        ...(options.submittedOn && { submittedOn: options.submittedOn }),
        withdrawMissing: options.withdrawMissing ?? false,
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
        `${counted(rows, 'row')}: ${count(accepted)} accepted (${count(warned)} with a warning), ${count(rejected)} rejected.`,
        `${count(unchanged)} were known already, ${count(corrected)} corrected earlier ones; ${counted(missing, 'row')} of earlier files ${missing === 1 ? 'is' : 'are'} missing from this one, ${count(withdrawn)} withdrawn.`,
        `${counted(events, 'event')}. What to put right: ${report}`,
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
