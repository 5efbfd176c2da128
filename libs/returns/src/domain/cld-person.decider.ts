import { upholdAll, type Decider, type EventOf, type Policy } from '@caretrail/kernel';
import type { RecordRows } from '../contracts/returns.commands.js';
import { rowsReceived } from '../contracts/returns.events.js';
import { emptyLedger, knownOn, withRows, type LedgerState } from './ledger.js';

type Event = EventOf<typeof rowsReceived>;

const eachRowOnce: Policy<RecordRows, LedgerState> = {
  rule: 'each-row-once-in-a-file',
  check: ({ data }) =>
    new Set(data.rows.map((row) => row.stream)).size === data.rows.length
      ? undefined
      : [{ message: 'Two rows of the file were given the same place in the ledger.', field: 'rows' }],
};

const withdrawnRowStands: Policy<RecordRows, LedgerState> = {
  rule: 'a-withdrawn-row-stood-before',
  check: ({ data }, ledger) => {
    const unknown = data.rows.findIndex((row) => row.verdict === 'withdrawn' && !ledger.has(row.stream));
    if (unknown < 0) return undefined;
    return [{ message: 'A row cannot be withdrawn that was never received.', field: `rows.${unknown}` }];
  },
};

/** The ledger of one person: which rows of which file said something new. */
export const cldPersonDecider: Decider<RecordRows, LedgerState, Event> = {
  initial: emptyLedger,

  decide(command, ledger) {
    upholdAll([eachRowOnce, withdrawnRowStands], command, ledger, undefined);
    const { data } = command;
    const rows = data.rows.filter((row) => {
      const history = ledger.get(row.stream);
      const standing = history && knownOn(history, data.submittedOn);
      if (!standing) return true;
      const gone = standing.verdict === 'withdrawn';
      return row.verdict === 'withdrawn'
        ? !gone
        : gone || standing.fingerprint !== row.fingerprint || standing.key !== row.key;
    });
    return rows.length ? [{ type: rowsReceived.type, data: { ...data, rows }, effectiveOn: data.submittedOn }] : [];
  },

  evolve: (ledger, { data }) => withRows(ledger, data),
};
