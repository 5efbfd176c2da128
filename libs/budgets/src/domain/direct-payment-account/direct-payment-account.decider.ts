import {
  sameContent,
  streamName,
  unreachable,
  upholdAll,
  type Decider,
  type EventOf,
  type PlainDate,
} from '@caretrail/kernel';
import type {
  CloseDirectPaymentAccount,
  directPaymentAccountEvents,
  EntryKind,
  LedgerAccount,
  OpenDirectPaymentAccount,
  ReclaimDirectPayment,
  ReclaimDirectPaymentData,
  RecordDirectPayment,
  RecordSpend,
  ReverseDirectPaymentEntry,
} from '../../contracts/index.js';
import {
  closingPolicies,
  openingPolicies,
  paymentPolicies,
  reclaimPolicies,
  reversalPolicies,
  spendPolicies,
} from './direct-payment-account.policies.js';
import type { DirectPaymentAccountState, LedgerEntry } from './direct-payment-account.state.js';

export type { DirectPaymentAccountState } from './direct-payment-account.state.js';

export type DirectPaymentAccountCommand =
  | OpenDirectPaymentAccount
  | RecordDirectPayment
  | RecordSpend
  | ReclaimDirectPayment
  | ReverseDirectPaymentEntry
  | CloseDirectPaymentAccount;
export type DirectPaymentAccountEvent = EventOf<(typeof directPaymentAccountEvents)[number]>;

/** The person's side of every entry. */
const OWN = 'direct payment account';

/** The stream of a direct payment account, by id. */
export const directPaymentAccountStream = ({ accountId }: { readonly accountId: string }): string =>
  streamName('budgets.direct-payment-account', accountId);

/** What an entry adds to the balance of the account: pence, below nothing where they leave it. */
export const changeOfBalance = ({ debit, pence }: { readonly debit: LedgerAccount; readonly pence: number }): number =>
  debit === OWN ? pence : -pence;

/** The money of a direct payment (Care Act 2014 s31–s33), in double entry: never edited, only reversed. */
export const directPaymentAccountDecider: Decider<
  DirectPaymentAccountCommand,
  DirectPaymentAccountState,
  DirectPaymentAccountEvent
> = {
  initial: { closed: false, balance: 0, entries: [], reversed: [], reversals: [] },

  decide(command, state, context) {
    switch (command.type) {
      case 'budgets.open-direct-payment-account': {
        if (state.opening && sameContent({ ...command.data, openedOn: context.effectiveOn }, state.opening)) return [];
        upholdAll(openingPolicies, command.data, state, context);
        return [{ type: 'budgets.direct-payment-account-opened.v1', data: command.data }];
      }
      case 'budgets.record-direct-payment': {
        upholdAll(paymentPolicies, command.data, state, context);
        const { pence, reference } = command.data;
        const moved = { debit: OWN, credit: 'council', pence } as const;
        return [{ type: 'budgets.direct-payment-paid.v1', data: { ...ownerOf(state), ...moved, reference } }];
      }
      case 'budgets.record-spend': {
        upholdAll(spendPolicies, command.data, state, context);
        const { payee, category, pence, evidence } = command.data;
        const moved = { debit: payee, credit: OWN, pence } as const;
        return [{ type: 'budgets.spend-recorded.v1', data: { ...ownerOf(state), ...moved, category, evidence } }];
      }
      case 'budgets.reclaim-direct-payment':
        upholdAll(reclaimPolicies, command.data, state, context);
        return [reclaimed(state, command.data)];
      case 'budgets.reverse-direct-payment-entry': {
        upholdAll(reversalPolicies, command.data, state, context);
        const { entryId, reason } = command.data;
        const { kind, debit, credit, pence, category } = state.entries.find(({ id }) => id === entryId)!;
        const back = { reverses: entryId, kind, debit: credit, credit: debit, pence, ...(category && { category }) };
        return [{ type: 'budgets.direct-payment-entry-reversed.v1', data: { ...ownerOf(state), ...back, reason } }];
      }
      case 'budgets.close-direct-payment-account': {
        const { reason, surplus } = command.data;
        upholdAll(closingPolicies, command.data, state, context);
        return [
          ...(surplus ? [reclaimed(state, { pence: state.balance, ground: 'surplus', ...surplus })] : []),
          { type: 'budgets.direct-payment-account-closed.v1', data: { ...ownerOf(state), reason } },
        ];
      }
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'budgets.direct-payment-account-opened.v1':
        return { ...state, opening: { ...event.data, openedOn: event.effectiveOn } };
      case 'budgets.direct-payment-paid.v1':
        return entered(state, 'payment', event);
      case 'budgets.spend-recorded.v1':
        return entered(state, 'spend', event);
      case 'budgets.direct-payment-reclaimed.v1':
        return entered(state, 'reclaim', event);
      case 'budgets.direct-payment-entry-reversed.v1':
        return {
          ...state,
          balance: state.balance + changeOfBalance(event.data),
          reversed: [...state.reversed, event.data.reverses],
          reversals: [...state.reversals, event.id],
          lastEntryOn: later(state.lastEntryOn, event.effectiveOn),
        };
      case 'budgets.direct-payment-account-closed.v1':
        return { ...state, closed: true };
      default:
        return unreachable(event);
    }
  },
};

function ownerOf({ opening }: DirectPaymentAccountState): { accountId: string; personId: string } {
  const { accountId, personId } = opening!;
  return { accountId, personId };
}

function reclaimed(
  state: DirectPaymentAccountState,
  { pence, ground, decision, representations }: Omit<ReclaimDirectPaymentData, 'accountId'>,
): DirectPaymentAccountEvent {
  const moved = { debit: 'council', credit: OWN, pence } as const;
  return {
    type: 'budgets.direct-payment-reclaimed.v1',
    data: { ...ownerOf(state), ...moved, ground, decision, representations },
  };
}

function entered(
  state: DirectPaymentAccountState,
  kind: EntryKind,
  {
    id,
    effectiveOn,
    data,
  }: { id: string; effectiveOn: PlainDate; data: Omit<LedgerEntry, 'id' | 'kind' | 'effectiveOn'> },
): DirectPaymentAccountState {
  const { debit, credit, pence, category } = data;
  return {
    ...state,
    balance: state.balance + changeOfBalance(data),
    entries: [...state.entries, { id, kind, debit, credit, pence, effectiveOn, ...(category && { category }) }],
    lastEntryOn: later(state.lastEntryOn, effectiveOn),
  };
}

const later = (one: PlainDate | undefined, other: PlainDate): PlainDate => (one && one > other ? one : other);
