import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@caretrail/kernel';
import type { Statement } from '../application/statement.query.js';
import { type LocalPrice, waysToHold } from '../contracts/index.js';
import { budgetFrom } from './budget-form.js';
import { deploymentFieldOf, deploymentFrom, deploymentTyped } from './deployment-form.js';
import { causeFrom, statementFieldOf, statementFrom, statementTyped } from './statement-form.js';
import { Typed } from './typed.js';

const fieldsOf = (read: () => unknown): (string | undefined)[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ field }) => field);
    throw error;
  }
  return [];
};

describe('what the needs take, as it is typed', () => {
  const price = (service: string, unit: 'hour' | 'week'): LocalPrice => ({
    service,
    label: service,
    unit,
    medianPence: 2_400,
    effectiveOn: '2026-03-02',
    knownOn: '2026-03-02',
  });
  const prices = [price('home', 'hour'), price('day', 'week')];
  const budget = (more: object) =>
    budgetFrom(
      '4471c0de-0000-4000-8000-000000000005',
      {
        costPencePerWeek: '1',
        personPaysPencePerWeek: '0',
        councilPaysPencePerWeek: '1',
        effectiveOn: '2/3/2026',
        ...more,
      },
      prices,
    ).data.needed;

  it.each([
    ['10', 600],
    ['10.5', 630],
    ['10,25', 615],
    ['0:45', 45],
  ])('%s hours are %d minutes', (typed, amount) =>
    expect(budget({ 'needed.home': typed })).toEqual([{ service: 'home', unit: 'hour', amount }]),
  );
  it('is nothing where nothing was typed', () => expect(budget({})).toBeUndefined());
  it('is counted in times where it is bought by the week', () =>
    expect(budget({ 'needed.day': '2' })).toEqual([{ service: 'day', unit: 'week', amount: 2 }]));
  it.each([
    ['needed.home', 'ten'],
    ['needed.home', '0'],
    ['needed.home', '10:75'],
    ['needed.day', '1.5'],
    ['needed.day', '1:30'],
  ])('%s is not %s', (field, typed) => expect(fieldsOf(() => budget({ [field]: typed }))).toEqual([field]));
});

describe('a statement, as it is typed', () => {
  const typed = {
    costPencePerWeek: '280',
    contributionPencePerWeek: '64.80',
    councilPencePerWeek: '215.20',
    reasons: ' As allocated. ',
  };
  const read = (more: object) => {
    const values = new Typed({ ...typed, ...more });
    const statement = statementFrom(values);
    values.check();
    return statement;
  };
  it('is three amounts in pence, with a one-off sum where one was typed', () => {
    expect(read({})).toEqual({
      costPencePerWeek: 28_000,
      contributionPencePerWeek: 6_480,
      councilPencePerWeek: 21_520,
      oneOff: [],
      reasons: 'As allocated.',
    });
    const sum = { 'oneOff.0.purpose': 'a chair', 'oneOff.0.pence': '180', 'oneOff.0.contributionPence': '0' };
    expect(read({ ...sum, 'oneOff.0.councilPence': '180' }).oneOff).toEqual([
      { purpose: 'a chair', pence: 18_000, contributionPence: 0, councilPence: 18_000 },
    ]);
    expect(fieldsOf(() => read({ 'oneOff.0.pence': '-1' }))).toEqual([
      'oneOff.0.purpose',
      'oneOff.0.pence',
      'oneOff.0.contributionPence',
      'oneOff.0.councilPence',
    ]);
  });

  const cause = (values: object) => {
    const reading = new Typed(values as Record<string, unknown>);
    const found = causeFrom(reading);
    reading.check();
    return found;
  };
  it('has as many one-off sums as were typed, each told in its own row', () => {
    const row = (at: number, purpose: string) => ({
      [`oneOff.${at}.purpose`]: purpose,
      [`oneOff.${at}.pence`]: '180',
      [`oneOff.${at}.contributionPence`]: '80.50',
      [`oneOff.${at}.councilPence`]: '99.50',
    });
    const values = {
      ...row(0, ' '),
      'oneOff.0.pence': '',
      'oneOff.0.contributionPence': '',
      'oneOff.0.councilPence': '',
      ...row(1, 'a chair'),
      ...row(3, 'a ramp'),
    };
    const sum = { pence: 18_000, contributionPence: 8_050, councilPence: 9_950 };
    const { oneOff } = read(values);
    expect(oneOff).toEqual([
      { ...sum, purpose: 'a chair' },
      { ...sum, purpose: 'a ramp' },
    ]);
    expect(['oneOff.0.pence', 'oneOff.1.purpose', 'reasons'].map(statementFieldOf(values))).toEqual([
      'oneOff.1.pence',
      'oneOff.3.purpose',
      'reasons',
    ]);
    // What stands in the form of a change reads back as the statement that it was made of.
    const statement = {
      costPencePerWeek: 28_000,
      contributionPencePerWeek: 6_480,
      councilPencePerWeek: 21_520,
      oneOff,
    };
    expect(read(statementTyped(statement as unknown as Statement))).toEqual({ ...statement, reasons: 'As allocated.' });
  });

  it('changes because of a review, or of a published list', () => {
    const reviewEventId = '4471c0de-0000-4000-8000-000000000005';
    const review = { 'cause.kind': 'review (s27)' };
    expect(cause({ ...review, 'cause.reviewEventId': reviewEventId })).toEqual({ kind: 'review (s27)', reviewEventId });
    expect(fieldsOf(() => cause({ ...review, 'cause.reviewEventId': 'R-1' }))).toEqual(['cause.reviewEventId']);
    const uprating = { 'cause.kind': 'published uprating' };
    expect(cause({ ...uprating, 'cause.upratingId': reviewEventId })).toEqual({
      kind: 'published uprating',
      upratingId: reviewEventId,
    });
    expect(fieldsOf(() => cause(uprating))).toEqual(['cause.upratingId']);
    expect(fieldsOf(() => cause({}))).toContain('cause.kind');
  });
});

