// Stryker's own jest runner starts jest and loads zod, the contracts and the specification anew for every mutant: most
// of a second, for tests that take milliseconds. Deciders are pure, so this one loads every spec once per process, as
// jest would transform it, and then only switches mutants. What a spec needs beyond describe, it, it.each and expect
// fails at its import.
import { globSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import transform from '../jest/transform.mjs';
import { specifications } from './specifications.mjs';

const SPECS = 'libs/*/src/domain/**/*.spec.ts';
const switchboard = (globalThis.__stryker__ ??= {});

class ResidentRunner {
  static inject = tokens(commonTokens.options);

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init() {
    switchboard.mutantCoverage = { static: {}, perTest: {} };
    readTypescriptFrom(process.cwd());
    for (const file of globSync(SPECS).sort()) await import(pathToFileURL(resolve(file)).href);
  }

  async dryRun() {
    const result = await this.#run([...specifications.keys()], true);
    return { ...result, mutantCoverage: switchboard.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }) {
    Object.assign(switchboard, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit ? 0 : undefined });
    const result = await this.#run(testFilter ?? [...specifications.keys()], disableBail);
    const endless = determineHitLimitReached(switchboard.hitCount, hitLimit);
    Object.assign(switchboard, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
    return toMutantRunResult(endless ?? result, disableBail);
  }

  /** Runs the tests of these names; up to the first that fails, unless all are asked for. */
  async #run(names, toTheEnd) {
    const tests = [];
    for (const name of names) {
      const result = await this.#runOne(name);
      tests.push(result);
      if (!toTheEnd && result.status === TestStatus.Failed) break;
    }
    return { status: DryRunStatus.Complete, tests };
  }

  async #runOne(name) {
    const started = performance.now();
    switchboard.currentTestId = name;
    try {
      await specifications.get(name)();
      return { id: name, name, status: TestStatus.Success, timeSpentMs: performance.now() - started };
    } catch (error) {
      const failureMessage = error instanceof Error ? error.message : String(error);
      return { id: name, name, status: TestStatus.Failed, failureMessage, timeSpentMs: performance.now() - started };
    } finally {
      switchboard.currentTestId = undefined;
    }
  }
}

/** Import TypeScript of this folder, its aliases included, with what jest offers put in its place. */
function readTypescriptFrom(root) {
  const { paths } = JSON.parse(readFileSync(resolve(root, 'tsconfig.json'), 'utf8')).compilerOptions;
  const here = pathToFileURL(`${root}/`).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === '@jest/globals') return next(import.meta.resolve('./specifications.mjs'), context);
      if (paths[specifier]) return next(pathToFileURL(resolve(root, paths[specifier][0])).href, context);
      const ours = context.parentURL?.startsWith(here) && context.parentURL.endsWith('.ts');
      return next(ours && specifier.startsWith('.') ? specifier.replace(/\.js$/, '.ts') : specifier, context);
    },
    load(url, context, next) {
      if (!url.startsWith(here) || !url.endsWith('.ts')) return next(url, context);
      const file = fileURLToPath(url);
      const { code } = transform.process(readFileSync(file, 'utf8'), file, { supportsStaticESM: true });
      return { format: 'module', source: code, shortCircuit: true };
    },
  });
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'resident', ResidentRunner)];
