import { describe, expect, it } from '@jest/globals';
import { fold, RuleViolation } from '@caretrail/kernel';
import { specification } from '@caretrail/testing';
import fc from 'fast-check';
import {
  CloseDirectPaymentAccount,
  directPaymentAccountEvents,
  OpenDirectPaymentAccount,
  ReclaimDirectPayment,
  RecordDirectPayment,
  RecordSpend,
  ReverseDirectPaymentEntry,
} from '../../contracts/index.js';
import {
  changeOfBalance,
  type DirectPaymentAccountEvent,
  directPaymentAccountDecider,
  directPaymentAccountStream,
} from './direct-payment-account.decider.js';

const accountId = '0b0f0000-0000-4000-8000-000000000001';
const personId = '0b0f0000-0000-4000-8000-000000000002';
const allocationId = '0b0f0000-0000-4000-8000-000000000003';
const entryId = '0b0f0000-0000-4000-8000-000000000004';
const spendId = '0b0f0000-0000-4000-8000-000000000005';
const reversalId = '0b0f0000-0000-4000-8000-000000000006';

type Of<Type extends DirectPaymentAccountEvent['type']> = Extract<DirectPaymentAccountEvent, { type: Type }>;
const owner = { accountId, personId };
const opening = {
  accountId,
  personId,
  allocationId,
  councilPaysPencePerWeek: 35_000,
  receivedBy: 'the person',
} as const;
const opened: Of<'budgets.direct-payment-account-opened.v1'> & { effectiveOn: string } = {
  type: 'budgets.direct-payment-account-opened.v1',
  data: opening,
  effectiveOn: '2026-01-05',
};
const paid: Of<'budgets.direct-payment-paid.v1'> = {
  type: 'budgets.direct-payment-paid.v1',
  data: { ...owner, debit: 'direct payment account', credit: 'council', pence: 140_000, reference: 'BACS 7' },
};
const spent: Of<'budgets.spend-recorded.v1'> = {
  type: 'budgets.spend-recorded.v1',
  data: {
    ...owner,
    debit: 'personal assistant',
    credit: 'direct payment account',
    pence: 90_000,
    category: 'personal care',
    evidence: 'Payslip of February',
  },
};
const spendReversed: Of<'budgets.direct-payment-entry-reversed.v1'> = {
  type: 'budgets.direct-payment-entry-reversed.v1',
  data: {
    ...owner,
    reverses: spendId,
    kind: 'spend',
    debit: 'direct payment account',
    credit: 'personal assistant',
    pence: 90_000,
    category: 'personal care',
    reason: 'Typed twice.',
  },
};
const closed: Of<'budgets.direct-payment-account-closed.v1'> = {
  type: 'budgets.direct-payment-account-closed.v1',
  data: { ...owner, reason: 'held another way' },
};
const decision = { decidedOn: '2026-03-02', decidedBy: 'Team manager, finance', reasons: 'Eight weeks unspent.' };
const said = {
  made: true,
  invitedOn: '2026-02-09',
  receivedOn: '2026-02-16',
  words: 'I kept it for the holidays.',
} as const;
const silent = { made: false, invitedOn: '2026-02-09', awaitedUntil: '2026-02-27' } as const;
const payment = { accountId, pence: 140_000, reference: 'BACS 7' };
const spend = {
  accountId,
  payee: 'personal assistant',
  category: 'personal care',
  pence: 90_000,
  evidence: 'Payslip of February',
} as const;
const reclaim = { accountId, pence: 50_000, ground: 'surplus', decision, representations: said } as const;
const reclaimed: Of<'budgets.direct-payment-reclaimed.v1'> = {
  type: 'budgets.direct-payment-reclaimed.v1',
  data: {
    ...owner,
    debit: 'council',
    credit: 'direct payment account',
    pence: 50_000,
    ground: 'surplus',
    decision,
    representations: said,
  },
};
const reversal = { accountId, entryId: spendId, reason: 'Typed twice.' };
const closing = { accountId, reason: 'held another way' } as const;

