import { readFileSync } from 'node:fs';

const { paths } = JSON.parse(readFileSync(new URL('./tsconfig.json', import.meta.url), 'utf8')).compilerOptions;
const aliases = Object.fromEntries(
  Object.entries(paths).map(([alias, [file]]) => [`^${alias}$`, `<rootDir>/${file.replace('./', '')}`]),
);

// The same packages in one file each: what loading a module costs here, two thousand of them in a test file, is paid once
// for each file of it, and again in each test file.
const inOneFile = {
  '^echarts$': '<rootDir>/node_modules/echarts/dist/echarts.esm.min.mjs',
  '^rxjs(/operators)?$': '<rootDir>/node_modules/rxjs/dist/bundles/rxjs.umd.min.js',
};

const shared = {
  rootDir: import.meta.dirname,
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  moduleNameMapper: { ...aliases, ...inOneFile, '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '\\.[cm]?[jt]s$': '<rootDir>/test/jest/transform.mjs' },
  transformIgnorePatterns: [],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data'],
};

const withPostgres = {
  ...shared,
  globalSetup: '<rootDir>/test/jest/postgres-setup.mjs',
  globalTeardown: '<rootDir>/test/jest/postgres-teardown.mjs',
};

/** Three suites by what they need: `.spec` nothing, `.int.spec` PostgreSQL, `.e2e.spec` the platform and a browser. */
export default {
  rootDir: import.meta.dirname,
  maxWorkers: 2,
  // A test waits for facts; this only ends one that hangs, on a machine much slower than a developer's as well.
  testTimeout: 300_000,
  // Of each test file its modules stay in the process, some 80 MB of a whole platform: a new process takes over from here on.
  workerIdleMemoryLimit: '1GB',
  // A large process needs longer than half a second to end on a busy machine; one that something keeps is told of all the same.
  workerGracefulExitTimeout: 30_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'],
      testPathIgnorePatterns: ['\\.(int|e2e)\\.spec\\.ts$', '/node_modules/'],
    },
    { ...withPostgres, displayName: 'postgres', testMatch: ['<rootDir>/{apps,libs,test}/**/*.int.spec.ts'] },
    {
      ...withPostgres,
      globalSetup: '<rootDir>/test/jest/end-to-end-setup.mjs',
      displayName: 'end-to-end',
      testMatch: ['<rootDir>/{apps,libs,test}/**/*.e2e.spec.ts'],
    },
  ],
};
