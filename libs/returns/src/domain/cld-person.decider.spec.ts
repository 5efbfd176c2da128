import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import { RecordRows, returnsEvents, type LedgerRow, type RowsReceivedData } from '../contracts/index.js';
import { cldPersonDecider } from './cld-person.decider.js';
import { ledgerOf } from './ledger.js';

const personId = '0b0f3f0a-6a54-4c55-9d3c-0a8b7c6d5e4f';
const fileId = '5a9b3c2d-1e0f-4a5b-8c7d-6e5f4a3b2c1d';
const row: LedgerRow = {
  stream: 'commissioning.care-package-7d0f3f0a-6a54-4c55-9d3c-0a8b7c6d5e4f',
  key: 'Service user · Service · 2024-09-01 · Long term support: Community · Meals',
  ordinal: 1,
  eventType: 'Service',
  fingerprint: 'one',
  startsOn: '2024-09-01',
  verdict: 'new',
};
const received = (submittedOn: string, rows: LedgerRow[]): RowsReceivedData => ({
  personId,
  fileId,
  submittedOn,
  period: { start: '2024-04-01', end: '2025-03-31' },
  rows,
});
const event = (data: RowsReceivedData) =>
  ({ type: 'returns.rows-received.v1', data, effectiveOn: data.submittedOn }) as const;
const spec = specification(cldPersonDecider, returnsEvents);

describe('the ledger of a person', () => {
  it('keeps what a file brought, true on the day on which it was submitted', () => {
    const data = received('2025-04-30', [row]);
    spec.when(RecordRows, data).then(event(data));
  });

  it('keeps nothing twice', () => {
    const data = received('2025-04-30', [row]);
    spec.given(event(data)).when(RecordRows, data).thenNothing();
    spec
      .given(event(data))
      .when(RecordRows, received('2025-07-30', [row]))
      .thenNothing();
  });

  it('keeps of a later file only what is told otherwise', () => {
    const other: LedgerRow = { ...row, stream: row.stream.replace('7d0f', '8e1f'), key: 'another' };
    const changed: LedgerRow = { ...row, fingerprint: 'two', verdict: 'corrected' };
    spec
      .given(event(received('2025-04-30', [row, other])))
      .when(RecordRows, received('2025-07-30', [changed, other]))
      .then(event(received('2025-07-30', [changed])));
  });

  it('keeps a row that was told of under another key', () => {
    const renamed = received('2025-07-30', [{ ...row, key: 'Service user · Service · 2024-09-01 · Meals' }]);
    spec
      .given(event(received('2025-04-30', [row])))
      .when(RecordRows, renamed)
      .then(event(renamed));
  });

  it('holds a file against what was known by the day on which it was submitted, whenever it is imported', () => {
    const second: LedgerRow = { ...row, fingerprint: 'two', verdict: 'corrected' };
    const newer = event(received('2025-07-30', [second]));
    const older = event(received('2025-04-30', [row]));
    spec
      .given(newer)
      .when(RecordRows, received('2025-04-30', [second]))
      .then(event(received('2025-04-30', [second])));
    spec
      .given(newer, older)
      .when(RecordRows, received('2025-10-30', [second]))
      .thenNothing();
    spec
      .given(newer, older)
      .when(RecordRows, received('2025-04-30', [row]))
      .thenNothing();
  });

  it('knows of two files of one day what was imported later', () => {
    const second: LedgerRow = { ...row, fingerprint: 'two', verdict: 'corrected' };
    const history = [event(received('2025-04-30', [row])), event(received('2025-04-30', [second]))] as const;
    spec
      .given(...history)
      .when(RecordRows, received('2025-07-30', [second]))
      .thenNothing();
    spec
      .given(...history)
      .when(RecordRows, received('2025-07-30', [row]))
      .then(event(received('2025-07-30', [row])));
  });

  it('is made of all that was received, row by row', () => {
    const other: LedgerRow = { ...row, stream: row.stream.replace('7d0f', '8e1f'), key: 'another' };
    const changed: LedgerRow = { ...row, fingerprint: 'two', verdict: 'corrected' };
    const ledger = ledgerOf([received('2025-04-30', [row, other]), received('2025-07-30', [changed])]);
    expect([...ledger.values()]).toEqual([
      {
        stream: row.stream,
        entries: [
          { ...row, submittedOn: '2025-04-30', fileId },
          { ...changed, submittedOn: '2025-07-30', fileId },
        ],
      },
      { stream: other.stream, entries: [{ ...other, submittedOn: '2025-04-30', fileId }] },
    ]);
  });

  it('keeps a row withdrawn once, and again when it comes back', () => {
    const withdrawn: LedgerRow = { ...row, verdict: 'withdrawn' };
    const gone = [event(received('2025-04-30', [row])), event(received('2025-07-30', [withdrawn]))] as const;
    spec
      .given(gone[0])
      .when(RecordRows, received('2025-07-30', [withdrawn]))
      .then(gone[1]);
    spec
      .given(...gone)
      .when(RecordRows, received('2025-10-30', [withdrawn]))
      .thenNothing();
    spec
      .given(...gone)
      .when(RecordRows, received('2025-10-30', [row]))
      .then(event(received('2025-10-30', [row])));
  });

  it('lets no two rows have one place, and nothing be withdrawn that never stood', () => {
    spec.when(RecordRows, received('2025-04-30', [row, row])).thenRefused('each-row-once-in-a-file', { field: 'rows' });
    spec
      .when(RecordRows, received('2025-04-30', [{ ...row, verdict: 'withdrawn' }]))
      .thenRefused('a-withdrawn-row-stood-before', { field: 'rows.0' });
  });
});
