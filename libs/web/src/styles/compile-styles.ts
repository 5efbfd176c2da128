import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';

/** Compiles the style sheet as the build does, for tests that run without one (sass is a development dependency). */
export async function compileStyles(): Promise<string> {
  const { compile, Logger } = await import('sass');
  const modules = dirname(dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')));
  return compile(join(import.meta.dirname, 'caretrail.scss'), {
    loadPaths: [modules, dirname(modules)],
    quietDeps: true,
    style: 'compressed',
    logger: Logger.silent,
  }).css;
}
