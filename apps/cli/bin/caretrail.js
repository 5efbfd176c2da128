#!/usr/bin/env node
// Starts the command line under the Node that the project pins, whichever one the shell found, and builds it first
// when a source has changed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const root = join(dirname(realpathSync(fileURLToPath(import.meta.url))), '../../..');
const entry = join(root, 'dist/apps/cli/src/main.js');

// Where only what was built is installed, as in the image, there is nothing to build.
const build = join(root, 'infra/scripts/build-when-changed.mjs');
if (existsSync(build)) {
  const { status } = spawnSync(process.execPath, [build], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
if (Number(process.versions.node.split('.')[0]) >= NEEDED) await import(entry);
else runUnderPinnedNode();

function runUnderPinnedNode() {
  const node = pinnedNode();
  if (!node) {
    process.stderr.write(
      `Caretrail needs Node ${NEEDED} or newer; this is ${process.version}. Run npm ci, or install Node ${NEEDED}.\n`,
    );
    process.exit(1);
  }
  const child = spawn(node, [entry, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

function pinnedNode() {
  const system = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(join(root, 'package.json')).resolve(`node-${system}/package.json`);
    return join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    return undefined;
  }
}