const spec = specification(directPaymentAccountDecider, directPaymentAccountEvents);
const withMoney = () => spec.given(opened, { ...paid, id: entryId });
const withSpend = () => spec.given(opened, { ...paid, id: entryId }, { ...spent, id: spendId });

describe('a direct payment account', () => {
  it('has a stream of its own', () => {
    expect(directPaymentAccountStream(opening)).toBe(`budgets.direct-payment-account-${accountId}`);
  });
  it('is opened for a personal budget', () => {
    const [event] = spec.when(OpenDirectPaymentAccount, opening).events();
    expect(event).toEqual({ type: opened.type, data: opening });
  });
  it('is opened once, however often it is said', () =>
    spec.given(opened).when(OpenDirectPaymentAccount, opening, { effectiveOn: '2026-01-05' }).thenNothing());
  it('is not opened again otherwise', () =>
    spec
      .given(opened)
      .when(OpenDirectPaymentAccount, { ...opening, receivedBy: 'a nominee' })
      .thenRefused('account-opened-once', { section: 'Care Act 2014 s31, s32' }));
  it('needs a budget of which the council pays something', () =>
    spec
      .when(OpenDirectPaymentAccount, { ...opening, councilPaysPencePerWeek: 0 })
      .thenRefused('amount-in-the-budget', { section: 'Care Act 2014 s31(1)(a), s32(1)(a)', field: 'allocationId' }));
  it('may be of a penny a week', () => {
    const penny = { ...opening, councilPaysPencePerWeek: 1 };
    expect(spec.when(OpenDirectPaymentAccount, penny).events()).toHaveLength(1);
  });
  it('is not opened on a day to come', () =>
    spec
      .when(OpenDirectPaymentAccount, opening, { effectiveOn: '2026-03-03' })
      .thenRefused('not-in-the-future', { field: 'effectiveOn' }));
});

describe('any entry', () => {
  it.each([
    ['payment', RecordDirectPayment, payment],
    ['spend', RecordSpend, spend],
    ['reclaim', ReclaimDirectPayment, reclaim],
    ['reversal', ReverseDirectPaymentEntry, reversal],
    ['closing', CloseDirectPaymentAccount, closing],
  ] as const)('needs an account that is open, and a day between its opening and today (%s)', (_, command, data) => {
    const when = (given: ReturnType<typeof spec.given>, effectiveOn = '2026-03-02') =>
      given.when(command as typeof RecordDirectPayment, data as never, { effectiveOn });
    when(spec.given()).thenRefused('account-is-opened', { section: 'Care Act 2014 s31, s32' });
    when(spec.given(opened, closed)).thenRefused('account-is-not-closed', { section: 'Care Act 2014 s31–s33' });
    when(withSpend(), '2026-01-04').thenRefused('not-before-the-opening', { field: 'effectiveOn' });
    when(withSpend(), '2026-03-03').thenRefused('not-in-the-future', { field: 'effectiveOn' });
  });
  it.each([
    ['payment', RecordDirectPayment, payment],
    ['spend', RecordSpend, spend],
    ['reclaim', ReclaimDirectPayment, reclaim],
  ] as const)('is of a penny at least (%s)', (_, command, data) => {
    for (const pence of [0, -1])
      withMoney()
        .when(command as typeof RecordDirectPayment, { ...data, pence } as never)
        .thenRefused('amount-above-nothing', { field: 'pence' });
    const penny = { ...data, pence: 1 } as never;
    expect(
      withMoney()
        .when(command as typeof RecordDirectPayment, penny)
        .events(),
    ).toHaveLength(1);
  });
  it('may be of the day of the opening', () => {
    const events = spec.given(opened).when(RecordDirectPayment, payment, { effectiveOn: '2026-01-05' }).events();
    expect(events).toHaveLength(1);
  });
});

describe('a payment', () => {
  it('goes from the council into the account', () => spec.given(opened).when(RecordDirectPayment, payment).then(paid));
  it('has a reference', () =>
    spec
      .given(opened)
      .when(RecordDirectPayment, { ...payment, reference: ' ' })
      .thenRefused('payment-has-a-reference', { field: 'reference' }));
});

