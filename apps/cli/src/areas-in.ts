import { InvalidInput } from '@caretrail/kernel';
import type { Area } from '@caretrail/platform';
import { CsvError, parse } from 'csv-parse/sync';

/**
 * The areas that a list names, a row for each postcode prefix.
 * @throws InvalidInput for what is no CSV, lacks a column or names no area
 */
export function areasIn(list: Buffer): Area[] {
  const [header = [], ...rows] = csvOf(list);
  const [prefixAt, areaAt] = [header.indexOf('postcode_prefix'), header.indexOf('area')];
  if (prefixAt < 0 || areaAt < 0)
    throw refused(
      'areas-file-has-its-columns',
      'The file needs the columns postcode_prefix and area in its first line.',
    );
  if (!rows.length)
    throw refused(
      'areas-file-names-areas',
      'The file names no area, so the list of the council stays as it is. Add a row for each postcode prefix.',
    );
  return rows.map((row) => ({ postcodePrefix: row[prefixAt]!, area: row[areaAt]! }));
}

function csvOf(content: Buffer): string[][] {
  try {
    return parse(content, { bom: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? `line ${error['lines']}` : 'its last line';
    throw refused(
      'areas-file-is-csv',
      `The file cannot be read as CSV up to ${line}. Check the quotation marks and that each row has as many cells as the first.`,
    );
  }
}

const refused = (rule: string, message: string) => new InvalidInput([{ rule, message }]);
