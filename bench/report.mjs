// The table, as text and as numbers.
import { cpus, totalmem } from 'node:os';

export function machine(postgres) {
  const [processor] = cpus();
  return `${cpus().length} × ${processor?.model ?? process.arch}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, Node ${process.versions.node}, PostgreSQL ${postgres}`;
}

export const isMet = ({ ratio, value, atLeast, atMost }) =>
  atLeast !== undefined ? (ratio ?? value) >= atLeast : (ratio ?? value) <= atMost;

const short = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
const rate = (value) => Math.round(value).toLocaleString('en-GB');

export function table(rows) {
  const lines = rows.map((row) => {
    const sign = row.ratio === undefined ? '' : '×';
    return [
      row.what,
      row.against,
      `${short(row.ratio ?? row.value)}${sign}`,
      `${short(row.min)}–${short(row.max)}`,
      row.atLeast !== undefined ? `≥ ${row.atLeast}${sign}` : `≤ ${row.atMost}`,
      isMet(row) ? 'met' : 'NOT MET',
      row.ours === undefined ? '' : `${rate(row.ours)} / ${rate(row.theirs)}`,
    ];
  });
  const head = ['what', 'against', 'median', 'min–max', 'at least', '', 'events/s, ours / theirs'];
  const widths = head.map((title, column) => Math.max(...[head, ...lines].map((line) => line[column].length)));
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
