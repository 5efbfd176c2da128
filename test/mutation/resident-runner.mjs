// Stryker's own jest runner starts jest and loads zod, the contracts and the specification anew for every mutant: most
// of a second, for tests that take milliseconds. Deciders are pure, so this one loads every spec once per process, as
// jest would transform it, and then only switches mutants. A mutant of what runs once, at import (the names of rules,
// their sections, schemas), gets the specs of its context loaded anew, which is all that imports it, those beside it
// first. What a spec needs beyond describe, it, it.each and expect fails at its import.
import { globSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import transform from '../jest/transform.mjs';
import { specifications } from './specifications.mjs';

const switchboard = (globalThis.__stryker__ ??= {});

class ResidentRunner {
  #everySpec = new Map();

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    switchboard.mutantCoverage = { static: {}, perTest: {} };
    readTypescriptFrom(process.cwd());
    for (const spec of specsOf('*')) for (const [name, body] of await testsOf(spec, 0)) this.#everySpec.set(name, body);
  }

  async dryRun() {
    const result = await run(this.#everySpec, [...this.#everySpec.keys()], true);
    return { ...result, mutantCoverage: switchboard.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail, mutantActivation, sandboxFileName }) {
    Object.assign(switchboard, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit ? 0 : undefined });
    try {
      const result =
        mutantActivation === 'static'
          ? await runAnew(sandboxFileName, disableBail)
          : await run(this.#everySpec, testFilter, disableBail);
      return toMutantRunResult(determineHitLimitReached(switchboard.hitCount, hitLimit) ?? result, disableBail);
    } catch (error) {
      return { status: MutantRunStatus.Error, errorMessage: String(error) };
    } finally {
      Object.assign(switchboard, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
    }
  }
}

const specsOf = (context) => globSync(`libs/${context}/src/domain/**/*.spec.ts`).sort();

/** The tests of a spec by file and name, from modules that no other life has. */
async function testsOf(spec, life) {
  specifications.clear();
  await import(`${pathToFileURL(resolve(spec)).href}?life=${life}`);
  return new Map([...specifications].map(([name, body]) => [`${spec}: ${name}`, body]));
}

let lives = 0;

/** Runs the specs of the context of a source, in modules of their own: those beside it, then the others. */
async function runAnew(source, toTheEnd) {
  lives += 1;
  const [, context] = relative(process.cwd(), source).split('/');
  const [beside, others] = [[], []];
  for (const spec of specsOf(context)) (dirname(resolve(spec)) === dirname(source) ? beside : others).push(spec);
  const results = [];
  for (const spec of [...beside, ...others]) {
    const tests = await testsOf(spec, lives);
    const result = await run(tests, [...tests.keys()], toTheEnd);
    results.push(...result.tests);
    if (!toTheEnd && result.tests.some(({ status }) => status === TestStatus.Failed)) break;
  }
  return { status: DryRunStatus.Complete, tests: results };
}

/** Runs the tests of these names; up to the first that fails, unless all are asked for. */
async function run(tests, names, toTheEnd) {
  const results = [];
  for (const name of names) {
    const result = await runOne(name, tests.get(name));
    results.push(result);
    if (!toTheEnd && result.status === TestStatus.Failed) break;
  }
  return { status: DryRunStatus.Complete, tests: results };
}

async function runOne(name, body) {
  const started = performance.now();
  switchboard.currentTestId = name;
  try {
    await body();
    return { id: name, name, status: TestStatus.Success, timeSpentMs: performance.now() - started };
  } catch (error) {
    const failureMessage = error instanceof Error ? error.message : String(error);
    return { id: name, name, status: TestStatus.Failed, failureMessage, timeSpentMs: performance.now() - started };
  } finally {
    switchboard.currentTestId = undefined;
  }
}

/** Imports TypeScript of this folder, its aliases included, each life its own, with what jest offers put in its place. */
function readTypescriptFrom(root) {
  const { paths } = JSON.parse(readFileSync(resolve(root, 'tsconfig.json'), 'utf8')).compilerOptions;
  const here = pathToFileURL(`${root}/`).href;
  const compiled = new Map();
  const compile = (file) => transform.process(readFileSync(file, 'utf8'), file, { supportsStaticESM: true }).code;
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === '@jest/globals') return next(import.meta.resolve('./specifications.mjs'), context);
      const { parentURL = '' } = context;
      const ours = parentURL.startsWith(here) && /\.ts(\?life=\d+)?$/.test(parentURL);
      if (!ours || !(paths[specifier] || specifier.startsWith('.'))) return next(specifier, context);
      const alias = paths[specifier] && pathToFileURL(resolve(root, paths[specifier][0])).href;
      const { search } = new URL(parentURL);
      return next((alias ?? specifier.replace(/\.js$/, '.ts')) + search, context);
    },
    load(url, context, next) {
      const { pathname } = new URL(url);
      if (!url.startsWith(here) || !pathname.endsWith('.ts')) return next(url, context);
      const file = fileURLToPath(new URL(pathname, url));
      if (!compiled.has(file)) compiled.set(file, compile(file));
      return { format: 'module', source: compiled.get(file), shortCircuit: true };
    },
  });
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'resident', ResidentRunner)];
