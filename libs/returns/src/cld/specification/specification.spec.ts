import { describe, expect, it } from '@jest/globals';
import { matchCoded, codedKey } from './coded-value.js';
import { columnIds, columns, requirementOf, type ColumnSpecification } from './columns.js';
import { matchHeader } from './header.js';

const headers = columnIds.map((id) => columns[id].header);

describe('the columns', () => {
  it('are fifty, each with a header of its own', () => {
    expect(headers).toHaveLength(50);
    expect(new Set(headers).size).toBe(50);
  });

  it('have a list of values exactly where they are coded', () => {
    for (const column of Object.values(columns) as ColumnSpecification[]) {
      expect(Boolean(column.values)).toBe(column.kind === 'coded');
    }
  });

  it('read every value of their lists in both releases, in any case and spacing, and no two as one', () => {
    for (const id of columnIds) {
      const { values = [] }: ColumnSpecification = columns[id];
      const keys = values.flatMap(({ value, release1 = [] }) => [value, ...release1].map(codedKey));
      expect(new Set(keys).size).toBe(keys.length);
      for (const { value, release1 = [] } of values) {
        expect(matchCoded(id, value.toUpperCase().replaceAll(' ', '  '))).toEqual({ value, release: 'R2' });
        for (const old of release1) expect(matchCoded(id, old.toLowerCase())).toEqual({ value, release: 'R1' });
      }
    }
  });

  it('ask of a row what its event type needs', () => {
    expect(requirementOf('eventEnd', 'Request')).toBe('required');
    expect(requirementOf('eventEnd', 'Service')).toBe('optional');
    expect(requirementOf('serviceType', 'Service')).toBe('required');
    expect(requirementOf('serviceType', 'Review')).toBeUndefined();
    expect(requirementOf('eventStart', undefined)).toBeUndefined();
  });
});

describe('a header', () => {
  it('matches in any order, case and spacing, and in the names of SQL', () => {
    const sql = [...headers].reverse().map((header) => ` ${header.toUpperCase().replace(/[^A-Z0-9]+/g, '_')} `);
    expect(matchHeader(sql)).toEqual({ order: [...columnIds].reverse(), absent: [] });
  });

  it('may leave out optional columns only', () => {
    const without = (header: string) => matchHeader(headers.filter((one) => one !== header));
    expect(without('GP Practice Name')).toMatchObject({ absent: ['gpPracticeName'] });
    expect(without('Event Start Date').faults).toEqual([
      {
        message: 'The column “Event Start Date” is missing. Add it; its cells may be blank.',
        field: 'Event Start Date',
      },
    ]);
  });

  it('names an unknown and a doubled column, and does not repeat what may be somebody’s row', () => {
    expect(matchHeader([...headers, 'Shoe size']).faults?.[0]?.message).toContain('Column 51 (“Shoe size”)');
    expect(matchHeader([...headers, 'gender']).faults?.[0]?.message).toContain('“Gender” stands in the header twice');
    expect(matchHeader([...headers, '9990000018']).faults?.[0]?.message).toContain('Column 51 (“…”)');
    expect(matchHeader([...headers, '']).faults?.[0]?.message).toContain('Column 51 (“no name”)');
  });
});
