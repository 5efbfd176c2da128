import { formatDate, formatPence, type DecisionContext, type Policy } from '@caretrail/kernel';
import type {
  CloseDirectPaymentAccountData,
  OpenDirectPaymentAccountData,
  ReclaimDirectPaymentData,
  RecordDirectPaymentData,
  RecordSpendData,
  ReverseDirectPaymentEntryData,
} from '../../contracts/index.js';
import type { DirectPaymentAccountState } from './direct-payment-account.state.js';

type AccountPolicy<Data> = Policy<Data, DirectPaymentAccountState, DecisionContext>;
type Grounds = Pick<ReclaimDirectPaymentData, 'decision' | 'representations'>;

// Care Act 2014 s33: (3) a payment is used for the needs of the plan alone; (4) it stops when a condition of s31 or s32 is
// met no longer; (5) it may be stopped or taken back where a condition is broken, or it was used for something else.

const openedOnce: AccountPolicy<OpenDirectPaymentAccountData> = {
  rule: 'account-opened-once',
  section: 'Care Act 2014 s31, s32',
  check: (_, { opening }) => (opening ? [{ message: 'This account was opened already.' }] : undefined),
};

const amountInTheBudget: AccountPolicy<OpenDirectPaymentAccountData> = {
  rule: 'amount-in-the-budget',
  section: 'Care Act 2014 s31(1)(a), s32(1)(a)',
  check: ({ councilPaysPencePerWeek }) =>
    councilPaysPencePerWeek > 0
      ? undefined
      : [
          {
            message:
              'A direct payment pays what a personal budget says that the council pays. Decide the budget first; it must leave something for the council to pay.',
            field: 'allocationId',
          },
        ],
};

const accountIsOpened: AccountPolicy<unknown> = {
  rule: 'account-is-opened',
  section: 'Care Act 2014 s31, s32',
  check: (_, { opening }) => (opening ? undefined : [{ message: 'There is no such account: open it first.' }]),
};

const accountIsNotClosed: AccountPolicy<unknown> = {
  rule: 'account-is-not-closed',
  section: 'Care Act 2014 s31–s33',
  check: (_, { closed }) =>
    closed
      ? [{ message: 'This account is closed and stays as it is. What comes later belongs into a new account.' }]
      : undefined,
};

const notBeforeTheOpening: AccountPolicy<unknown> = {
  rule: 'not-before-the-opening',
  section: 'Care Act 2014 s31, s32',
  check: (_, { opening }, { effectiveOn }) =>
    opening && effectiveOn < opening.openedOn
      ? [
          {
            message: `The day lies before ${formatDate(opening.openedOn)}, when the account was opened.`,
            field: 'effectiveOn',
          },
        ]
      : undefined,
};

const notInTheFuture: AccountPolicy<unknown> = {
  rule: 'not-in-the-future',
  section: 'Care Act 2014 s33',
  check: (_, __, { effectiveOn, today }) =>
    effectiveOn > today
      ? [{ message: 'The day is still to come: a ledger tells what has happened.', field: 'effectiveOn' }]
      : undefined,
};

const amountAboveNothing: AccountPolicy<{ readonly pence: number }> = {
  rule: 'amount-above-nothing',
  section: 'Care Act 2014 s33',
  check: ({ pence }) =>
    pence > 0
      ? undefined
      : [{ message: 'An entry is of a penny at least. Give the amount in whole pence.', field: 'pence' }],
};

const referenceGiven: AccountPolicy<RecordDirectPaymentData> = {
  rule: 'payment-has-a-reference',
  section: 'Care Act 2014 s31, s32',
  check: ({ reference }) =>
    reference.trim()
      ? undefined
      : [{ message: 'Give the reference under which the council paid.', field: 'reference' }],
};

const evidenceGiven: AccountPolicy<RecordSpendData> = {
  rule: 'spend-has-evidence',
  section: 'Care Act 2014 s33(3)',
  check: ({ evidence }) =>
    evidence.trim()
      ? undefined
      : [{ message: 'Say what shows the spend: a receipt, an invoice or a payslip.', field: 'evidence' }],
};

const withinTheBalance = (rule: string, section: string, what: string): AccountPolicy<{ readonly pence: number }> => ({
  rule,
  section,
  check: ({ pence }, { balance }) =>
    pence > balance
      ? [
          {
            message: `${what} ${formatPence(balance)} in the account, less than ${formatPence(pence)}.`,
            field: 'pence',
          },
        ]
      : undefined,
});

const spendWithinTheBalance = withinTheBalance(
  'spend-within-the-balance',
  'Care Act 2014 s33(3)',
  'Only money of the direct payment is recorded here: there is',
);

const reclaimWithinTheBalance = withinTheBalance(
  'reclaim-within-the-balance',
  'Care Act 2014 s33(5)',
  'The council can take back what is there, and what was not spent on the needs once its entry is reversed: there is',
);

const reclaimWasDecided: AccountPolicy<Grounds> = {
  rule: 'reclaim-was-decided',
  section: 'Care Act 2014 s33(5)',
  check: ({ decision }, _, { effectiveOn }) => [
    ...(decision.decidedBy.trim()
      ? []
      : [{ message: 'Say who decided to take it back.', field: 'decision.decidedBy' }]),
    ...(decision.reasons.trim() ? [] : [{ message: 'Say why it is taken back.', field: 'decision.reasons' }]),
    ...(decision.decidedOn <= effectiveOn
      ? []
      : [{ message: 'Money is taken back after the decision, not before it.', field: 'decision.decidedOn' }]),
  ],
};

