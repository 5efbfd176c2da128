import { describe, expect, it } from '@jest/globals';
import { type ChronologyMark, drawSwimLanes } from './swim-lanes.drawing.js';

const mark = (number: number, trueOn: string, given: Partial<ChronologyMark> = {}): ChronologyMark => ({
  id: `event-${number}`,
  lane: 'people',
  label: `Event ${number}`,
  trueOn,
  learntOn: trueOn,
  late: false,
  number,
  decision: false,
  state: 'plain',
  href: `/events?event=${number}`,
  spoken: `${number}. Event`,
  ...given,
});
const setting = {
  lanes: [{ name: 'people', title: 'People' }],
  from: '2026-01-05',
  to: '2026-04-21',
  harms: [],
  lastDay: 'today, 21 April',
  title: 'Events of a person',
};

describe('the drawing of a chronology', () => {
  it('makes every mark a link to its event, a circle for what happened and a square for what was decided', () => {
    const svg = drawSwimLanes([mark(1, '2026-02-01'), mark(2, '2026-03-01', { decision: true })], setting);
    expect([...svg.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href)).toEqual([
      '/events?event=1',
      '/events?event=2',
    ]);
    expect(svg.match(/<circle/g)).toHaveLength(1);
    expect(svg.match(/<rect/g)).toHaveLength(1);
  });

  it('draws late hollow, and strikes through what was corrected', () => {
    const svg = drawSwimLanes(
      [
        mark(1, '2026-02-01', { late: true, learntOn: '2026-03-01', state: 'late' }),
        mark(2, '2026-02-10', { state: 'corrected' }),
      ],
      setting,
    );
    expect(svg.match(/<circle[^>]+fill="#ffffff"/g)).toHaveLength(2);
    expect(svg).toContain('text-decoration="line-through">Event 2<');
  });

  it('draws the harm through all lanes, and none that lies outside the drawing', () => {
    const harms = [
      { on: '2026-03-02', label: 'Physical Abuse' },
      { on: '2025-03-02', label: 'Domestic Abuse' },
    ];
    const svg = drawSwimLanes([mark(1, '2026-02-01')], { ...setting, harms });
    expect(svg).toContain('2 Mar: Physical Abuse');
    expect(svg).not.toContain('Domestic Abuse');
  });

  it('lets no title break out of the drawing', () => {
    const svg = drawSwimLanes([mark(1, '2026-02-01', { label: '<script>', spoken: '"><script>' })], setting);
    expect(svg).not.toContain('<script');
  });

  it('needs no inline style, which the content policy forbids', () => {
    expect(drawSwimLanes([mark(1, '2026-02-01')], setting)).not.toMatch(/style/);
  });
});
