import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** Each rule with a file that breaks it and nothing else of interest. */
const planted: readonly { readonly rule: string; readonly file: string; readonly source: string }[] = [
  { rule: 'kernel-is-a-leaf', file: 'libs/kernel/src/planted.ts', source: `import 'node:crypto';` },
  {
    rule: 'event-store-looks-down',
    file: 'libs/event-store/src/planted.ts',
    source: `import type { BudgetAllocatedData } from '@caretrail/budgets/contracts';`,
  },
  { rule: 'platform-looks-down', file: 'libs/platform/src/planted.ts', source: `import '@caretrail/web';` },
  { rule: 'privacy-looks-down', file: 'libs/privacy/src/planted.ts', source: `import '@caretrail/commands';` },
  { rule: 'commands-looks-down', file: 'libs/commands/src/planted.ts', source: `import '@caretrail/projections';` },
  { rule: 'projections-looks-down', file: 'libs/projections/src/planted.ts', source: `import '@caretrail/web';` },
  { rule: 'audit-looks-down', file: 'libs/audit/src/planted.ts', source: `import '@caretrail/views';` },
  { rule: 'access-looks-down', file: 'libs/access/src/planted.ts', source: `import '@caretrail/platform';` },
  { rule: 'web-looks-down', file: 'libs/web/src/planted.ts', source: `import '@caretrail/event-store';` },
  {
    rule: 'domain-is-pure',
    file: 'libs/budgets/src/domain/planted-package.ts',
    source: `import { Injectable } from '@nestjs/common';`,
  },
  {
    rule: 'domain-is-pure',
    file: 'libs/budgets/src/domain/planted-node.ts',
    source: `import { randomUUID } from 'node:crypto';`,
  },
  {
    rule: 'contracts-are-plain',
    file: 'libs/budgets/src/contracts/planted.ts',
    source: `import '../domain/planted-node.js';`,
  },
  {
    rule: 'no-context-to-context',
    file: 'libs/budgets/src/planted-neighbour.ts',
    source: `import '@caretrail/assessment/contracts';`,
  },
  {
    rule: 'context-looks-down-only',
    file: 'libs/budgets/src/planted-view.ts',
    source: `import '@caretrail/views';`,
  },
  {
    rule: 'joiners-use-contracts-only',
    file: 'libs/processes/src/planted.ts',
    source: `import '@caretrail/budgets';`,
  },
  {
    rule: 'safeguarding-is-need-to-know',
    file: 'libs/views/src/market-position/planted-concern.ts',
    source: `import '@caretrail/safeguarding/contracts';`,
  },
  {
    rule: 'view-to-view',
    file: 'libs/views/src/market-position/planted-view.ts',
    source: `import '../event-explorer/planted.js';`,
  },
  {
    rule: 'processes-do-not-read-views',
    file: 'libs/processes/src/planted-view.ts',
    source: `import '@caretrail/views';`,
  },
  {
    rule: 'evaluation-is-downstream',
    file: 'libs/processes/src/planted-replay.ts',
    source: `import '@caretrail/evaluation';`,
  },
  {
    rule: 'apps-use-front-doors',
    file: 'apps/platform/src/planted.ts',
    source: `import '../../../libs/budgets/src/domain/planted-node.js';`,
  },
  {
    rule: 'testing-only-in-specs',
    file: 'libs/budgets/src/planted-testing.ts',
    source: `import '@caretrail/testing';`,
  },
  { rule: 'no-unresolvable', file: 'libs/processes/src/planted-nowhere.ts', source: `import '@caretrail/nowhere';` },
  { rule: 'no-circular', file: 'libs/processes/src/planted-circle.ts', source: `import './planted-circle-back.js';` },
];
const needed = [
  { file: 'libs/views/src/event-explorer/planted.ts', source: 'export {};' },
  { file: 'libs/processes/src/planted-circle-back.ts', source: `import './planted-circle.js';` },
];

async function violations(folder: string): Promise<Violation[]> {
  const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [depcruise, 'libs', 'apps', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const { stdout } = await run(process.execPath, args, { cwd: folder, maxBuffer: 1 << 28 });
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

describe('who may import whom', () => {
  let folder: string;
  let found: Violation[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'caretrail-boundaries-'));
    for (const path of ['libs', 'apps', 'tsconfig.json', 'package.json', '.dependency-cruiser.cjs'])
      cpSync(join(root, path), join(folder, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const { file, source } of [...planted, ...needed]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${source}\n`);
    }
    found = await violations(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds in the tree as it is', () => {
    expect(found.filter(({ from }) => !from.includes('planted'))).toEqual([]);
  });

  it.each(planted)('catches $rule in $file', ({ rule, file }) => {
    // A circle is reported from any of its files.
    const files = rule === 'no-circular' ? [file, 'libs/processes/src/planted-circle-back.ts'] : [file];
    expect(found.filter((each) => files.includes(each.from)).map((each) => each.rule.name)).toContain(rule);
  });

  it('plants a violation of every rule', async () => {
    const rules = (await import(join(root, '.dependency-cruiser.cjs'))) as {
      default: { forbidden: { name: string }[] };
    };
    expect(new Set(planted.map(({ rule }) => rule))).toEqual(new Set(rules.default.forbidden.map(({ name }) => name)));
  });
});
