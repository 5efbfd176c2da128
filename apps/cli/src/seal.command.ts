import { SealedHistory } from '@caretrail/audit';
import { NotFound } from '@caretrail/kernel';
import { Command } from 'commander';
import { councilMeant } from './council-meant.js';
import { ownKey } from './verify.command.js';
import { withPlatform } from './with-platform.js';

const COUNCIL = [
  '--council <onscode>',
  'ONS code; may be left out when one council is set up beside the demonstration',
] as const;

/** `caretrail seal checkpoint` and `caretrail seal key`: what is to be kept elsewhere. */
export function sealCommands(): Command {
  return new Command('seal')
    .description('Print what somebody else keeps, by whom it can be told later whether this history was changed.')
    .addCommand(
      new Command('checkpoint')
        .description(
          'Print the newest signed checkpoint of a council: a few lines, which fit in an e-mail or on paper. Keep them where nobody who can write to this database can, and give them to caretrail verify --anchor.',
        )
        .option(...COUNCIL)
        .option('--number <number>', 'an older one, by its number', Number)
        .action(printCheckpoint),
    )
    .addCommand(
      new Command('key')
        .description(
          'Print the public key under which the history of a council is signed: one line. Keep it with the checkpoints; it is no secret.',
        )
        .option(...COUNCIL)
        .action(printKey),
    );
}

async function printCheckpoint({ council, number }: { council?: string; number?: number }): Promise<void> {
  await withPlatform(async (app) => {
    const { tenant } = await councilMeant(app, council);
    const history = app.get(SealedHistory);
    const found = await (number === undefined ? history.newest(tenant) : history.checkpoint(tenant, number || 0));
    if (!found)
      throw new NotFound(
        number === undefined
          ? 'Nothing is sealed yet. A worker seals within a minute of the first event.'
          : `There is no checkpoint with this number. Without --number it is the newest.`,
      );
    process.stdout.write(found.note);
  });
}

async function printKey({ council }: { council?: string }): Promise<void> {
  await withPlatform(async (app) => {
    const { tenant } = await councilMeant(app, council);
    process.stdout.write(`${String(ownKey(app, tenant))}\n`);
  });
}
