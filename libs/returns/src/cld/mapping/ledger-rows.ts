import type { LedgerRow } from '../../contracts/returns.events.js';
import type { RowVerdict } from '../identity/reconcile.js';

/** What the person's ledger has to keep of a file: what is new, corrected or withdrawn, and nothing else. */
export function ledgerRows(verdicts: readonly RowVerdict[]): LedgerRow[] {
  return verdicts.flatMap((one): LedgerRow[] => {
    if ('standing' in one) {
      if (one.verdict === 'missing') return [];
      const { submittedOn: _day, fileId: _file, ...row } = one.standing;
      return [{ ...row, verdict: one.verdict }];
    }
    if (one.verdict === 'unchanged') return [];
    const { row, stream, key, ordinal, fingerprint } = one;
    const place = { stream, key, ordinal, eventType: row.eventType, fingerprint, verdict: one.verdict };
    if (row.eventType === 'None') return [place];
    const { reference, startsOn, endsOn } = row;
    return [{ ...place, ...(reference && { eventReference: reference }), startsOn, ...(endsOn && { endsOn }) }];
  });
}
