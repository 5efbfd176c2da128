import { Configuration } from '@caretrail/platform';
import { SubscriptionRunner } from '@caretrail/projections';
import { type CaseStage, caseStages, DEMONSTRATION, SyntheticCase } from '@caretrail/simulation';
import { Command, Option } from 'commander';
import { withPlatform } from './with-platform.js';

interface CaseOptions {
  readonly to: CaseStage;
  readonly council: string;
  readonly seed: string;
}

/** `caretrail case --to STAGE`. */
export function caseCommand(): Command {
  return new Command('case')
    .description('Drive one synthetic case of a simulated council to a stage, and print its links.')
    .addOption(new Option('--to <stage>', 'how far').choices(caseStages).makeOptionMandatory())
    .option('--council <onscode>', 'ONS code of a simulated council', DEMONSTRATION.tenant)
    .option('--seed <name>', 'which case: the same seed is the same case, and goes on from where it stands', 'one')
    .action(async ({ to, council, seed }: CaseOptions) => {
      const { driven, address } = await withPlatform(async (app) => {
        // What follows from the commands has to be followed by somebody, also when no platform runs.
        const runner = app.get(SubscriptionRunner);
        await runner.start();
        try {
          const { host, port } = app.get(Configuration);
          return {
            driven: await app.get(SyntheticCase).drive(council, seed, to),
            address: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
          };
        } finally {
          await runner.stop();
        }
      });
      console.log(`The synthetic case “${seed}” of ${council} is at the stage ${driven.stage}.`);
      for (const { text, path } of driven.links) console.log(`  ${text.padEnd(17)} ${address}${path}`);
    });
}