describe('a spend', () => {
  it('goes from the account to whom it was paid', () => withMoney().when(RecordSpend, spend).then(spent));
  it('may take all that is there, and not a penny more', () => {
    expect(
      withMoney()
        .when(RecordSpend, { ...spend, pence: 140_000 })
        .events(),
    ).toHaveLength(1);
    withMoney()
      .when(RecordSpend, { ...spend, pence: 140_001 })
      .thenRefused('spend-within-the-balance', {
        section: 'Care Act 2014 s33(3)',
        field: 'pence',
        message:
          'Only money of the direct payment is recorded here: there is £1,400.00 in the account, less than £1,400.01.',
      });
  });
  it('has evidence', () =>
    withMoney()
      .when(RecordSpend, { ...spend, evidence: '\n' })
      .thenRefused('spend-has-evidence', { section: 'Care Act 2014 s33(3)', field: 'evidence' }));
});

describe('money that the council takes back', () => {
  const refused = (changes: object, rule: string, field: string) =>
    withMoney()
      .when(ReclaimDirectPayment, { ...reclaim, ...changes })
      .thenRefused(rule, { field });

  it('goes from the account to the council, with the decision and what the person said', () =>
    withMoney().when(ReclaimDirectPayment, reclaim).then(reclaimed));
  it('may be taken when the person was asked and said nothing', () => {
    const events = withMoney()
      .when(ReclaimDirectPayment, { ...reclaim, representations: silent })
      .events();
    expect(events[0]?.data).toMatchObject({ representations: silent });
  });
  it('is there', () =>
    withMoney()
      .when(ReclaimDirectPayment, { ...reclaim, pence: 140_001 })
      .thenRefused('reclaim-within-the-balance', {
        section: 'Care Act 2014 s33(5)',
        field: 'pence',
        message:
          'The council can take back what is there, and what was not spent on the needs once its entry is reversed: there is £1,400.00 in the account, less than £1,400.01.',
      }));
  it('may be all of it', () => {
    expect(
      withMoney()
        .when(ReclaimDirectPayment, { ...reclaim, pence: 140_000 })
        .events(),
    ).toHaveLength(1);
  });
  it('was decided by somebody, for a reason, and before', () => {
    refused({ decision: { ...decision, decidedBy: ' ' } }, 'reclaim-was-decided', 'decision.decidedBy');
    for (const reasons of ['', ' '])
      refused({ decision: { ...decision, reasons } }, 'reclaim-was-decided', 'decision.reasons');
    refused({ decision: { ...decision, decidedOn: '2026-03-03' } }, 'reclaim-was-decided', 'decision.decidedOn');
  });
  it('was decided after the person was asked and heard', () => {
    const late = { ...decision, decidedOn: '2026-02-15' };
    refused({ decision: late }, 'person-was-heard', 'decision.decidedOn');
    refused({ decision: late, representations: silent }, 'person-was-heard', 'decision.decidedOn');
    refused({ representations: { ...said, words: ' ' } }, 'person-was-heard', 'representations.words');
    const before = '2026-02-08';
    refused({ representations: { ...said, receivedOn: before } }, 'person-was-heard', 'representations.receivedOn');
    refused(
      { representations: { ...silent, awaitedUntil: before } },
      'person-was-heard',
      'representations.awaitedUntil',
    );
  });
  it('may be decided on the day on which the person was asked and answered', () => {
    const same = { ...reclaim, decision: { ...decision, decidedOn: said.receivedOn } };
    for (const representations of [said, { ...said, invitedOn: said.receivedOn }])
      expect(
        withMoney()
          .when(ReclaimDirectPayment, { ...same, representations })
          .events(),
      ).toHaveLength(1);
  });
});

