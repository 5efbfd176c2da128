import { EventStore } from '@caretrail/event-store';
import { type AsOf, asOf, NotFound, type PlainDate, unreachable } from '@caretrail/kernel';
import { PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type { DirectPaymentAccountOpenedData, EntryKind, LedgerAccount } from '../contracts/index.js';
import {
  changeOfBalance,
  type DirectPaymentAccountEvent,
  directPaymentAccountStream,
} from '../domain/direct-payment-account/direct-payment-account.decider.js';

/** One line of the ledger, in the order in which it took effect; whole pence. Words are in clear. */
export interface LedgerLine {
  /** Id of the event; by it an entry is reversed. */
  readonly entryId: string;
  readonly kind: EntryKind | 'reversal';
  readonly effectiveOn: PlainDate;
  readonly knownOn: PlainDate;
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly debit: LedgerAccount;
  readonly credit: LedgerAccount;
  readonly pence: number;
  /** What is in the account after it. */
  readonly balancePence: number;
  /** By which later line it was reversed. */
  readonly reversedBy?: string;
  /** What the event says beside: reference, category and evidence, ground and decision, reason. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** An account as it stood on a day, as it was known on another. Paid − spent − reclaimed = balance, what was reversed taken off. */
export interface DirectPaymentLedger extends DirectPaymentAccountOpenedData {
  readonly status: 'open' | 'closed';
  readonly openedOn: PlainDate;
  readonly closedOn?: PlainDate;
  readonly paidPence: number;
  readonly spentPence: number;
  readonly reclaimedPence: number;
  readonly balancePence: number;
  readonly lines: readonly LedgerLine[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads one account from its own stream, so that it is never behind. */
@Injectable()
export class DirectPaymentAccountQuery {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
  ) {}

  /** @throws NotFound for an account that the council had not opened by then, or had not heard of */
  async get(tenant: string, accountId: string, days: AsOf = {}): Promise<DirectPaymentLedger> {
    const stored = UUID.test(accountId)
      ? await this.codec.open(await this.store.readStream(tenant, directPaymentAccountStream({ accountId })))
      : [];
    const envelopes = new Map(stored.map((event) => [event.id, event]));
    let found: DirectPaymentLedger | undefined;
    for (const event of asOf(stored, days)) {
      const { knownOn, recordedAt, metadata } = envelopes.get(event.id)!;
      const place = {
        entryId: event.id,
        effectiveOn: event.effectiveOn,
        knownOn,
        recordedAt,
        recordedBy: metadata.actorId,
      };
      found = apply(found, event as unknown as DirectPaymentAccountEvent, place);
    }
    if (!found) throw new NotFound('No direct payment account with this id is known here on these days.');
    return found;
  }
}

type Place = Pick<LedgerLine, 'entryId' | 'effectiveOn' | 'knownOn' | 'recordedAt' | 'recordedBy'>;

const total = {
  payment: 'paidPence',
  spend: 'spentPence',
  reclaim: 'reclaimedPence',
} as const satisfies Record<EntryKind, keyof DirectPaymentLedger>;

function apply(
  found: DirectPaymentLedger | undefined,
  event: DirectPaymentAccountEvent,
  place: Place,
): DirectPaymentLedger | undefined {
  switch (event.type) {
    case 'budgets.direct-payment-account-opened.v1': {
      const nothing = { paidPence: 0, spentPence: 0, reclaimedPence: 0, balancePence: 0, lines: [] };
      return { ...event.data, status: 'open', openedOn: place.effectiveOn, ...nothing };
    }
    case 'budgets.direct-payment-paid.v1':
      return found && entered(found, 'payment', event.data, place);
    case 'budgets.spend-recorded.v1':
      return found && entered(found, 'spend', event.data, place);
    case 'budgets.direct-payment-reclaimed.v1':
      return found && entered(found, 'reclaim', event.data, place);
    case 'budgets.direct-payment-entry-reversed.v1': {
      if (!found) return found;
      const { reverses, kind, pence } = event.data;
      const lines = found.lines.map((line) =>
        line.entryId === reverses ? { ...line, reversedBy: place.entryId } : line,
      );
      return withLine({ ...found, lines, [total[kind]]: found[total[kind]] - pence }, 'reversal', event.data, place);
    }
    case 'budgets.direct-payment-account-closed.v1':
      return found && { ...found, status: 'closed', closedOn: place.effectiveOn };
    default:
      return unreachable(event);
  }
}

type Moved = Pick<LedgerLine, 'debit' | 'credit' | 'pence'> & { readonly accountId: string; readonly personId: string };

const entered = (found: DirectPaymentLedger, kind: EntryKind, data: Moved, place: Place): DirectPaymentLedger =>
  withLine({ ...found, [total[kind]]: found[total[kind]] + data.pence }, kind, data, place);

function withLine(
  found: DirectPaymentLedger,
  kind: LedgerLine['kind'],
  data: Moved,
  place: Place,
): DirectPaymentLedger {
  const { debit, credit, pence, accountId: _, personId: __, ...details } = data;
  const balancePence = found.balancePence + changeOfBalance(data);
  return {
    ...found,
    balancePence,
    lines: [...found.lines, { ...place, kind, debit, credit, pence, balancePence, details }],
  };
}
