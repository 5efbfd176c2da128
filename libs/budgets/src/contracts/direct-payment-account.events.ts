import { defineEvent, formatPence, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { pence, personal, plainDate, uuid } from './shapes.js';

/** Who receives a direct payment: under s31 the adult or whom they nominate, under s32 whoever is authorised for them. */
export const receivers = ['the person', 'a nominee', 'an authorised person'] as const;

/** Whom a direct payment is spent with. */
export const payees = ['personal assistant', 'care provider', 'other supplier', 'payroll and tax'] as const;

/** Between whom money moves; each entry debits one of these and credits another by the same amount. */
export const ledgerAccounts = ['council', 'direct payment account', ...payees] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

/** What a direct payment is spent on. */
export const spendCategories = [
  'personal care',
  'support at home',
  'day opportunities',
  'short break',
  'transport',
  'equipment',
  'costs of employing',
  'other support in the plan',
] as const;

/** Why the council takes money back. */
export const reclaimGrounds = ['surplus', 'not used for the needs', 'condition not met', 'payment ended'] as const;

/** Why an account is closed. */
export const accountClosingReasons = ['person chose', 'council decided', 'held another way', 'person died'] as const;

/** The decision to take money back: when, by whom, and why. */
export const reclaimDecision = z.strictObject({ decidedOn: plainDate, decidedBy: personal, reasons: personal });

/** What the person said to it, or that they were asked and until when nothing came. */
export const representations = z.discriminatedUnion('made', [
  z.strictObject({ made: z.literal(true), invitedOn: plainDate, receivedOn: plainDate, words: personal }),
  z.strictObject({ made: z.literal(false), invitedOn: plainDate, awaitedUntil: plainDate }),
]);

const account = { accountId: uuid, personId: uuid };
/** One entry of the ledger: whole pence that leave the credited account and arrive in the debited one. */
const entry = { ...account, debit: z.enum(ledgerAccounts), credit: z.enum(ledgerAccounts), pence: pence.min(1) };

/** A direct payment account was opened: its money pays for needs within the personal budget of the allocation. */
export const directPaymentAccountOpened = defineEvent({
  type: 'budgets.direct-payment-account-opened.v1',
  schema: z.strictObject({
    ...account,
    allocationId: uuid,
    /** What the council pays a week by the personal budget, as it stood when the account was opened. */
    councilPaysPencePerWeek: pence,
    receivedBy: z.enum(receivers),
  }),
  people: (data) => [data.personId],
  title: (data) => `Direct payment account opened: received by ${data.receivedBy}`,
  authority: 'Care Act 2014 s31, s32',
});
export type DirectPaymentAccountOpenedData = EventOf<typeof directPaymentAccountOpened>['data'];

/** The council paid into the account. */
export const directPaymentPaid = defineEvent({
  type: 'budgets.direct-payment-paid.v1',
  schema: z.strictObject({ ...entry, reference: personal }),
  personal: ['reference'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Direct payment paid: ${formatPence(data.pence)}`,
  authority: 'Care Act 2014 s31, s32',
});

/** Money of the account was spent, with evidence. */
export const spendRecorded = defineEvent({
  type: 'budgets.spend-recorded.v1',
  schema: z.strictObject({ ...entry, category: z.enum(spendCategories), evidence: personal }),
  personal: ['evidence'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Spend recorded: ${formatPence(data.pence)} on ${data.category}`,
  authority: 'Care Act 2014 s33(3)',
});

/** The council took money back, after a decision and what the person said to it. */
export const directPaymentReclaimed = defineEvent({
  type: 'budgets.direct-payment-reclaimed.v1',
  schema: z.strictObject({
    ...entry,
    ground: z.enum(reclaimGrounds),
    decision: reclaimDecision,
    representations,
  }),
  personal: ['decision.decidedBy', 'decision.reasons', 'representations.words'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Direct payment reclaimed: ${formatPence(data.pence)}, ${data.ground}`,
  decision: true,
  authority: 'Care Act 2014 s33(5)',
});

const entryKinds = ['payment', 'spend', 'reclaim'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** An entry was wrong: the same amount goes back the way it came, and the entry stays for all to see. */
export const directPaymentEntryReversed = defineEvent({
  type: 'budgets.direct-payment-entry-reversed.v1',
  schema: z.strictObject({
    ...entry,
    /** Id of the event that made the entry. */
    reverses: uuid,
    kind: z.enum(entryKinds),
    /** Of a spend. */
    category: z.enum(spendCategories).optional(),
    reason: personal,
  }),
  personal: ['reason'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Entry reversed: ${data.kind} of ${formatPence(data.pence)}`,
  decision: true,
  authority: 'Care Act 2014 s33',
});

/** The account was closed with nothing left in it. */
export const directPaymentAccountClosed = defineEvent({
  type: 'budgets.direct-payment-account-closed.v1',
  schema: z.strictObject({ ...account, reason: z.enum(accountClosingReasons) }),
  people: (data) => [data.personId],
  title: (data) => `Direct payment account closed: ${data.reason}`,
  decision: true,
  authority: 'Care Act 2014 s31–s33',
});

/** Of the account that holds a direct payment. */
export const directPaymentAccountEvents = [
  directPaymentAccountOpened,
  directPaymentPaid,
  spendRecorded,
  directPaymentReclaimed,
  directPaymentEntryReversed,
  directPaymentAccountClosed,
] as const;
