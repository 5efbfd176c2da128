import { describe, expect, it } from '@jest/globals';
import type { Working } from '../application/working.query.js';
import { workOut } from '../domain/rulebook/ras.engine.js';
import { smallRulebook } from '../domain/rulebook/rulebook.fixture.js';
import { differenceShown, missingShown, traceShown, writtenExact } from './working-page.js';

const opened: Working['allocation'] = {
  allocationId: 'a',
  personId: 'p',
  assessmentId: 'b',
  assessedOn: '2026-01-19',
  eligibleNeeds: 'Eligible needs identified',
  needs: [],
  answers: [],
  overrides: [],
};
const indicative = { pencePerWeek: 12_950 } as never;
const working = (change: object, more: Partial<Working> = {}): Working => ({
  allocation: { ...opened, ...change },
  open: [],
  ...more,
});
const budget = (costPencePerWeek: number) => ({ costPencePerWeek, reasons: 'So.' }) as never;

describe('an amount, shown as it was worked out', () => {
  it('is written to the penny, and with four places where it is no whole penny', () => {
    expect(writtenExact('28540')).toBe('£285.40');
    expect(writtenExact('52799/2')).toBe('£263.9950');
    expect(writtenExact('114160/3')).toBe('£380.5333');
    expect(writtenExact('1000001/3')).toBe('£3,333.3367');
  });

  it('shows every answer, domain and step, with the point on the curve', () => {
    const answers = ['eating', 'washing', 'going out'].map((question) => ({ question, answer: 'some' }));
    const shown = traceShown(workOut(smallRulebook, answers), smallRulebook);
    expect(shown.answers.rows.map(({ cells }) => cells.at(-1))).toEqual([10, 8, 6]);
    expect(shown.domains.total).toEqual(['All', '', '', 24]);
    expect(shown.steps.rows.map(({ cells }) => cells[2])).toEqual(['£140.00', '£129.50', '£129.50']);
    expect(shown.curve.chart.wide).toContain('24 points lie at £140.00 a week on the curve.');
    expect(shown.rounding).toBe('to the penny, exactly half goes up');
  });

  it('says why the final amount is another', () => {
    expect(differenceShown(working({}))).toEqual([]);
    expect(differenceShown(working({ indicative }))[0]).toContain('decides nothing');
    expect(differenceShown(working({ indicative, budget: budget(12_950) }))[0]).toBe(
      'The budget is what was indicated.',
    );
    expect(differenceShown(working({ indicative, budget: budget(12_000) }))[0]).toContain('£9.50 a week less');
    const overrides = [
      { pencePerWeek: 15_000, reasons: 'Nights.', decided: { approved: true, reasons: 'Yes.' } },
      { pencePerWeek: 20_000, reasons: 'More.', decided: { approved: false, reasons: 'No.' } },
    ];
    const sentences = differenceShown(working({ indicative, overrides, budget: budget(14_000) })).join(' ');
    for (const words of ['£20.50 a week more', 'Nights.', 'Yes.', '£10.00 a week less than what was approved'])
      expect(sentences).toContain(words);
    expect(sentences).not.toContain('No.');
  });

  it('says why nothing is indicated', () => {
    const rulebook = { content: smallRulebook } as never;
    expect(missingShown(working({ indicative }), '2026-03-02')).toBeUndefined();
    expect(missingShown(working({ budget: budget(1) }), '2026-03-02')).toBeUndefined();
    expect(missingShown(working({}), '2026-03-02')).toContain('No rulebook is in force on 2 March 2026');
    expect(missingShown(working({}, { rulebook }), '2026-03-02')).toContain('has not been worked out');
    expect(missingShown(working({}, { rulebook, open: ['a'] }), '2026-03-02')).toContain(
      '1 question of the rulebook has',
    );
    expect(missingShown(working({}, { rulebook, open: ['a', 'b'] }), '2026-03-02')).toContain('2 questions');
  });
});
