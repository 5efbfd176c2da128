import { describe, expect, it } from '@jest/globals';
import { asOfFrom, asOfQuery, asOfSentence, asOfSource } from './as-of.js';
import { parseUkDate, ukDate } from './uk-date.js';

const TODAY = '2026-04-21';

describe('the two days of a page', () => {
  it('are today when nothing is asked', () => {
    expect(asOfFrom({}, TODAY)).toMatchObject({ effective: TODAY, known: TODAY, isToday: true });
    expect(asOfFrom({ effective: '', known: ' ' }, TODAY).isToday).toBe(true);
  });

  it('are read as people type them and as machines write them', () => {
    const days = { effective: '2026-03-31', known: '2026-04-14', isToday: false };
    expect(asOfFrom({ effective: '31/3/2026', known: '14/4/2026' }, TODAY)).toMatchObject(days);
    expect(asOfFrom({ effective: '2026-03-31', known: '2026-04-14' }, TODAY)).toMatchObject(days);
  });

  it('follow each other when one is left out', () => {
    expect(asOfFrom({ effective: '31/3/2026' }, TODAY)).toMatchObject({ effective: '2026-03-31', known: TODAY });
    expect(asOfFrom({ known: '14/4/2026' }, TODAY)).toMatchObject({ effective: '2026-04-14', known: '2026-04-14' });
  });

  it.each([
    [{ effective: '31/2/2026' }],
    [{ effective: 'soon', known: '14/4/2026' }],
    [{ known: '22/4/2026' }],
    [{ known: ['x', 'y'] }],
  ])('are today, with the error and what was typed, for %j', (query) => {
    const days = asOfFrom(query, TODAY);
    expect(days).toMatchObject({ effective: TODAY, known: TODAY, isToday: true });
    expect(Object.keys(days.error ?? {})).toHaveLength(1);
    expect(`${days.typed.effective}${days.typed.known}`).not.toBe('');
  });

  it.each([[undefined], [null], ['text'], [{ effective: { a: 1 } }], [[]]])('survive garbage: %j', (query) => {
    expect(asOfFrom(query, TODAY).isToday).toBe(true);
  });

  it('are said in words and kept in links', () => {
    const past = asOfFrom({ effective: '31/3/2026', known: '14/4/2026' }, TODAY);
    expect(asOfSentence(past)).toBe('31 March 2026, as we knew it on 14 April 2026');
    expect(asOfSource(past)).toBe('True on 31 March 2026, known by 14 April 2026');
    expect(asOfQuery(past)).toBe('&effective=2026-03-31&known=2026-04-14');
    expect(asOfQuery(asOfFrom({}, TODAY))).toBe('');
  });
});

describe('a day in a text field', () => {
  it.each([
    ['1/4/2026', '2026-04-01'],
    [' 01.04.2026 ', '2026-04-01'],
    ['1 4 2026', '2026-04-01'],
    ['29/2/2024', '2024-02-29'],
    ['29/2/2026', undefined],
    ['1/1/1900', '1900-01-01'],
    ['31/12/1899', undefined],
    ['14/3/0026', undefined],
    ['0026-03-14', undefined],
    ['1/4/26', undefined],
    ['4/2026', undefined],
    ['', undefined],
  ])('%j is %s', (text, day) => expect(parseUkDate(text)).toBe(day));

  it('is written back without zeros', () => expect(ukDate('2026-04-01')).toBe('1/4/2026'));
});
