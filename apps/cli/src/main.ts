import { CaretrailError } from '@caretrail/kernel';
import { Command, CommanderError } from 'commander';
import { caseCommand } from './case.command.js';
import { clockCommand } from './clock.command.js';
import { councilCommands } from './council.command.js';
import { evidenceCommand, verifyBundleCommand } from './evidence.command.js';
import { importCommands } from './import.command.js';
import { rebuildCommand } from './rebuild.command.js';
import { replayCommand } from './replay.command.js';
import { sealCommands } from './seal.command.js';
import { verifyCommand } from './verify.command.js';

const REFUSED = 2;
// That a library will drop something some day is no word to whoever typed a command.
process.noDeprecation = true;

const program = new Command('caretrail')
  .description(
    'Event-sourced commissioning of adult social care. Uses the database of the running platform, and starts the embedded one when none runs.',
  )
  .addCommand(caseCommand())
  .addCommand(clockCommand())
  .addCommand(councilCommands())
  .addCommand(evidenceCommand())
  .addCommand(importCommands())
  .addCommand(rebuildCommand())
  .addCommand(replayCommand())
  .addCommand(sealCommands())
  .addCommand(verifyCommand())
  .addCommand(verifyBundleCommand())
  .showHelpAfterError();
refuseAlike(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : REFUSED;
  else if (error instanceof CaretrailError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = REFUSED;
  } else {
    process.stderr.write(
      `Caretrail stopped because of an error of its own: ${(error as Error).stack ?? String(error)}\n`,
    );
    process.exitCode = 1;
  }
}

/** A word that a command of a command does not know is refused with the same exit code as any other. */
function refuseAlike(command: Command): void {
  command.exitOverride();
  command.commands.forEach(refuseAlike);
}