const personWasHeard: AccountPolicy<Grounds> = {
  rule: 'person-was-heard',
  section: 'Care Act 2014 s33(5), s1(3)(b)',
  check: ({ decision: { decidedOn }, representations: said }) => {
    const heard = said.made ? said.receivedOn : said.awaitedUntil;
    const field = said.made ? 'receivedOn' : 'awaitedUntil';
    return [
      ...(said.made && !said.words.trim()
        ? [{ message: 'Write down what the person said to it.', field: 'representations.words' }]
        : []),
      ...(heard < said.invitedOn
        ? [{ message: 'The person is asked first, and answers after.', field: `representations.${field}` }]
        : []),
      ...(decidedOn < heard
        ? [
            {
              message: `It was decided on ${formatDate(decidedOn)}, before the person was heard (${formatDate(heard)}).`,
              field: 'decision.decidedOn',
            },
          ]
        : []),
    ];
  },
};

const entryIsKnown: AccountPolicy<ReverseDirectPaymentEntryData> = {
  rule: 'entry-is-of-this-account',
  section: 'Care Act 2014 s33',
  check: ({ entryId }, { entries, reversals }) =>
    reversals.includes(entryId)
      ? [{ message: 'A reversal is not reversed: record anew what was right.', field: 'entryId' }]
      : entries.some(({ id }) => id === entryId)
        ? undefined
        : [{ message: 'This account has no such entry.', field: 'entryId' }],
};

const reversedOnce: AccountPolicy<ReverseDirectPaymentEntryData> = {
  rule: 'entry-reversed-once',
  section: 'Care Act 2014 s33',
  check: ({ entryId }, { reversed }) =>
    reversed.includes(entryId) ? [{ message: 'This entry was reversed already.', field: 'entryId' }] : undefined,
};

const reversedForAReason: AccountPolicy<ReverseDirectPaymentEntryData> = {
  rule: 'reversal-has-a-reason',
  section: 'Care Act 2014 s33',
  check: ({ reason }) =>
    reason.trim() ? undefined : [{ message: 'Say what was wrong with the entry.', field: 'reason' }],
};

const notBeforeTheEntry: AccountPolicy<ReverseDirectPaymentEntryData> = {
  rule: 'reversal-not-before-the-entry',
  section: 'Care Act 2014 s33',
  check: ({ entryId }, { entries }, { effectiveOn }) => {
    const entry = entries.find(({ id }) => id === entryId);
    return entry && effectiveOn < entry.effectiveOn
      ? [{ message: `The entry is of ${formatDate(entry.effectiveOn)}, after this day.`, field: 'effectiveOn' }]
      : undefined;
  },
};

const nothingSpentThatWasNotPaid: AccountPolicy<ReverseDirectPaymentEntryData> = {
  rule: 'reversal-within-the-balance',
  section: 'Care Act 2014 s33(3)',
  check: ({ entryId }, { entries, balance }) => {
    const entry = entries.find(({ id }) => id === entryId);
    return entry?.kind === 'payment' && entry.pence > balance
      ? [
          {
            message: `Of this payment something was spent or taken back: there is ${formatPence(balance)} left. Reverse those entries first.`,
            field: 'entryId',
          },
        ]
      : undefined;
  },
};

const nothingIsLeft: AccountPolicy<CloseDirectPaymentAccountData> = {
  rule: 'nothing-is-left',
  section: 'Care Act 2014 s33(5)',
  check: ({ surplus }, { balance }) =>
    balance > 0 && !surplus
      ? [
          {
            message: `There is ${formatPence(balance)} in the account. Decide with the person's representations to take it back, or record what it was spent on.`,
            field: 'surplus',
          },
        ]
      : balance === 0 && surplus
        ? [{ message: 'There is nothing in the account to take back.', field: 'surplus' }]
        : undefined,
};

/** What holds of taking money back holds of taking back what is left. */
const ofTheSurplus = (policy: AccountPolicy<Grounds>): AccountPolicy<CloseDirectPaymentAccountData> => ({
  ...policy,
  check: ({ surplus }, state, context) =>
    surplus &&
    policy
      .check(surplus, state, context)
      ?.map((fault) => ({ ...fault, ...(fault.field && { field: `surplus.${fault.field}` }) })),
});

const closedAfterItsEntries: AccountPolicy<CloseDirectPaymentAccountData> = {
  rule: 'closed-after-its-entries',
  section: 'Care Act 2014 s31–s33',
  check: (_, { lastEntryOn }, { effectiveOn }) =>
    lastEntryOn !== undefined && effectiveOn < lastEntryOn
      ? [{ message: `The account has an entry of ${formatDate(lastEntryOn)}, after this day.`, field: 'effectiveOn' }]
      : undefined,
};

const anyEntry = [accountIsOpened, accountIsNotClosed, notBeforeTheOpening, notInTheFuture] as const;

export const openingPolicies = [openedOnce, amountInTheBudget, notInTheFuture] as const;
export const paymentPolicies = [...anyEntry, amountAboveNothing, referenceGiven] as const;
export const spendPolicies = [...anyEntry, amountAboveNothing, spendWithinTheBalance, evidenceGiven] as const;
/** Of every decision to take money back. */
const groundsPolicies = [personWasHeard, reclaimWasDecided] as const;
export const reclaimPolicies = [...anyEntry, amountAboveNothing, reclaimWithinTheBalance, ...groundsPolicies] as const;
export const reversalPolicies = [
  ...anyEntry,
  entryIsKnown,
  reversedOnce,
  reversedForAReason,
  notBeforeTheEntry,
  nothingSpentThatWasNotPaid,
] as const;
export const closingPolicies = [
  ...anyEntry,
  closedAfterItsEntries,
  nothingIsLeft,
  ...groundsPolicies.map(ofTheSurplus),
] as const;
