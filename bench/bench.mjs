// npm run bench [-- --quick] [--only NAME[,NAME]] [--events N] [--json FILE] [--plot FILE]
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const folder = dirname(fileURLToPath(import.meta.url));
const { values: asked } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    /** Of the import and the replay. */
    events: { type: 'string' },
    json: { type: 'string' },
    plot: { type: 'string' },
  },
});

if (!existsSync(join(folder, 'rivals/node_modules'))) {
  process.stderr.write('Installing what is measured against…\n');
  const installed = spawnSync('npm', ['ci', '--prefix', join(folder, 'rivals')], { stdio: ['ignore', 2, 2] });
  if (installed.status !== 0) process.exit(installed.status ?? 1);
}

// Only now: they import what was built and installed before.
const { openCluster } = await import('./postgres.mjs');
const { openOurs } = await import('./ours.mjs');
const { openLimit } = await import('./limit.mjs');
const { openEmmett } = await import('./emmett.mjs');
const { machine, table } = await import('./report.mjs');
const { plot } = await import('./plot.mjs');
const { append } = await import('./rows/append.mjs');
const { bulk } = await import('./rows/import.mjs');
const { replay } = await import('./rows/replay.mjs');
const { personal } = await import('./rows/personal.mjs');
const { views } = await import('./rows/views.mjs');
const { latency } = await import('./rows/latency.mjs');
const { growth } = await import('./rows/growth.mjs');
const { processes } = await import('./rows/processes.mjs');
const { hashes } = await import('./rows/hashes.mjs');
const { sealing } = await import('./rows/sealing.mjs');

const all = [...append, processes, hashes, bulk, replay, sealing, views, latency, personal, growth];
const wanted = asked.only?.split(',');
const unknown = wanted?.find((name) => !all.some((row) => row.name === name));
if (unknown) {
  process.stderr.write(`There is no row ${unknown}. There are: ${all.map(({ name }) => name).join(', ')}.\n`);
  process.exit(2);
}
const chosen = wanted ? all.filter(({ name }) => wanted.includes(name)) : all;
const scale = asked.quick
  ? { rounds: 3, milliseconds: 700, events: 40_000 }
  : { rounds: 5, milliseconds: 2_000, events: 500_000 };
if (asked.events) scale.events = Number(asked.events);

const cluster = await openCluster();
const opened = {};
let stopping;
const stop = () =>
  (stopping ??= (async () => {
    for (const contender of Object.values(opened)) await contender.close().catch(() => undefined);
    await cluster.close();
  })());
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop().then(() => process.exit(130)));

try {
  const openers = { ours: openOurs, limit: openLimit, emmett: openEmmett };
  for (const name of new Set(chosen.flatMap(({ needs }) => needs))) opened[name] = await openers[name](cluster);
  const { rows: versions } = await cluster.admin.query('show server_version');
  const report = { machine: machine(versions[0].server_version), rows: [] };
  for (const row of chosen) {
    const say = (line) => process.stderr.write(`  ${row.name}: ${line}\n`);
    report.rows.push(...(await row.measure(opened, { ...scale, cluster }, say)));
  }
  process.stdout.write(`${report.machine}\n\n${table(report.rows)}\n`);
  if (asked.plot) writeFileSync(asked.plot, plot(report));
  if (asked.json) writeFileSync(asked.json, `${JSON.stringify(report, null, 2)}\n`);
} finally {
  await stop();
}
