import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  commissioningEvents,
  type DirectoryReceivedData,
  KeepRejectedRecords,
  RecordDirectoryFile,
} from '../../contracts/index.js';
import { directoryFileDecider, directoryFileStream } from './directory-file.decider.js';

const fileId = '5a9b3c2d-1e0f-4a5b-8c7d-6e5f4a3b2c1d';
const file: DirectoryReceivedData = {
  fileId,
  name: 'services.json',
  sha256: '0'.repeat(64),
  publishedOn: '2026-02-01',
  whole: false,
  counts: { records: 1, accepted: 0, warned: 0, rejected: 1, listed: 0, changed: 0, unchanged: 0, delisted: 0 },
  warnings: [],
};
const record = (place: string) => ({
  place,
  faults: [{ place: `${place}.name`, rule: 'required', reason: 'The name is missing.' }],
  record: '{}',
});
const received = { type: 'commissioning.directory-received.v1', data: file } as const;
const kept = (place: string) =>
  ({ type: 'commissioning.directory-record-rejected.v1', data: { fileId, ...record(place) } }) as const;
const spec = specification(directoryFileDecider, commissioningEvents);

describe('a file of the directory', () => {
  it('has a stream of its own', () => expect(directoryFileStream(file)).toBe(`commissioning.directory-file-${fileId}`));

  it('is received once for a day', () => {
    spec.when(RecordDirectoryFile, file).then(received);
    spec.given(received).when(RecordDirectoryFile, file).thenNothing();
  });

  it('is received again for another day, and as the whole directory', () => {
    for (const again of [{ publishedOn: '2026-02-02' }, { whole: true }])
      expect(
        spec
          .given(received)
          .when(RecordDirectoryFile, { ...file, ...again })
          .events(),
      ).toHaveLength(1);
  });

  it('keeps each record that was not understood once', () => {
    const [first, second] = [record('contents[0]'), record('contents[1]')];
    spec.when(KeepRejectedRecords, { fileId, records: [first, second] }).then(kept('contents[0]'), kept('contents[1]'));
    spec
      .given(kept('contents[0]'), received)
      .when(KeepRejectedRecords, { fileId, records: [first, second] })
      .then(kept('contents[1]'));
  });
});
