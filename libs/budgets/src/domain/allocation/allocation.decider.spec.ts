import { describe, expect, it } from '@jest/globals';
import { RuleViolation } from '@caretrail/kernel';
import { specification } from '@caretrail/testing';
import fc from 'fast-check';
import {
  AllocateBudget,
  type AllocateBudgetData,
  budgetsEvents,
  CloseAllocation,
  type CloseAllocationData,
  OpenAllocation,
  type OpenAllocationData,
  ReopenAllocation,
} from '../../contracts/index.js';
import { type AllocationEvent, allocationDecider, allocationStream } from './allocation.decider.js';

const allocationId = '0b0f0000-0000-4000-8000-000000000001';
const personId = '0b0f0000-0000-4000-8000-000000000002';
const assessmentId = '0b0f0000-0000-4000-8000-000000000003';

const opening: OpenAllocationData = {
  allocationId,
  personId,
  assessmentId,
  assessedOn: '2026-01-19',
  eligibleNeeds: 'Eligible needs identified',
  needs: ['nutrition', 'toilet needs'],
};
const budget: AllocateBudgetData = {
  allocationId,
  costPencePerWeek: 41230,
  personPaysPencePerWeek: 6230,
  councilPaysPencePerWeek: 35000,
  reasons: 'Two visits a day at the local price.',
};
const opened: AllocationEvent = { type: 'budgets.allocation-opened.v1', data: opening };
const allocated: AllocationEvent = {
  type: 'budgets.budget-allocated.v1',
  data: { ...budget, personId, assessmentId, needs: opening.needs },
};

const spec = specification(allocationDecider, budgetsEvents);

describe('an allocation', () => {
  it('has a stream of its own', () => {
    expect(allocationStream(budget)).toBe(`budgets.allocation-${allocationId}`);
  });

  it('is opened by an assessment', () => spec.when(OpenAllocation, opening).then(opened));
  it('is opened once, however often the process says so', () =>
    spec.given(opened).when(OpenAllocation, opening).thenNothing());
  it('is not opened again from another assessment', () =>
    spec
      .given(opened)
      .when(OpenAllocation, { ...opening, assessmentId: personId })
      .thenRefused('opened-once', { section: 'Care Act 2014 s27' }));
});

describe('an allocation of somebody who wants none of the needs met', () => {
  const allocation = { allocationId, personId, assessmentId };
  const closing: CloseAllocationData = {
    ...allocation,
    because: 'the person wants none of the needs met by the council',
  };
  const closed: AllocationEvent = { type: 'budgets.allocation-closed.v1', data: closing };
  const reopened: AllocationEvent = { type: 'budgets.allocation-reopened.v1', data: allocation };

  it('is closed, once', () => {
    spec.given(opened).when(CloseAllocation, closing).then(closed);
    spec.given(opened, closed).when(CloseAllocation, closing).thenNothing();
  });
  it('takes no budget', () =>
    spec.given(opened, closed).when(AllocateBudget, budget).thenRefused('needs-are-wanted-met', {
      section: 'Care Act 2014 s13(3)(b), s24(1)',
      message:
        'The person wants none of the needs met by the council. If that has changed, record their wishes anew first.',
    }));
  it('is closed also where the opening comes after', () => {
    spec.when(CloseAllocation, closing).then(closed);
    spec.given(closed).when(OpenAllocation, opening).then(opened);
    spec.given(closed, opened).when(AllocateBudget, budget).thenRefused('needs-are-wanted-met');
  });
  it('is reopened when they want some met after all, and only then', () => {
    spec.given(opened, closed).when(ReopenAllocation, allocation).then(reopened);
    spec.given(opened).when(ReopenAllocation, allocation).thenNothing();
    spec.given(opened, closed, reopened).when(ReopenAllocation, allocation).thenNothing();
    spec.given(opened, closed, reopened).when(AllocateBudget, budget).then(allocated);
    spec.given(opened, closed, reopened).when(CloseAllocation, closing).then(closed);
  });
  it('says of a carer’s that it is theirs', () =>
    spec
      .given({ ...opened, data: { ...opening, ofCarer: true } }, closed)
      .when(ReopenAllocation, allocation)
      .then({ ...reopened, data: { ...allocation, ofCarer: true } }));
  it('is not closed once the budget was allocated', () =>
    spec.given(opened, allocated).when(CloseAllocation, closing).thenRefused('not-allocated-yet', {
      section: 'Care Act 2014 s27',
      message: 'The budget was allocated already. What the person wants of it is for the plan and its review.',
    }));
});

