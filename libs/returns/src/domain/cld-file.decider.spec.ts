import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  KeepRejectedRows,
  RecordFile,
  returnsEvents,
  rowRejected,
  type FileReceivedData,
  type RowRejectedData,
} from '../contracts/index.js';
import { cldFileDecider } from './cld-file.decider.js';

const personId = '0b0f3f0a-6a54-4c55-9d3c-0a8b7c6d5e4f';
const fileId = '5a9b3c2d-1e0f-4a5b-8c7d-6e5f4a3b2c1d';
const file: FileReceivedData = {
  fileId,
  name: 'return.csv',
  sha256: '0'.repeat(64),
  submittedOn: '2025-04-30',
  period: { start: '2024-04-01', end: '2025-03-31' },
  counts: { rows: 2, accepted: 1, warned: 0, rejected: 1, unchanged: 0, corrected: 0, missing: 0, withdrawn: 0 },
};
const faults = [{ column: 'Event Start Date', reason: 'Event Start Date is blank.', rule: 'required' }];
const rejected = (line: number): RowRejectedData => ({ fileId, personId, line, faults, row: '997,' });
const received = { type: 'returns.file-received.v1', data: file, effectiveOn: '2025-04-30' } as const;
const kept = (line: number) => ({ type: 'returns.row-rejected.v1', data: rejected(line) }) as const;
const rows = (...lines: number[]) => lines.map(rejected).map(({ fileId: _file, ...row }) => row);
const spec = specification(cldFileDecider, returnsEvents);

describe('a file', () => {
  it('is received once', () => {
    spec.when(RecordFile, file).then(received);
    spec.given(kept(3)).when(RecordFile, file).then(received);
    spec
      .given(received)
      .when(RecordFile, { ...file, counts: { ...file.counts, unchanged: 1 } })
      .thenNothing();
  });

  it('keeps each rejected line once', () => {
    spec.when(KeepRejectedRows, { fileId, rows: rows(2, 3) }).then(kept(2), kept(3));
    spec
      .given(kept(2), kept(3), received)
      .when(KeepRejectedRows, { fileId, rows: rows(3, 4, 2) })
      .then(kept(4));
  });

  it('locks a rejected row under its person’s key, else under its own', () => {
    expect(rowRejected.personal).toEqual(['row']);
    expect(rowRejected.subject(rejected(2))).toBe(personId);
    const { personId: _person, ...unknown } = rejected(2);
    expect(rowRejected.subject(unknown)).toBe(fileId);
    expect(rowRejected.people(unknown)).toEqual([]);
  });
});
