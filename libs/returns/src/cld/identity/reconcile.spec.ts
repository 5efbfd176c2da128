import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { PlainDate } from '@caretrail/kernel';
import fc from 'fast-check';
import { emptyLedger, knownOn, withRows, type LedgerState } from '../../domain/ledger.js';
import { ledgerRows } from '../mapping/ledger-rows.js';
import type {
  AssessmentRow,
  CldRow,
  KnownByAssociationRow,
  RequestRow,
  ReviewRow,
  ServiceRow,
} from '../normalising/cld-row.js';
import { reconcile, type RowVerdict } from './reconcile.js';

const personId = '0b0f3f0a-6a54-4c55-9d3c-0a8b7c6d5e4f';
const key = createSecretKey(Buffer.alloc(32, 7));
const Q1 = { submittedOn: '2025-04-30', period: { start: '2024-04-01', end: '2025-03-31' } };
const Q2 = { submittedOn: '2025-07-30', period: { start: '2024-07-01', end: '2025-06-30' } };

interface File {
  readonly submittedOn: PlainDate;
  readonly period: { readonly start: PlainDate; readonly end: PlainDate };
  readonly rows: readonly CldRow[];
}

const said = { line: 2, clientType: 'Service user', person: { laPersonId: 'P1', caresFor: [] } } as const;
const service = (cells: Partial<ServiceRow> = {}): ServiceRow => ({
  ...said,
  eventType: 'Service',
  startsOn: '2024-09-01',
  serviceType: 'Long term support: Community',
  serviceComponent: 'Home support or domiciliary care',
  unitCostPence: 2100,
  ...cells,
});
const request = (cells: Partial<RequestRow> = {}): RequestRow => ({
  ...said,
  eventType: 'Request',
  startsOn: '2024-08-01',
  endsOn: '2024-08-05',
  outcome: 'NFA: Other',
  route: 'Prison',
  ...cells,
});
const assessment = (cells: Partial<AssessmentRow> = {}): AssessmentRow => ({
  ...said,
  eventType: 'Assessment',
  startsOn: '2024-08-10',
  endsOn: '2024-09-05',
  outcome: 'Progress to support planning or services',
  assessmentType: 'Long term assessment',
  method: 'Service user only',
  ...cells,
});
const review = (cells: Partial<ReviewRow> = {}): ReviewRow => ({
  ...said,
  eventType: 'Review',
  startsOn: '2024-11-01',
  endsOn: '2024-11-20',
  outcome: 'Continuation of support or services',
  reviewReason: 'Unplanned: Other reason',
  method: 'Service user only',
  ...cells,
});
const link = (caresFor: readonly string[]): KnownByAssociationRow => ({
  line: 2,
  clientType: 'Unpaid carer known by association',
  eventType: 'None',
  person: { laPersonId: 'P1', caresFor },
});

/** Takes a file in, and answers with the verdicts and the ledger after it. */
function take(
  ledger: LedgerState,
  file: File,
  withdrawMissing = false,
): { verdicts: RowVerdict[]; ledger: LedgerState } {
  const verdicts = reconcile(ledger, { personId, ...file }, { withdrawMissing, key });
  const rows = ledgerRows(verdicts);
  const received = { personId, fileId: personId, submittedOn: file.submittedOn, period: file.period, rows };
  return { verdicts, ledger: rows.length ? withRows(ledger, received) : ledger };
}
const after = (...files: readonly File[]): LedgerState =>
  files.reduce((ledger, file) => take(ledger, file).ledger, emptyLedger);
const words = (verdicts: readonly RowVerdict[]): string[] => verdicts.map(({ verdict }) => verdict).sort();
const streamsOf = (verdicts: readonly RowVerdict[]): string[] =>
  verdicts.map((one) => ('stream' in one ? one.stream : one.standing.stream)).sort();