describe('an entry that was wrong', () => {
  it('is taken back by the same amount the other way', () =>
    withSpend().when(ReverseDirectPaymentEntry, reversal).then(spendReversed));
  it('may be a payment of which nothing was spent', () => {
    const [event] = withMoney()
      .when(ReverseDirectPaymentEntry, { ...reversal, entryId })
      .events();
    expect(event?.data).toMatchObject({ kind: 'payment', debit: 'council', credit: 'direct payment account' });
  });
  it('is no payment of which something was spent', () =>
    withSpend()
      .when(ReverseDirectPaymentEntry, { ...reversal, entryId })
      .thenRefused('reversal-within-the-balance', { section: 'Care Act 2014 s33(3)', field: 'entryId' }));
  it('may be one by which the council took money back', () => {
    const reclaimId = reversalId;
    const [event] = spec
      .given(opened, { ...paid, id: entryId }, { ...reclaimed, id: reclaimId })
      .when(ReverseDirectPaymentEntry, { ...reversal, entryId: reclaimId })
      .events();
    expect(event?.data).toMatchObject({ kind: 'reclaim', debit: 'direct payment account', credit: 'council' });
  });
  it('is of this account', () =>
    withMoney()
      .when(ReverseDirectPaymentEntry, reversal)
      .thenRefused('entry-is-of-this-account', { field: 'entryId' }));
  it('is reversed once, and a reversal is not reversed', () => {
    const given = spec.given(
      opened,
      { ...paid, id: entryId },
      { ...spent, id: spendId },
      { ...spendReversed, id: reversalId },
    );
    given.when(ReverseDirectPaymentEntry, reversal).thenRefused('entry-reversed-once', { field: 'entryId' });
    given
      .when(ReverseDirectPaymentEntry, { ...reversal, entryId: reversalId })
      .thenRefused('entry-is-of-this-account', {
        field: 'entryId',
        message: 'A reversal is not reversed: record anew what was right.',
      });
  });
  it('is reversed for a reason', () =>
    withSpend()
      .when(ReverseDirectPaymentEntry, { ...reversal, reason: ' ' })
      .thenRefused('reversal-has-a-reason', { field: 'reason' }));
  it('is not reversed on a day before its own', () =>
    spec
      .given(opened, { ...paid, id: entryId }, { ...spent, id: spendId, effectiveOn: '2026-02-20' })
      .when(ReverseDirectPaymentEntry, reversal, { effectiveOn: '2026-02-19' })
      .thenRefused('reversal-not-before-the-entry', { field: 'effectiveOn' }));
});

describe('the end of an account', () => {
  it('comes when nothing is in it', () => spec.given(opened).when(CloseDirectPaymentAccount, closing).then(closed));
  it('does not come while something is left', () =>
    withSpend()
      .when(CloseDirectPaymentAccount, closing)
      .thenRefused('nothing-is-left', { section: 'Care Act 2014 s33(5)', field: 'surplus' }));
  it('takes back what is left where that was decided', () =>
    withSpend()
      .when(CloseDirectPaymentAccount, { ...closing, surplus: { decision, representations: said } })
      .then(reclaimed, closed));
  it('takes nothing back where nothing is left', () =>
    spec
      .given(opened)
      .when(CloseDirectPaymentAccount, { ...closing, surplus: { decision, representations: said } })
      .thenRefused('nothing-is-left', { field: 'surplus' }));
  it('hears the person first, too', () =>
    withSpend()
      .when(CloseDirectPaymentAccount, {
        ...closing,
        surplus: { decision: { ...decision, decidedOn: '2026-02-01' }, representations: silent },
      })
      .thenRefused('person-was-heard', { field: 'surplus.decision.decidedOn' }));
  it('does not come before the last entry', () => {
    const given = spec.given(
      opened,
      { ...paid, id: entryId, effectiveOn: '2026-01-20' },
      {
        ...spendReversed,
        data: {
          ...spendReversed.data,
          reverses: entryId,
          debit: 'council',
          credit: 'direct payment account',
          pence: 140_000,
        },
        effectiveOn: '2026-01-10',
      },
    );
    given
      .when(CloseDirectPaymentAccount, closing, { effectiveOn: '2026-01-19' })
      .thenRefused('closed-after-its-entries', { field: 'effectiveOn' });
    given.when(CloseDirectPaymentAccount, closing, { effectiveOn: '2026-01-20' }).then(closed);
  });
  it('does not come before an entry that came after others', () => {
    const given = spec.given(
      opened,
      { ...paid, data: { ...paid.data, pence: 50_000 }, effectiveOn: '2026-01-10' },
      { ...reclaimed, effectiveOn: '2026-01-20' },
    );
    given
      .when(CloseDirectPaymentAccount, closing, { effectiveOn: '2026-01-19' })
      .thenRefused('closed-after-its-entries', { field: 'effectiveOn' });
    given.when(CloseDirectPaymentAccount, closing, { effectiveOn: '2026-01-20' }).then(closed);
  });
});

