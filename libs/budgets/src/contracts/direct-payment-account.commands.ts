import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import {
  accountClosingReasons,
  payees,
  receivers,
  reclaimDecision,
  reclaimGrounds,
  representations,
  spendCategories,
} from './direct-payment-account.events.js';
import { personal, uuid } from './shapes.js';

const openAccount = z.strictObject({
  accountId: uuid,
  personId: uuid,
  allocationId: uuid,
  /** What the personal budget says that the council pays; 0 while nothing is decided. */
  councilPaysPencePerWeek: z.int(),
  receivedBy: z.enum(receivers),
});
export type OpenDirectPaymentAccountData = z.infer<typeof openAccount>;
/** Opens an account for a personal budget, which is fetched where the command is made. */
export class OpenDirectPaymentAccount extends Command<OpenDirectPaymentAccountData> {
  static readonly schema = openAccount;
  readonly type = 'budgets.open-direct-payment-account';
}

const recordPayment = z.strictObject({ accountId: uuid, pence: z.int(), reference: personal });
export type RecordDirectPaymentData = z.infer<typeof recordPayment>;
/** The council paid so many pence into the account. */
export class RecordDirectPayment extends Command<RecordDirectPaymentData> {
  static readonly schema = recordPayment;
  readonly type = 'budgets.record-direct-payment';
}

const recordSpend = z.strictObject({
  accountId: uuid,
  payee: z.enum(payees),
  category: z.enum(spendCategories),
  pence: z.int(),
  /** What shows it: the receipt, the invoice, the payslip. */
  evidence: personal,
});
export type RecordSpendData = z.infer<typeof recordSpend>;
/** So many pence of the account were spent. */
export class RecordSpend extends Command<RecordSpendData> {
  static readonly schema = recordSpend;
  readonly type = 'budgets.record-spend';
}

const reclaim = z.strictObject({
  accountId: uuid,
  pence: z.int(),
  ground: z.enum(reclaimGrounds),
  decision: reclaimDecision,
  representations,
});
export type ReclaimDirectPaymentData = z.infer<typeof reclaim>;
/** The council takes so many pence back, by a decision that heard the person first. */
export class ReclaimDirectPayment extends Command<ReclaimDirectPaymentData> {
  static readonly schema = reclaim;
  readonly type = 'budgets.reclaim-direct-payment';
}

const reverse = z.strictObject({
  accountId: uuid,
  /** Id of the event that made the entry. */
  entryId: uuid,
  reason: personal,
});
export type ReverseDirectPaymentEntryData = z.infer<typeof reverse>;
/** Takes an entry back that was wrong. */
export class ReverseDirectPaymentEntry extends Command<ReverseDirectPaymentEntryData> {
  static readonly schema = reverse;
  readonly type = 'budgets.reverse-direct-payment-entry';
}

const closeAccount = z.strictObject({
  accountId: uuid,
  reason: z.enum(accountClosingReasons),
  /** Where something is left: by which decision, after which representations, it goes back to the council. */
  surplus: z.strictObject({ decision: reclaimDecision, representations }).optional(),
});
export type CloseDirectPaymentAccountData = z.infer<typeof closeAccount>;
/** Closes an account, and takes back what is left in it where that was decided. */
export class CloseDirectPaymentAccount extends Command<CloseDirectPaymentAccountData> {
  static readonly schema = closeAccount;
  readonly type = 'budgets.close-direct-payment-account';
}
