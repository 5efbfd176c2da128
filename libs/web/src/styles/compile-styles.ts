import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The style sheet as the build makes it, for tests that run without one (sass is a development dependency). Compiled once
 * in a test run and kept in its folder: it takes longer than most tests.
 */
export async function compileStyles(): Promise<string> {
  const folder = process.env['CARETRAIL_TEST_CLUSTER'];
  const kept = folder && join(folder, 'caretrail.css');
  if (kept && existsSync(kept)) return readFileSync(kept, 'utf8');
  const styles = await compiled();
  if (kept) {
    const draft = `${kept}.${randomUUID()}`;
    writeFileSync(draft, styles);
    renameSync(draft, kept); // whole or not there, for a worker that looks at this moment
  }
  return styles;
}

async function compiled(): Promise<string> {
  const { compile, Logger } = await import('sass');
  const modules = dirname(dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')));
  return compile(join(import.meta.dirname, 'caretrail.scss'), {
    loadPaths: [modules, dirname(modules)],
    quietDeps: true,
    style: 'compressed',
    logger: Logger.silent,
  }).css;
}