/** What is known on a day: the content of every row that stands, whichever streams they are in. */
const standingOn = (ledger: LedgerState, day: PlainDate): string[] =>
  [...ledger.values()]
    .flatMap((history) => knownOn(history, day) ?? [])
    .filter(({ verdict }) => verdict !== 'withdrawn')
    .map((entry) => `${entry.key} ${entry.fingerprint}`)
    .sort();

describe('a row found again', () => {
  it('is new in the first file and unchanged in the next', () => {
    const first = take(emptyLedger, { ...Q1, rows: [request(), service()] });
    expect(words(first.verdicts)).toEqual(['new', 'new']);
    const second = take(first.ledger, { ...Q2, rows: [service(), request()] });
    expect(words(second.verdicts)).toEqual(['unchanged', 'unchanged']);
    expect(second.ledger).toBe(first.ledger);
    expect(streamsOf(second.verdicts)).toEqual(streamsOf(first.verdicts));
  });

  it('goes to the stream of its context', () => {
    const rows = [request(), assessment(), service(), review(), link(['P2'])];
    expect(streamsOf(take(emptyLedger, { ...Q1, rows }).verdicts).map((stream) => stream.slice(0, -37))).toEqual([
      'assessment.assessment',
      'assessment.contact-episode',
      'commissioning.care-package',
      'planning.review',
      'returns.cld-link',
    ]);
  });

  it('is corrected when a service gains its end, or a cost changes, on the same stream', () => {
    const first = take(emptyLedger, { ...Q1, rows: [service()] });
    for (const changed of [service({ endsOn: '2025-05-01' }), service({ unitCostPence: 2200 })]) {
      const { verdicts } = take(first.ledger, { ...Q2, rows: [changed] });
      expect(words(verdicts)).toEqual(['corrected']);
      expect(streamsOf(verdicts)).toEqual(streamsOf(first.verdicts));
    }
  });

  it('does not change with the details of the person, which are compared once per person', () => {
    const ledger = after({ ...Q1, rows: [service()] });
    const moved = service({ line: 9, person: { ...said.person, postcode: 'ZZ9 9ZZ' } });
    expect(words(take(ledger, { ...Q2, rows: [moved] }).verdicts)).toEqual(['unchanged']);
  });

  it('is joined by the Event Reference when its key was corrected', () => {
    const first = take(emptyLedger, { ...Q1, rows: [assessment({ reference: 'E1' })] });
    const again = take(first.ledger, { ...Q2, rows: [assessment({ reference: 'E1', startsOn: '2024-08-08' })] });
    expect(words(again.verdicts)).toEqual(['corrected']);
    expect(streamsOf(again.verdicts)).toEqual(streamsOf(first.verdicts));
    expect(standingOn(again.ledger, Q2.submittedOn)).toHaveLength(1);
  });

  it('is not joined where two rows have the reference, or it belongs to another type of event', () => {
    const two = after({
      ...Q1,
      rows: [service({ reference: 'E1' }), service({ reference: 'E1', startsOn: '2024-10-01' })],
    });
    const moved = service({ reference: 'E1', startsOn: '2024-11-01' });
    expect(words(take(two, { ...Q2, rows: [moved] }).verdicts)).toEqual(['missing', 'missing', 'new']);
    const other = after({ ...Q1, rows: [service({ reference: 'E1' })] });
    expect(words(take(other, { ...Q2, rows: [review({ reference: 'E1' })] }).verdicts)).toEqual(['missing', 'new']);
  });

  it('keeps its key although another row has taken its reference', () => {
    const ledger = after({
      ...Q1,
      rows: [service({ reference: 'E1' }), service({ reference: 'E2', startsOn: '2024-10-01' })],
    });
    const swapped = [service({ reference: 'E2' }), service({ reference: 'E1', startsOn: '2024-10-01' })];
    expect(words(take(ledger, { ...Q2, rows: swapped }).verdicts)).toEqual(['corrected', 'corrected']);
  });

  it('is told from its double by content: one changed of two is one correction', () => {
    const ledger = after({ ...Q1, rows: [service({ plannedUnitsPerWeek: 7 }), service({ plannedUnitsPerWeek: 14 })] });
    const rows = [service({ plannedUnitsPerWeek: 14 }), service({ plannedUnitsPerWeek: 21 })];
    expect(words(take(ledger, { ...Q2, rows }).verdicts)).toEqual(['corrected', 'unchanged']);
  });

  it('keeps count of identical rows: double-up care is two', () => {
    const first = take(emptyLedger, { ...Q1, rows: [service(), service()] });
    expect(words(first.verdicts)).toEqual(['new', 'new']);
    expect(new Set(streamsOf(first.verdicts)).size).toBe(2);
    expect(words(take(first.ledger, { ...Q2, rows: [service(), service(), service()] }).verdicts)).toEqual([
      'new',
      'unchanged',
      'unchanged',
    ]);
    expect(words(take(first.ledger, { ...Q2, rows: [service()] }).verdicts)).toEqual(['missing', 'unchanged']);
  });
});