describe('a budget', () => {
  it('is allocated in the three parts of s26(1)', () =>
    spec.given(opened).when(AllocateBudget, budget).then(allocated));

  it('may be paid by the council alone', () => {
    const [event] = spec
      .given(opened)
      .when(AllocateBudget, { ...budget, personPaysPencePerWeek: 0, councilPaysPencePerWeek: 41230 })
      .events();
    expect(event?.data).toMatchObject({ personPaysPencePerWeek: 0, councilPaysPencePerWeek: 41230 });
  });

  it('may be paid by the person alone', () => {
    const [event] = spec
      .given(opened)
      .when(AllocateBudget, { ...budget, personPaysPencePerWeek: 41230, councilPaysPencePerWeek: 0 })
      .events();
    expect(event?.data).toMatchObject({ personPaysPencePerWeek: 41230, councilPaysPencePerWeek: 0 });
  });

  it('follows an assessment', () =>
    spec.when(AllocateBudget, budget).thenRefused('assessed-first', { section: 'Care Act 2014 s9, s10, s13, s26' }));

  it.each(['Non-eligible needs identified', 'No needs identified'] as const)('is not for “%s”', (eligibleNeeds) =>
    spec
      .given({ ...opened, data: { ...opening, eligibleNeeds } })
      .when(AllocateBudget, budget)
      .thenRefused('needs-are-eligible', { section: 'Care Act 2014 s13, s18, s20' }),
  );

  it('is not dated before the assessment', () =>
    spec
      .given(opened)
      .when(AllocateBudget, budget, { effectiveOn: '2026-01-18' })
      .thenRefused('not-before-the-assessment', { field: 'effectiveOn' }));
  it('may be of the day of the assessment', () =>
    spec.given(opened).when(AllocateBudget, budget, { effectiveOn: '2026-01-19' }).then(allocated));

  it('costs something', () =>
    spec
      .given(opened)
      .when(AllocateBudget, { ...budget, costPencePerWeek: 0, personPaysPencePerWeek: 0, councilPaysPencePerWeek: 0 })
      .thenRefused('cost-above-nothing', { field: 'costPencePerWeek' }));
  it('may cost a penny', () => {
    const penny = { ...budget, costPencePerWeek: 1, personPaysPencePerWeek: 0, councilPaysPencePerWeek: 1 };
    expect(spec.given(opened).when(AllocateBudget, penny).events()).toHaveLength(1);
  });

  it.each(['personPaysPencePerWeek', 'councilPaysPencePerWeek'] as const)('has no %s below nothing', (field) =>
    spec
      .given(opened)
      .when(AllocateBudget, { ...budget, [field]: -1 })
      .thenRefused('no-amount-below-nothing', { section: 'Care Act 2014 s26(1)', field }),
  );

  it('is not charged beyond its cost', () =>
    spec
      .given(opened)
      .when(AllocateBudget, { ...budget, personPaysPencePerWeek: 41231, councilPaysPencePerWeek: 0 })
      .thenRefused('contribution-within-cost', {
        section: 'Care Act 2014 s14(4), s17',
        field: 'personPaysPencePerWeek',
      }));

  it.each([-1, 1])('adds up to the penny (%d)', (difference) =>
    spec
      .given(opened)
      .when(AllocateBudget, { ...budget, councilPaysPencePerWeek: budget.councilPaysPencePerWeek + difference })
      .thenRefused('cost-is-person-plus-council', { section: 'Care Act 2014 s26(1)', field: 'costPencePerWeek' }),
  );
  it('says what the parts add up to', () =>
    spec
      .given(opened)
      .when(AllocateBudget, { ...budget, costPencePerWeek: 41231 })
      .thenRefused('cost-is-person-plus-council', {
        message: 'What the person pays and what the council pays add up to £412.30 a week, not to the cost of £412.31.',
      }));

  it('has reasons', () =>
    spec
      .given(opened)
      .when(AllocateBudget, { ...budget, reasons: ' \n' })
      .thenRefused('reasons-given', { field: 'reasons' }));

  it('is allocated once: a change needs a review', () =>
    spec
      .given(opened, allocated)
      .when(AllocateBudget, budget)
      .thenRefused('allocated-once', { section: 'Care Act 2014 s27' }));

  it('is in every event what the person and the council pay, both at least nothing', () => {
    const amount = fc.oneof(fc.integer({ min: -3, max: 6 }), fc.integer({ min: -50_000, max: 200_000 }));
    let accepted = 0;
    fc.assert(
      fc.property(amount, amount, fc.oneof(fc.constant(undefined), amount), (person, council, other) => {
        const data = {
          ...budget,
          costPencePerWeek: other ?? person + council,
          personPaysPencePerWeek: person,
          councilPaysPencePerWeek: council,
        };
        let events: readonly AllocationEvent[] = [];
        try {
          events = spec.given(opened).when(AllocateBudget, data).events();
        } catch (error) {
          expect(error).toBeInstanceOf(RuleViolation);
        }
        for (const event of events) {
          if (event.type !== 'budgets.budget-allocated.v1') continue;
          accepted += 1;
          const { costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek } = event.data;
          expect(costPencePerWeek).toBe(personPaysPencePerWeek + councilPaysPencePerWeek);
          expect(Math.min(personPaysPencePerWeek, councilPaysPencePerWeek)).toBeGreaterThanOrEqual(0);
          expect(costPencePerWeek).toBeGreaterThan(0);
        }
        const lawful =
          person >= 0 && council >= 0 && person + council > 0 && data.costPencePerWeek === person + council;
        expect(events).toHaveLength(lawful ? 1 : 0);
      }),
      { seed: 26, numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});
