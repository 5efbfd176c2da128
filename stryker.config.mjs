// Mutation testing of the deciders and their policies: `npm run test:mutation`, some minutes; of one context with
// `-- --mutate 'libs/budgets/src/domain/**/!(*.spec|*.fixture).ts'`. Below 85 % it fails. Nothing is left out: neither
// wording (a refusal has to say something in words) nor what runs once, at import (rules, sections, tables of the law).
export default {
  mutate: ['libs/*/src/domain/**/!(*.spec|*.fixture).ts'],
  plugins: [import.meta.resolve('./test/mutation/resident-runner.mjs')],
  testRunner: 'resident',
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Modules that are loaded anew stay in memory until their process ends.
  maxTestRunnerReuse: 250,
  // Endless loops are counted, not waited for: this is for a machine that is busy with something else.
  timeoutMS: 20_000,
  warnings: { slow: false },
  reporters: ['clear-text', 'progress', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false },
  jsonReporter: { fileName: '.data/mutation.json' },
  thresholds: { high: 95, low: 85, break: 85 },
  tempDirName: '.data/mutation',
  ignorePatterns: ['.data', 'dist'],
};
