// Mutation testing of the deciders and their policies: `npm run test:mutation`; of one context with
// `-- --mutate 'libs/budgets/src/domain/**/!(*.spec|*.fixture).ts'`. Below 85 % it fails.
export default {
  mutate: ['libs/*/src/domain/**/!(*.spec|*.fixture).ts'],
  testRunner: 'jest',
  jest: { configFile: 'test/jest/mutation.config.mjs' },
  coverageAnalysis: 'perTest',
  // A mutant of what runs once, at import, needs every test again: policies are functions, which are not static.
  ignoreStatic: true,
  concurrency: 2,
  reporters: ['clear-text', 'progress', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false },
  jsonReporter: { fileName: '.data/mutation.json' },
  thresholds: { high: 95, low: 85, break: 85 },
  tempDirName: '.data/mutation',
  ignorePatterns: ['.data', 'dist'],
};
