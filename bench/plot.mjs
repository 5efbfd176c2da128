// The table as a picture: where each row stands on the way to what it has to reach, on a scale of doublings.
import { isMet } from './report.mjs';

const [WIDTH, LABEL, ROW, TOP, RIGHT] = [1080, 560, 34, 64, 130];
const [LOWEST, HIGHEST] = [1 / 8, 8];
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An SVG, which says everything in words too. */
export function plot({ machine, rows }) {
  const height = TOP + rows.length * ROW + 56;
  const span = Math.log2(HIGHEST / LOWEST);
  const x = (share) => {
    const held = Math.min(Math.max(share, LOWEST), HIGHEST);
    return LABEL + (Math.log2(held / LOWEST) / span) * (WIDTH - LABEL - RIGHT);
  };
  const bottom = TOP + rows.length * ROW;
  const lines = rows.map((row, index) => {
    const y = TOP + index * ROW + ROW / 2;
    // To the right is better: of what may be no more than so much, the inverse.
    const share = (value) => (row.atLeast === undefined ? row.atMost / value : value / row.atLeast);
    const value = row.ratio ?? row.value;
    const reached = share(value);
    const unit = row.ratio === undefined ? '' : '×';
    const goal = row.atLeast === undefined ? `${row.atMost} at most` : `${row.atLeast}${unit}`;
    const colour = isMet(row) ? '#00703c' : '#d4351c';
    const shape = isMet(row)
      ? `<circle cx="${x(reached).toFixed(1)}" cy="${y}" r="6" fill="${colour}"/>`
      : `<path d="M${(x(reached) - 6).toFixed(1)} ${y + 5}h12l-6-11z" fill="${colour}"/>`;
    return `<text x="0" y="${y - 2}" font-weight="bold">${escape(row.what.replace('→', 'to'))}</text>
<text x="0" y="${y + 12}" fill="#505a5f">against ${escape(row.against)}</text>
<line x1="${x(share(row.min)).toFixed(1)}" x2="${x(share(row.max)).toFixed(1)}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="3"/>
${shape}
<text x="${WIDTH - RIGHT + 14}" y="${y + 4}">${value.toFixed(2)}${unit} of ${goal}</text>`;
  });
  const ticks = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8].map(
    (
      tick,
    ) => `<line x1="${x(tick).toFixed(1)}" x2="${x(tick).toFixed(1)}" y1="${TOP - 8}" y2="${bottom}" stroke="${tick === 1 ? '#0b0c0c' : '#d8dcde'}"/>
<text x="${x(tick).toFixed(1)}" y="${TOP - 14}" text-anchor="middle">${tick < 1 ? `1/${1 / tick}` : tick}</text>`,
  );
  const met = rows.filter(isMet).length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 0 ${WIDTH + 32} ${height}" font-family="Helvetica, Arial, sans-serif" font-size="12" role="img" aria-labelledby="title">
<title id="title">${met} of ${rows.length} rows of the benchmark are met</title>
<rect x="-16" width="${WIDTH + 32}" height="${height}" fill="#fff"/>
<text x="0" y="20" font-size="16" font-weight="bold">${met} of ${rows.length} rows are met</text>
<text x="${x(1).toFixed(1)}" y="20" text-anchor="middle">what was measured, as a multiple of what is asked for</text>
${ticks.join('\n')}
${lines.join('\n')}
<text x="0" y="${bottom + 24}" fill="#505a5f">Circle: met. Triangle: not met. The line goes from the worst round to the best; the mark is the median.</text>
<text x="0" y="${bottom + 42}" fill="#505a5f">${escape(machine)}</text>
</svg>
`;
}