describe('a row that is not in the file', () => {
  it('is missing where the file should have it, and withdrawn only when asked for', () => {
    const ledger = after({ ...Q1, rows: [request(), service(), assessment(), review(), link(['P2'])] });
    const reported = take(ledger, { ...Q2, rows: [] });
    expect(words(reported.verdicts)).toEqual(['missing', 'missing', 'missing', 'missing']);
    expect(reported.ledger).toBe(ledger);
    const withdrawn = take(ledger, { ...Q2, rows: [] }, true);
    expect(words(withdrawn.verdicts)).toEqual(['withdrawn', 'withdrawn', 'withdrawn', 'withdrawn']);
    expect(words(take(withdrawn.ledger, { ...Q2, rows: [] }, true).verdicts)).toEqual([]);
    expect(standingOn(withdrawn.ledger, Q1.submittedOn)).toHaveLength(5);
  });

  it('has left the window when it ended before it, and is neither', () => {
    const ended = { endsOn: '2024-06-30' } as const;
    const rows = [request({ startsOn: '2024-06-01', ...ended }), service({ startsOn: '2024-06-01', ...ended })];
    expect(take(after({ ...Q1, rows }), { ...Q2, rows: [] }, true).verdicts).toEqual([]);
    const onItsFirstDay = [request({ startsOn: '2024-06-01', endsOn: '2024-07-01' })];
    expect(words(take(after({ ...Q1, rows: onItsFirstDay }), { ...Q2, rows: [] }).verdicts)).toEqual(['missing']);
  });

  it('is new content of the same row when it comes back', () => {
    const first = take(emptyLedger, { ...Q1, rows: [service()] });
    const gone = take(first.ledger, { ...Q2, rows: [] }, true);
    const back = take(gone.ledger, { ...Q2, submittedOn: '2025-10-30', rows: [service()] });
    expect(words(back.verdicts)).toEqual(['new']);
    expect(streamsOf(back.verdicts)).toEqual(streamsOf(first.verdicts));
    expect(standingOn(back.ledger, '2025-10-30')).toHaveLength(1);
    expect(standingOn(back.ledger, '2025-10-29')).toHaveLength(0);
  });
});

describe('files out of order', () => {
  it('lets an older file say what was known earlier, on the same stream', () => {
    const newer = take(emptyLedger, { ...Q2, rows: [service({ endsOn: '2025-05-01' })] });
    const older = take(newer.ledger, { ...Q1, rows: [service()] });
    expect(words(older.verdicts)).toEqual(['new']);
    expect(streamsOf(older.verdicts)).toEqual(streamsOf(newer.verdicts));
    expect(words(take(older.ledger, { ...Q2, rows: [service({ endsOn: '2025-05-01' })] }).verdicts)).toEqual([
      'unchanged',
    ]);
  });

  it('changes nothing when the first quarter is imported again after the second', () => {
    const q1 = { ...Q1, rows: [service({ reference: 'E1' }), request()] };
    const q2 = { ...Q2, rows: [service({ reference: 'E1', startsOn: '2024-09-02' })] };
    const ledger = after(q1, q2);
    expect(words(take(ledger, q1, true).verdicts)).toEqual(['unchanged', 'unchanged']);
  });
});

