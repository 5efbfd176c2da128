import {
  CloseDirectPaymentAccount,
  type CloseDirectPaymentAccountData,
  directPayments,
  OpenDirectPaymentAccount,
  RecordDirectPayment,
  RecordSpend,
} from '@caretrail/budgets/contracts';
import { addDays, addMonths, formatDate, type PlainDate } from '@caretrail/kernel';
import type { BudgetStory } from './budget.story.js';
import type { Life } from './life.js';
import type { Lived } from './life-step.js';

const WEEKS = 4;

/** What of the budget is a direct payment on a day, in pence a week. */
const weekly = (budget: BudgetStory, lived: Lived, day: PlainDate): number =>
  budget
    .parts(lived, day)
    .filter(({ way }) => directPayments.includes(way))
    .reduce((sum, { pencePerWeek }) => sum + pencePerWeek, 0);

/** Every four weeks a payment and what most of it was spent on, from the start of support to its end (s31–s33). */
export function paidDirectly(life: Life, budget: BudgetStory, from: PlainDate, to: PlainDate): void {
  if (!budget.directPayment) return;
  const { diary, person, random, seededId } = life;
  const accountId = seededId('account');
  const { personId } = person;
  const receivedBy = budget.held.some(([way]) => way === 'cash direct payment') ? 'the person' : 'a nominee';
  const openedOn = diary.add(from, 'finance', 'account-opened', (meta, lived) => {
    const { councilPencePerWeek: councilPaysPencePerWeek } = budget.on(lived, meta.effectiveOn);
    const allocationId = lived.allocationOf(budget.assessmentId);
    return new OpenDirectPaymentAccount(
      { accountId, personId, allocationId, councilPaysPencePerWeek, receivedBy },
      meta,
    );
  });
  for (let [at, day] = [1, addDays(openedOn, 3)]; day < to; at++, day = addDays(day, 7 * WEEKS)) {
    const paidOn = diary.add(day, 'finance', `paid-${at}`, (meta, lived) => {
      const pence = WEEKS * weekly(budget, lived, meta.effectiveOn);
      return new RecordDirectPayment({ accountId, pence, reference: `DP ${formatDate(meta.effectiveOn)}` }, meta);
    });
    // Evidence comes with one payment in three missing.
    if (!random.chance(0.68)) continue;
    const spent = random.between(82, 97) / 100;
    diary.add(addDays(paidOn, random.between(18, 26)), 'finance', `spent-${at}`, (meta, lived) => {
      const pence = Math.floor(WEEKS * weekly(budget, lived, paidOn) * spent);
      const evidence = 'Payslips of the personal assistant, seen.';
      return new RecordSpend(
        { accountId, payee: 'personal assistant', category: 'personal care', pence, evidence },
        meta,
      );
    });
  }
}

/** What is left goes back to the council by a decision, after the person's side was asked (s33(5)). */
export function accountClosed(
  { diary, seededId }: Life,
  ended: PlainDate,
  reason: CloseDirectPaymentAccountData['reason'],
): void {
  if (!diary.has('paid-1')) return;
  diary.add(addMonths(ended, 2), 'finance', 'account-closed', (meta) => {
    const decision = {
      decidedOn: meta.effectiveOn,
      decidedBy: 'The finance team manager',
      reasons: 'Paid for support that is no longer given.',
    };
    const representations = { made: false as const, invitedOn: addDays(ended, 14), awaitedUntil: addDays(ended, 42) };
    return new CloseDirectPaymentAccount(
      { accountId: seededId('account'), reason, surplus: { decision, representations } },
      meta,
    );
  });
}
