import { describe, expect, it } from '@jest/globals';
import { columns, histogram, stackedBars } from './bars.js';
import { textWidth } from './font-widths.js';

const wards = () =>
  stackedBars({
    id: 'wards',
    title: 'Eight wards are short & four are not',
    unit: 'hours a week',
    rows: [
      { label: 'Northgate', needed: 2310, onOffer: 1930 },
      { label: 'Abbey', needed: 1610, onOffer: 1760 },
    ],
  });

describe('charts', () => {
  it('are the same text every time, whatever was drawn before', () => {
    const first = wards();
    columns({
      id: 'other',
      title: 'Other',
      unit: 'u',
      categories: ['a'],
      series: [{ name: 's', own: true, values: [1] }],
    });
    expect(wards()).toEqual(first);
  });

  it('have a title for those who cannot see them, and need no exception from the content policy', () => {
    const { wide, narrow } = wards();
    for (const svg of [wide, narrow]) {
      expect(svg).toMatch(/^<svg role="img" aria-labelledby="wards-(wide|narrow)-title"/);
      expect(svg).toContain('>Eight wards are short &amp; four are not</title>');
      expect(svg).not.toMatch(/<style|style=|ecmeta|\bzr\d/);
    }
    expect(wide).toContain('width="580"');
    expect(narrow).toContain('width="358"');
  });

  it('say the gap in words, and draw no empty part', () => {
    const { wide } = wards();
    expect(wide).toContain('380 short');
    expect(wide).toContain('150 spare');
    expect(wide.match(/stroke-dasharray/g)).toHaveLength(1);
  });

  it('show a suppressed count as a star, not as a column', () => {
    const draw = (last: number | '*') =>
      columns({
        id: 'waits',
        title: 'Waits',
        unit: 'days',
        categories: ['up to 7', '85 or more'],
        series: [{ name: 'This quarter', own: true, values: [105, last] }],
      }).wide;
    const bars = (svg: string) => svg.match(/fill="#206095"/g)?.length ?? 0;
    expect(draw('*')).toContain('>*</text>');
    expect(bars(draw(50))).toBe(2);
    expect(draw(50)).not.toContain('>*</text>');
  });

  it('split a histogram at the line', () => {
    const { wide } = histogram({
      id: 'fees',
      title: 'Fees',
      unit: 'fee for one hour',
      bins: [20, 21, 22, 23].map((from) => ({ from, to: from + 1, count: from })),
      write: (value) => `£${value}`,
      line: { at: 22, label: 'Cost line £22' },
    });
    expect(wide.match(/fill="#206095"/g)).toHaveLength(2);
    expect(wide.match(/fill="#b4b9bd"/g)).toHaveLength(2);
    expect(wide).toContain('Cost line £22');
  });

  it('know how wide the font is: figures are all of one width, and a semibold line is wider', () => {
    expect(textWidth('1', 1000)).toBe(textWidth('8', 1000));
    expect(textWidth('1', 1000)).toBeCloseTo(497, -1);
    expect(textWidth('i', 1000)).toBeLessThan(textWidth('W', 1000));
    expect(textWidth('Northgate', 14, 600)).toBeGreaterThan(textWidth('Northgate', 14));
  });
});