describe('whatever the files say', () => {
  const day = (from: string) => fc.constantFrom(`${from}-01`, `${from}-02`, `${from}-03`);
  const reference = fc.option(fc.constantFrom('E1', 'E2', 'E3'), { nil: undefined });
  const anyRow: fc.Arbitrary<CldRow> = fc.oneof(
    fc
      .record({
        startsOn: day('2024-09'),
        unitCostPence: fc.constantFrom(100, 200),
        reference,
        endsOn: fc.option(day('2024-12'), { nil: undefined }),
      })
      .map((cells) => service(cells as Partial<ServiceRow>)),
    fc.record({ startsOn: day('2024-08'), reference }).map((cells) => request(cells as Partial<RequestRow>)),
    fc.record({ startsOn: day('2024-11'), reference }).map((cells) => review(cells as Partial<ReviewRow>)),
    fc.constantFrom(['P2'], ['P3']).map((caresFor) => link(caresFor)),
  );
  const anyRows = fc.array(anyRow, { maxLength: 8 });

  it('the same file again, in any order of its rows and after any other, changes nothing', () => {
    fc.assert(
      fc.property(anyRows, anyRows, fc.infiniteStream(fc.nat()), (one, other, order) => {
        const shuffled = one
          .map((row) => ({ row, place: order.next().value as number }))
          .sort((a, b) => a.place - b.place)
          .map(({ row }) => row);
        const ledger = after({ ...Q1, rows: one }, { ...Q2, rows: other });
        const again = take(ledger, { ...Q1, rows: shuffled }, true);
        expect(words(again.verdicts)).toEqual(one.map(() => 'unchanged'));
        expect(again.ledger).toBe(ledger);
      }),
      { seed: 26 },
    );
  });

  it('every row of the newest file stands, each as often as it is in it', () => {
    fc.assert(
      fc.property(anyRows, anyRows, (one, other) => {
        const { ledger } = take(after({ ...Q1, rows: one }), { ...Q2, rows: other }, true);
        const expected = standingOn(after({ ...Q2, rows: other }), Q2.submittedOn);
        // Links have no day on which a file should tell of them again, so they are never taken back.
        const standing = standingOn(ledger, Q2.submittedOn).filter((entry) => !entry.includes('· None'));
        expect(standing).toEqual(expected.filter((entry) => !entry.includes('· None')));
      }),
      { seed: 26 },
    );
  });

  it('two files give the same knowledge on any day, whichever is imported first', () => {
    fc.assert(
      fc.property(anyRows, anyRows, (one, other) => {
        const first = { ...Q1, rows: one };
        const second = { ...Q2, rows: other };
        const inOrder = after(first, second);
        const outOfOrder = after(second, first);
        for (const on of ['2025-04-29', Q1.submittedOn, '2025-06-01', Q2.submittedOn, '2025-12-31']) {
          expect(standingOn(outOfOrder, on)).toEqual(standingOn(inOrder, on));
        }
      }),
      { seed: 26 },
    );
  });

  it('the order of the rows makes no difference to where they go', () => {
    fc.assert(
      fc.property(anyRows, anyRows, (one, other) => {
        const ledger = after({ ...Q1, rows: one });
        const forward = take(ledger, { ...Q2, rows: other });
        const backward = take(ledger, { ...Q2, rows: [...other].reverse() });
        expect(streamsOf(backward.verdicts)).toEqual(streamsOf(forward.verdicts));
        expect(standingOn(backward.ledger, Q2.submittedOn)).toEqual(standingOn(forward.ledger, Q2.submittedOn));
      }),
      { seed: 26 },
    );
  });
});