describe('a deployment, as it is typed', () => {
  const values = {
    'ways.0.offered': 'no',
    'ways.0.excludedBy': 'long-term stay in a care home (DP Regs 2014 reg 6)',
    'ways.0.notOfferedBecause': 'not suitable for these needs',
    'ways.1.offered': 'yes',
    'ways.1.pencePerWeek': '10',
    'ways.4.offered': 'yes',
    'ways.4.pencePerWeek': '5.50',
    'ways.4.holder': 'A provider',
    inTheirWords: '',
  };
  it('has a row for each way: those that were answered, and the parts that have an amount', () =>
    expect(deploymentFrom(new Typed(values))).toEqual({
      ways: [
        { way: waysToHold[0], offered: false, excludedBy: 'long-term stay in a care home (DP Regs 2014 reg 6)' },
        { way: waysToHold[1], offered: true },
        { way: waysToHold[4], offered: true },
      ],
      parts: [
        { way: waysToHold[1], pencePerWeek: 1_000 },
        { way: waysToHold[4], pencePerWeek: 550, holder: 'A provider' },
      ],
    }));
  it('is told in the row where it was typed', () => {
    const fieldOf = deploymentFieldOf(values);
    expect(['ways.2.whyNot', 'parts.1.holder', 'parts.0.way', 'ways', 'parts'].map(fieldOf)).toEqual([
      'ways.4.whyNot',
      'ways.4.holder',
      'ways.1.pencePerWeek',
      'ways.2.offered',
      'ways.0.pencePerWeek',
    ]);
  });
  it('stands in the form as it was last, but for amounts that the council’s new one does not fit', () => {
    const { parts, ways } = deploymentFrom(new Typed(values));
    const typed = (change: object, councilPencePerWeek: number) =>
      deploymentTyped({
        deployment: { parts, ways, current: true, ...change },
        councilPencePerWeek,
      } as unknown as Statement);
    const { 'ways.0.notOfferedBecause': _, inTheirWords: __, ...kept } = values;
    expect(typed({}, 1_550)).toEqual({ ...kept, 'ways.1.pencePerWeek': '10.00' });
    const { 'ways.1.pencePerWeek': ___, 'ways.4.pencePerWeek': ____, ...said } = kept;
    expect(typed({ current: false }, 2_000)).toEqual(said);
    expect(typed({ current: false, parts: parts.slice(0, 1) }, 2_000)).toMatchObject({
      'ways.1.pencePerWeek': '20.00',
    });
    expect(deploymentTyped({ councilPencePerWeek: 100 } as unknown as Statement)).toEqual({});
  });
});
