// Lists every script of package.json with its line, and fails when one has none.
import { readFileSync } from 'node:fs';

const { scripts, scriptsHelp } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const width = Math.max(...Object.keys(scripts).map((name) => name.length));
for (const name of Object.keys(scripts))
  process.stdout.write(`npm run ${name.padEnd(width)}  ${scriptsHelp[name] ?? '?'}\n`);
process.stdout.write(
  `npx caretrail --help${' '.repeat(width - 12)}  the command line: council, import, replay, rebuild, verify, seal, evidence, clock, case\n`,
);
const without = Object.keys(scripts).filter((name) => !scriptsHelp[name]);
if (without.length) {
  process.stderr.write(`No line for: ${without.join(', ')}\n`);
  process.exit(1);
}
