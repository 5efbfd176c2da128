// node bench/document.mjs FILE: writes the table of docs/performance.md from the numbers of `npm run bench -- --json FILE`.
import { readFileSync, writeFileSync } from 'node:fs';
import { isMet } from './report.mjs';

const [FROM, TO] = ['<!-- measured -->', '<!-- /measured -->'];
const page = new URL('../docs/performance.md', import.meta.url);
const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const text = readFileSync(page, 'utf8');
const [from, to] = [text.indexOf(FROM), text.indexOf(TO)];
if (from < 0 || to < from) throw new Error(`docs/performance.md has no place between ${FROM} and ${TO}.`);

const number = (value) => (value >= 100 ? Math.round(value).toLocaleString('en-GB') : value.toFixed(2));
const rows = report.rows.map((row) => {
  const sign = row.ratio === undefined ? '' : '×';
  const goal = (at, aim) => `${at}${sign} | ${aim === undefined ? '' : `${aim}${sign}`}`;
  const rates = row.ours === undefined ? '' : `${number(row.ours)} / ${number(row.theirs)}`;
  return `| ${row.what} | ${row.against} | **${number(row.ratio ?? row.value)}${sign}** | ${number(row.min)}–${number(row.max)} | ${
    row.atLeast === undefined ? `≤ ${goal(row.atMost, row.aim)}` : goal(row.atLeast, row.aim)
  } | ${isMet(row) ? 'met' : 'not met'} | ${rates} |`;
});
const met = report.rows.filter(isMet).length;
const table = `${FROM}
![${met} of ${report.rows.length} rows are met](performance.svg)

Machine: ${report.machine}.

| what | against | median | min–max | at least | aim | | events/s, ours / theirs |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
writeFileSync(page, text.slice(0, from) + table + text.slice(to));
