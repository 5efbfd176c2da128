// What is to be right before a commit. The slowest check runs beside the others, which takes half the time on two cores.
import { spawn } from 'node:child_process';

const beside = [['check:lint'], ['check:format', 'check:types', 'check:boundaries']];
const last = ['test:unit'];

/** @returns whether each went well; the first that does not ends the row */
async function inTurn(scripts, stdio) {
  for (const script of scripts) if (!(await run(script, stdio))) return false;
  return true;
}

/** Shows what a script said as a whole when it ends, unless it has the terminal to itself. */
function run(script, stdio) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', script], { stdio, shell: process.platform === 'win32' });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => said.push(part));
    child.on('error', () => resolve(false));
    child.on('close', (code) => {
      process.stdout.write(`--- ${script}: ${code === 0 ? 'right' : 'wrong'}\n`);
      process.stdout.write(Buffer.concat(said));
      resolve(code === 0);
    });
  });
}

const right = await Promise.all(beside.map((scripts) => inTurn(scripts, ['ignore', 'pipe', 'pipe'])));
if (!right.every(Boolean) || !(await inTurn(last, 'inherit'))) process.exitCode = 1;
