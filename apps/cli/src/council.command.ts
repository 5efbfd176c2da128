import { Areas, Councils } from '@caretrail/platform';
import { InvalidInput } from '@caretrail/kernel';
import { Command } from 'commander';
import { CsvError, parse } from 'csv-parse/sync';
import { contentOf } from './content-of.js';
import { counted } from './counted.js';
import { withPlatform } from './with-platform.js';

/** `caretrail council add|areas|list`. */
export function councilCommands(): Command {
  const council = new Command('council').description('Set up councils.');
  council
    .command('add')
    .description('Set up a council.')
    .argument('<onscode>', 'ONS code, for example E09000012')
    .requiredOption('--la-code <code>', 'the three digits that its Client Level Data carries, for example 997')
    .requiredOption('--name <name>', 'the name shown on every page')
    .option('--simulated', 'its people are made up; every page says so', false)
    .action(async (tenant: string, options: { laCode: string; name: string; simulated: boolean }) => {
      const { laCode, name, simulated } = options;
      await withPlatform((app) => app.get(Councils).add({ tenant, laCode, name, simulated }, new Date().toISOString()));
      console.log(`${name} (${tenant}, LA code ${laCode}) is set up.`);
    });
  council
    .command('areas')
    .description('Say in which named area (ward) each postcode sector or district lies; replaces the list.')
    .argument('<file>', 'CSV with the columns postcode_prefix and area')
    .requiredOption('--council <onscode>', 'ONS code of the council')
    .action(async (file: string, options: { council: string }) => {
      const areas = await readAreas(file);
      await withPlatform(async (app) => {
        await app.get(Councils).get(options.council);
        await app.get(Areas).replace(options.council, areas);
      });
      const named = new Set(areas.map(({ area }) => area)).size;
      console.log(`${counted(areas.length, 'postcode prefix', 'postcode prefixes')} in ${counted(named, 'area')}.`);
    });
  council
    .command('list')
    .description('List the councils that are set up.')
    .action(async () => {
      const councils = await withPlatform((app) => app.get(Councils).list());
      for (const { tenant, laCode, name, simulated } of councils)
        console.log(`${tenant}  ${laCode}  ${name}${simulated ? '  (simulated people)' : ''}`);
      if (!councils.length)
        console.log('No council is set up. Use: caretrail council add ONSCODE --la-code … --name …');
    });
  return council;
}

/** @throws InvalidInput for a file that is not there, is no CSV, lacks a column or names no area */
async function readAreas(file: string): Promise<{ postcodePrefix: string; area: string }[]> {
  const [header = [], ...rows] = csvOf(await contentOf(file));
  const [prefixAt, areaAt] = [header.indexOf('postcode_prefix'), header.indexOf('area')];
  if (prefixAt < 0 || areaAt < 0)
    throw refused(
      'areas-file-has-its-columns',
      'The file needs the columns postcode_prefix and area in its first line.',
    );
  if (!rows.length)
    throw refused(
      'areas-file-names-areas',
      'The file names no area, so the list of the council stays as it is. Add a row for each postcode prefix.',
    );
  return rows.map((row) => ({ postcodePrefix: row[prefixAt]!, area: row[areaAt]! }));
}

function csvOf(content: Buffer): string[][] {
  try {
    return parse(content, { bom: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? `line ${error['lines']}` : 'its last line';
    throw refused(
      'areas-file-is-csv',
      `The file cannot be read as CSV up to ${line}. Check the quotation marks and that each row has as many cells as the first.`,
    );
  }
}

const refused = (rule: string, message: string) => new InvalidInput([{ rule, message }]);
