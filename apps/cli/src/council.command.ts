import { Areas, Councils } from '@caretrail/platform';
import { Command } from 'commander';
import { areasIn } from './areas-in.js';
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
    .option('--simulated', 'its people are made up; every page says so')
    .action(async (tenant: string, options: { laCode: string; name: string; simulated?: boolean }) => {
      const { laCode, name, simulated = false } = options;
      await withPlatform((app) => app.get(Councils).add({ tenant, laCode, name, simulated }, new Date().toISOString()));
      console.log(`${name} (${tenant}, LA code ${laCode}) is set up.`);
    });
  council
    .command('areas')
    .description('Say in which named area (ward) each postcode sector or district lies; replaces the list.')
    .argument('<file>', 'CSV with the columns postcode_prefix and area')
    .requiredOption('--council <onscode>', 'ONS code of the council')
    .action(async (file: string, options: { council: string }) => {
      const areas = areasIn(await contentOf(file));
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