describe('whatever is done with an account', () => {
  const amount = fc.integer({ min: 1, max: 500 });
  const entry = fc.constantFrom('pay' as const, 'spend' as const, 'reclaim' as const, 'reverse' as const);
  const does = fc.oneof({ weight: 12, arbitrary: entry }, { weight: 1, arbitrary: fc.constant('close' as const) });
  const step = fc.record({ does, amount, pick: fc.nat() });
  const context = {
    now: '2026-03-02T10:00:00.000Z',
    today: '2026-03-02',
    effectiveOn: '2026-03-02',
    actor: { id: 'finance-1', role: 'finance' },
  };
  const meta = { tenant: 'E09000012', commandId: 'command-1', actor: context.actor, effectiveOn: context.effectiveOn };

  it('paid − spent − reclaimed is the balance, which is never below nothing and moves by every entry', () => {
    let accepted = 0;
    const run = (
      steps: readonly { does: 'pay' | 'spend' | 'reclaim' | 'reverse' | 'close'; amount: number; pick: number }[],
    ) => {
      const history = [{ ...opened, id: 'event-0' }];
      const totals = { payment: 0, spend: 0, reclaim: 0 };
      const books = new Map<string, number>();
      for (const { does, amount: pence, pick } of steps) {
        const state = fold(directPaymentAccountDecider, history as never);
        const target = state.entries[pick % Math.max(state.entries.length, 1)]?.id ?? entryId;
        const command = {
          pay: () => new RecordDirectPayment({ accountId, pence, reference: 'r' }, meta),
          spend: () => new RecordSpend({ ...spend, pence }, meta),
          reclaim: () => new ReclaimDirectPayment({ ...reclaim, pence }, meta),
          reverse: () => new ReverseDirectPaymentEntry({ ...reversal, entryId: target }, meta),
          close: () =>
            new CloseDirectPaymentAccount(
              { ...closing, ...(pick % 2 && { surplus: { decision, representations: said } }) },
              meta,
            ),
        }[does]();
        try {
          for (const event of directPaymentAccountDecider.decide(command, state, context)) {
            history.push({ ...event, id: `event-${history.length}`, effectiveOn: context.effectiveOn } as never);
            if (!('debit' in event.data)) continue;
            accepted++;
            const { debit, credit, pence: moved } = event.data;
            books.set(debit, (books.get(debit) ?? 0) + moved);
            books.set(credit, (books.get(credit) ?? 0) - moved);
            if (event.type === 'budgets.direct-payment-entry-reversed.v1') totals[event.data.kind] -= moved;
            else totals[does === 'pay' ? 'payment' : does === 'spend' ? 'spend' : 'reclaim'] += moved;
          }
        } catch (error) {
          expect(error).toBeInstanceOf(RuleViolation);
        }
        const { balance } = fold(directPaymentAccountDecider, history as never);
        expect(balance).toBe(totals.payment - totals.spend - totals.reclaim);
        expect(balance).toBeGreaterThanOrEqual(0);
        expect(books.get('direct payment account') ?? 0).toBe(balance);
        expect([...books.values()].reduce((sum, each) => sum + each, 0)).toBe(0);
      }
    };
    fc.assert(fc.property(fc.array(step, { maxLength: 25 }), run), { seed: 26, numRuns: 200 });
    expect(accepted).toBeGreaterThan(200);
  });

  it('moves the balance by what is debited or credited to it', () => {
    expect(changeOfBalance({ debit: 'direct payment account', pence: 5 })).toBe(5);
    expect(changeOfBalance({ debit: 'council', pence: 5 })).toBe(-5);
  });
});
