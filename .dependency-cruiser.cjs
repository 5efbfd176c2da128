const CONTEXTS = '(people|assessment|budgets|planning|commissioning|safeguarding)';
const SPEC = ['\\.(spec|e2e|int)\\.(spec\\.)?ts$', '\\.contract\\.ts$'];
const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });
/** A lib that may see only the named libs, itself, and packages. */
const seesOnly = (lib, ...others) =>
  forbid(
    `${lib}-looks-down`,
    `libs/${lib} imports only: ${others.join(', ') || 'nothing of ours'}`,
    { path: `^libs/${lib}/`, pathNot: SPEC },
    { path: '^(libs|apps)/', pathNot: `^libs/(${[lib, ...others].join('|')})/` },
  );

/** The table of who may import whom, as data. docs/adr/0001 gives the reasons; `check:boundaries` proves that each rule bites. */
module.exports = {
  forbidden: [
    forbid(
      'kernel-is-a-leaf',
      'the kernel depends on nothing of ours and on no package',
      { path: '^libs/kernel/', pathNot: SPEC },
      { pathNot: '^libs/kernel/' },
    ),
    seesOnly('event-store', 'kernel'),
    seesOnly('platform', 'kernel'),
    seesOnly('privacy', 'kernel', 'platform'),
    seesOnly('commands', 'kernel', 'event-store', 'privacy'),
    seesOnly('projections', 'kernel', 'event-store', 'platform'),
    seesOnly('audit', 'kernel', 'event-store', 'platform', 'projections'),
    seesOnly('access', 'kernel'),
    seesOnly('web', 'kernel', 'platform', 'access'),
    forbid(
      'domain-is-pure',
      'a domain sees its own domain, its contracts and the kernel: no Nest, no node:*, no package, no store',
      { path: `^libs/${CONTEXTS}/src/domain/`, pathNot: SPEC },
      { pathNot: ['^libs/$1/src/(domain|contracts)/', '^libs/kernel/'] },
    ),
    forbid(
      'contracts-are-plain',
      'the published language: own contracts, kernel and zod',
      { path: `^libs/(${CONTEXTS.slice(1, -1)}|returns)/src/contracts/`, pathNot: SPEC },
      { pathNot: ['^libs/$1/src/contracts/', '^libs/kernel/', '(^|/)node_modules/zod/'] },
    ),
    forbid(
      'no-context-to-context',
      'contexts never import each other; a process or a view joins them',
      { path: `^libs/${CONTEXTS}/` },
      { path: `^libs/${CONTEXTS}/`, pathNot: '^libs/$1/' },
    ),
    forbid(
      'context-looks-down-only',
      'a context never imports what joins contexts',
      { path: `^libs/${CONTEXTS}/` },
      { path: '^(apps/|libs/(views|processes|returns|evaluation|simulation)/)' },
    ),
    forbid(
      'joiners-use-contracts-only',
      'views, processes and returns see contexts through their contracts',
      { path: '^libs/(views|processes|returns)/', pathNot: SPEC },
      { path: `^libs/${CONTEXTS}/`, pathNot: '^libs/[^/]+/src/contracts/' },
    ),
    forbid(
      'safeguarding-is-need-to-know',
      'safeguarding contracts reach only processes, its own views and apps',
      {
        path: '^libs/',
        pathNot: [...SPEC, '^libs/(safeguarding|processes|simulation|returns/src/sac|views/src/safeguarding[^/]*)/'],
      },
      { path: '^libs/safeguarding/' },
    ),
    forbid(
      'view-to-view',
      'a view never reads another view',
      { path: '^libs/views/src/([^/]+)/', pathNot: SPEC },
      { path: '^libs/views/src/[^/]+/', pathNot: '^libs/views/src/$1/' },
    ),
    forbid(
      'processes-do-not-read-views',
      'processes act on events, not on screens',
      { path: '^libs/processes/' },
      { path: '^libs/(views|evaluation)/' },
    ),
    forbid(
      'evaluation-is-downstream',
      'nothing but apps imports evaluation',
      { path: '^libs/', pathNot: '^libs/evaluation/' },
      { path: '^libs/evaluation/' },
    ),
    forbid(
      'apps-use-front-doors',
      'apps import a lib by its index or its contracts',
      { path: '^apps/' },
      { path: '^libs/', pathNot: '^libs/[^/]+/src/(index\\.ts$|contracts/)' },
    ),
    forbid(
      'testing-only-in-specs',
      'libs/testing never reaches production code',
      { path: '^(apps|libs)/', pathNot: [...SPEC, '^libs/testing/'] },
      { path: '^libs/testing/' },
    ),
    forbid(
      'no-unresolvable',
      'an import that the checker cannot resolve is an import that it cannot check',
      {},
      { couldNotResolve: true },
    ),
    forbid('no-circular', 'no cycles', {}, { circular: true, viaOnly: { pathNot: 'node_modules' } }),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.js', '.json', '.node', '.mjs', '.cjs'],
    },
  },
};
