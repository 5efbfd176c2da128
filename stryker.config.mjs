// Mutation testing of the deciders and their policies: `npm run test:mutation`, some minutes; of one context with
// `-- --mutate 'libs/budgets/src/domain/**/!(*.spec|*.fixture).ts'`. Below 85 % it fails. Wording is not left out: a
// refusal is asked for by rule, section and field, and has to say something in words.
export default {
  mutate: ['libs/*/src/domain/**/!(*.spec|*.fixture).ts'],
  plugins: [import.meta.resolve('./test/mutation/resident-runner.mjs')],
  testRunner: 'resident',
  coverageAnalysis: 'perTest',
  // A mutant of what runs once, at import (the names of rules, schemas), needs a new process: policies are functions,
  // which are not static.
  ignoreStatic: true,
  concurrency: 2,
  // Endless loops are counted, not waited for: this is for a machine that is busy with something else.
  timeoutMS: 20_000,
  reporters: ['clear-text', 'progress', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false },
  jsonReporter: { fileName: '.data/mutation.json' },
  thresholds: { high: 95, low: 85, break: 85 },
  tempDirName: '.data/mutation',
  ignorePatterns: ['.data', 'dist'],
};
