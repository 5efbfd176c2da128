import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import fc from 'fast-check';
import {
  AgreePersonalBudget,
  type ChooseDeploymentData,
  ChooseDeployment,
  ClosePersonalBudget,
  DraftPersonalBudget,
  personalBudgetEvents,
  RecordFinancialAssessment,
  type RecordFinancialAssessmentData,
  RevisePersonalBudget,
  waysToHold,
} from '../../contracts/index.js';
import { type PersonalBudgetEvent, personalBudgetDecider, personalBudgetStream } from './personal-budget.decider.js';

const id = (number: number) => `0b0f0000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const [budgetId, personId, means] = [id(1), id(2), id(3)];
const spec = specification(personalBudgetDecider, personalBudgetEvents);
const whose = { budgetId, personId };

const draft = {
  budgetId,
  personId,
  assessmentId: id(4),
  allocatedEventId: id(5),
  allocatedOn: '2026-02-02',
  costPencePerWeek: 42_000,
};
const drafted: PersonalBudgetEvent = { type: 'budgets.personal-budget-drafted.v1', data: draft };
const found: RecordFinancialAssessmentData = {
  budgetId,
  outcome: 'contribution assessed',
  contributionPencePerWeek: 6_480,
  reasons: 'Pension and savings below the lower limit.',
};
const assessed = (change: Partial<RecordFinancialAssessmentData> = {}): PersonalBudgetEvent & { id: string } => ({
  id: means,
  type: 'budgets.financial-assessment-recorded.v1',
  data: { ...found, ...change, personId },
});
const statement = {
  budgetId,
  costPencePerWeek: 42_000,
  contributionPencePerWeek: 6_480,
  councilPencePerWeek: 35_520,
  oneOff: [{ purpose: 'a raised chair', pence: 18_000, contributionPence: 8_000, councilPence: 10_000 }],
  reasons: 'As allocated.',
};
const agreed: PersonalBudgetEvent = {
  type: 'budgets.personal-budget-agreed.v1',
  data: { ...statement, personId, financialAssessmentEventId: means, allocatedEventId: id(5) },
};
const closed: PersonalBudgetEvent = {
  type: 'budgets.personal-budget-closed.v1',
  data: { ...whose, reason: 'the person died' },
};
const uprating = {
  kind: 'published uprating',
  upratingId: id(20),
  uprating: { reference: 'Fees for 2026–27', publishedOn: '2026-03-01', inForceFrom: '2026-03-01' },
} as const;
const revision = {
  ...statement,
  costPencePerWeek: 44_000,
  councilPencePerWeek: 37_520,
  oneOff: [],
  reasons: 'Fees rise.',
  cause: uprating,
};
const citedList = { kind: uprating.kind, upratingId: uprating.upratingId, ...uprating.uprating };

describe('a personal budget', () => {
  it('has the allocation’s id', () => expect(personalBudgetStream(draft)).toBe(`budgets.personal-budget-${budgetId}`));
  it('is drafted from the allocation, however often the process says so', () => {
    spec.when(DraftPersonalBudget, draft).then(drafted);
    spec.given(drafted).when(DraftPersonalBudget, draft).thenNothing();
    spec
      .given(drafted)
      .when(DraftPersonalBudget, { ...draft, costPencePerWeek: 1 })
      .thenRefused('drafted-once', { section: 'Care Act 2014 s26' });
  });
});

describe('a financial assessment', () => {
  const refused = (
    change: Partial<RecordFinancialAssessmentData>,
    rule = 'contribution-fits-the-outcome',
    field = 'contributionPencePerWeek',
  ) =>
    spec
      .given(drafted)
      .when(RecordFinancialAssessment, { ...found, ...change })
      .thenRefused(rule, { field });
  const recorded = (change: Partial<RecordFinancialAssessmentData>) =>
    expect(
      spec
        .given(drafted)
        .when(RecordFinancialAssessment, { ...found, ...change })
        .events(),
    ).toHaveLength(1);

  it('is recorded with its outcome', () =>
    spec
      .given(drafted)
      .when(RecordFinancialAssessment, found)
      .then({ type: 'budgets.financial-assessment-recorded.v1', data: { ...found, personId } }));

  it('has a contribution that fits its outcome', () => {
    recorded({ contributionPencePerWeek: 1 });
    refused({ contributionPencePerWeek: 0 });
    refused({ contributionPencePerWeek: -1 });
    for (const outcome of ['nothing to pay', 'not charged by law'] as const) {
      recorded({ outcome, contributionPencePerWeek: 0 });
      refused({ outcome, contributionPencePerWeek: 1 });
    }
    recorded({ outcome: 'declined, pays the full cost', contributionPencePerWeek: 42_000 });
    refused({ outcome: 'declined, pays the full cost', contributionPencePerWeek: 41_999 });
  });

  it('has reasons, of an allocated and open budget', () => {
    refused({ reasons: ' ' }, 'reasons-given', 'reasons');
    spec.when(RecordFinancialAssessment, found).thenRefused('allocated-first', { section: 'Care Act 2014 s24, s26' });
    spec
      .given(drafted, agreed, closed)
      .when(RecordFinancialAssessment, found)
      .thenRefused('not-closed', { section: 'Care Act 2014 s27' });
  });
});

describe('the statement of s26(1)', () => {
  const history = [drafted, assessed()];
  const refused = (change: object, rule: string, at: object = {}) =>
    spec
      .given(...history)
      .when(AgreePersonalBudget, { ...statement, ...change })
      .thenRefused(rule, at);

  it('is agreed in its three parts, and names the assessment of the means', () =>
    spec
      .given(...history)
      .when(AgreePersonalBudget, statement)
      .then(agreed));

  it('follows the allocation, and the means', () => {
    spec.when(AgreePersonalBudget, statement).thenRefused('allocated-first');
    spec
      .given(drafted)
      .when(AgreePersonalBudget, statement)
      .thenRefused('means-first', { section: 'Care Act 2014 s14, s17' });
  });

  it('says what was allocated, and what was assessed', () => {
    refused({ costPencePerWeek: 42_001, councilPencePerWeek: 35_521 }, 'cost-is-the-allocated-one', {
      section: 'Care Act 2014 s26(1)(a)',
      field: 'costPencePerWeek',
    });
    refused({ contributionPencePerWeek: 6_481, councilPencePerWeek: 35_519 }, 'contribution-is-the-assessed-one', {
      section: 'Care Act 2014 s14(4), s17',
      field: 'contributionPencePerWeek',
    });
  });

  it('adds up to the penny, above nothing and no part below it', () => {
    for (const councilPencePerWeek of [35_519, 35_521])
      refused({ councilPencePerWeek }, 'cost-is-contribution-plus-council', {
        section: 'Care Act 2014 s26(1)',
        field: 'costPencePerWeek',
      });
    refused({ councilPencePerWeek: 35_519 }, 'cost-is-contribution-plus-council', {
      message: 'What the person pays and what the council pays add up to £419.99 a week, not to the cost of £420.00.',
    });
    refused({ costPencePerWeek: 0 }, 'cost-above-nothing', { field: 'costPencePerWeek' });
    refused({ contributionPencePerWeek: -1 }, 'no-amount-below-nothing', { field: 'contributionPencePerWeek' });
    refused({ councilPencePerWeek: -1 }, 'no-amount-below-nothing', { field: 'councilPencePerWeek' });
  });

  it('may be paid by the council alone', () =>
    expect(
      spec
        .given(drafted, assessed({ outcome: 'nothing to pay', contributionPencePerWeek: 0 }))
        .when(AgreePersonalBudget, { ...statement, contributionPencePerWeek: 0, councilPencePerWeek: 42_000 })
        .events(),
    ).toHaveLength(1));

  it('sets one-off sums apart, each of which adds up', () => {
    const sum = statement.oneOff[0]!;
    refused({ oneOff: [{ ...sum, pence: 18_001 }] }, 'one-off-sums-add-up', {
      field: 'oneOff.0.pence',
      message: 'The parts of this one-off sum add up to £180.00, not to £180.01.',
    });
    refused({ oneOff: [sum, { ...sum, pence: 0, contributionPence: 0, councilPence: 0 }] }, 'one-off-sums-add-up', {
      section: 'Care Act 2014 s26(1)',
      field: 'oneOff.1.pence',
    });
  });

  it('has reasons, is not dated before the allocation, and is agreed once', () => {
    refused({ reasons: '' }, 'reasons-given', { field: 'reasons' });
    spec
      .given(...history)
      .when(AgreePersonalBudget, statement, { effectiveOn: '2026-02-01' })
      .thenRefused('not-before-the-allocation', { section: 'Care Act 2014 s24, s26', field: 'effectiveOn' });
    spec
      .given(...history)
      .when(AgreePersonalBudget, statement, { effectiveOn: '2026-02-02' })
      .then(agreed);
    spec
      .given(...history, agreed)
      .when(AgreePersonalBudget, statement)
      .thenRefused('agreed-once', { section: 'Care Act 2014 s27' });
    spec
      .given(...history, closed)
      .when(AgreePersonalBudget, statement)
      .thenRefused('not-closed');
  });

  it('is in every event what the person and the council pay', () => {
    const amount = fc.integer({ min: -2, max: 60_000 });
    let accepted = 0;
    fc.assert(
      fc.property(fc.nat(42_000), amount, fc.constantFrom(0, 0, 1, -1), (contribution, council, slip) => {
        const outcome = contribution ? 'contribution assessed' : 'nothing to pay';
        const fits = { contributionPencePerWeek: contribution, councilPencePerWeek: 42_000 - contribution + slip };
        const data = { ...statement, ...fits, ...(council % 7 === 0 && { councilPencePerWeek: council }) };
        const agree = spec
          .given(drafted, assessed({ outcome, contributionPencePerWeek: contribution }))
          .when(AgreePersonalBudget, data);
        if (data.councilPencePerWeek !== 42_000 - contribution)
          return agree.thenRefused('cost-is-contribution-plus-council');
        accepted += 1;
        for (const event of agree.events())
          expect(event.data).toMatchObject({ costPencePerWeek: contribution + data.councilPencePerWeek });
      }),
      { seed: 26 },
    );
    expect(accepted).toBeGreaterThan(10);
  });
});

describe('a change of the statement', () => {
  const history = [drafted, assessed(), { ...agreed, effectiveOn: '2026-02-10' }];
  const revise = (change: object, context = {}) =>
    spec.given(...history).when(RevisePersonalBudget, { ...revision, ...change }, context);
  const review = { kind: 'review (s27)', reviewEventId: id(9) } as const;
  const found = {
    reviewId: id(8),
    personId,
    planId: id(7),
    allocationId: budgetId,
    completedOn: '2026-03-02',
    consequence: 'the plan and the budget are revised',
  };
  const citing = (change: Partial<typeof found>) =>
    revise({ cause: { ...review, review: { ...found, ...change } } }, { effectiveOn: '2026-03-02' });

  it('cites a published uprating, or a review', () => {
    revise({}).then({
      type: 'budgets.personal-budget-revised.v1',
      data: { ...revision, cause: citedList, personId, financialAssessmentEventId: means, allocatedEventId: id(5) },
    });
    expect(citing({}).events()[0]?.data).toMatchObject({ cause: { ...review, review: found } });
  });

  it('cites a review that was completed, is of this plan, and changes the budget', () => {
    const at = { section: 'Care Act 2014 s27', field: 'cause.reviewEventId' };
    revise({ cause: review }).thenRefused('cause-is-cited', at);
    citing({ personId: id(9) }).thenRefused('cause-is-cited', {
      ...at,
      message: 'This review was of somebody else’s plan.',
    });
    citing({ allocationId: id(9) }).thenRefused('cause-is-cited', at);
    citing({ completedOn: '2026-03-03' }).thenRefused('cause-is-cited', at);
    citing({ consequence: 'the plan is revised' }).thenRefused('cause-is-cited', {
      ...at,
      message: 'This review does not change the budget. It found: the plan is revised.',
    });
  });
  it('may cite a review of which a return says no more than whose it is', () => {
    const told = { reviewId: id(8), personId, completedOn: '2026-03-02' };
    expect(revise({ cause: { ...review, review: told } }).events()).toHaveLength(1);
  });
  it('cites an uprating that is in force', () => {
    const inForce = (inForceFrom: string) =>
      revise(
        { cause: { ...uprating, uprating: { ...uprating.uprating, inForceFrom } } },
        { effectiveOn: '2026-04-06' },
      );
    expect(inForce('2026-04-06').events()).toHaveLength(1);
    inForce('2026-04-07').thenRefused('cause-is-cited', {
      section: 'Care Act 2014 s27',
      field: 'cause.upratingId',
      message: 'The list is in force from 7 April 2026: a change because of it is not true before that.',
    });
  });

  it('is not true before the list was published', () => {
    const at = { section: 'Care Act 2014 s27', field: 'cause.upratingId' };
    revise({}, { effectiveOn: '2026-02-28' }).thenRefused('cause-is-cited', {
      ...at,
      message: 'The list was published on 1 March 2026: a change because of it is not true before that.',
    });
    expect(revise({}, { effectiveOn: '2026-03-01' }).events()).toHaveLength(1);
  });

  it('cites a list that was published, and was not withdrawn', () => {
    const at = { section: 'Care Act 2014 s27', field: 'cause.upratingId' };
    const { kind, upratingId } = uprating;
    revise({ cause: { kind, upratingId } }).thenRefused('cause-is-cited', {
      ...at,
      message: 'No list with this id was published. Choose one of the published lists.',
    });
    const withdrawnOn = '2026-03-02';
    revise({ cause: { ...uprating, uprating: { ...uprating.uprating, withdrawnOn } } }).thenRefused('cause-is-cited', {
      ...at,
      message: 'The list was withdrawn on 2 March 2026: nothing changes because of it any more.',
    });
  });

  it('changes something: an amount, or a one-off sum', () => {
    const { costPencePerWeek, contributionPencePerWeek, councilPencePerWeek, oneOff } = statement;
    const same = { costPencePerWeek, contributionPencePerWeek, councilPencePerWeek };
    revise({ ...same, oneOff }).thenRefused('something-changes', {
      section: 'Care Act 2014 s27',
      field: 'costPencePerWeek',
    });
    expect(revise({ ...same, oneOff: [] }).events()).toHaveLength(1);
    expect(revise({ ...same, oneOff: [...oneOff, { ...oneOff[0], purpose: 'a ramp' }] }).events()).toHaveLength(1);
    expect(revise({ oneOff }).events()).toHaveLength(1);
  });

  it('is what the next change is held against, and the choice of how the money is held', () => {
    const revised: PersonalBudgetEvent = {
      type: 'budgets.personal-budget-revised.v1',
      data: { ...revision, cause: citedList, personId, financialAssessmentEventId: means },
    };
    const again = spec.given(...history, revised);
    again.when(RevisePersonalBudget, revision).thenRefused('something-changes');
    expect(again.when(RevisePersonalBudget, { ...revision, ...statement, cause: uprating }).events()).toHaveLength(1);
  });

  it('follows what the means are by then', () => {
    const anew = { ...assessed({ contributionPencePerWeek: 7_000 }), id: id(7) };
    const change = { costPencePerWeek: 42_000, contributionPencePerWeek: 7_000, councilPencePerWeek: 35_000 };
    const revised = spec
      .given(...history, anew)
      .when(RevisePersonalBudget, { ...revision, ...change })
      .events();
    expect(revised[0]?.data).toMatchObject({ ...change, financialAssessmentEventId: id(7) });
    revise(change).thenRefused('contribution-is-the-assessed-one');
  });

  it('is all of the cost where the means stay unknown', () => {
    const declined = assessed({ outcome: 'declined, pays the full cost', contributionPencePerWeek: 42_000 });
    const change = { contributionPencePerWeek: 44_000, councilPencePerWeek: 0 };
    const all = spec.given(drafted, declined, agreed);
    expect(all.when(RevisePersonalBudget, { ...revision, ...change }).events()).toHaveLength(1);
    all
      .when(RevisePersonalBudget, { ...revision, contributionPencePerWeek: 42_000, councilPencePerWeek: 2_000 })
      .thenRefused('contribution-is-the-assessed-one');
  });

  it('adds up, has reasons, and is of an agreed and open budget', () => {
    revise({ councilPencePerWeek: 1 }).thenRefused('cost-is-contribution-plus-council');
    revise({ reasons: '' }).thenRefused('reasons-given');
    revise({}, { effectiveOn: '2026-02-09' }).thenRefused('not-before-the-agreement', {
      section: 'Care Act 2014 s27',
      field: 'effectiveOn',
    });
    spec
      .given(drafted, assessed())
      .when(RevisePersonalBudget, revision)
      .thenRefused('agreed-first', { section: 'Care Act 2014 s26(1)' });
    spec
      .given(...history, closed)
      .when(RevisePersonalBudget, revision)
      .thenRefused('not-closed');
  });
});

describe('closing', () => {
  const closing = { budgetId, reason: 'the person died' as const };
  it('has a reason, and happens once', () => {
    spec.given(drafted, assessed(), agreed).when(ClosePersonalBudget, closing).then(closed);
    spec.given(drafted).when(ClosePersonalBudget, closing).then(closed);
    spec.given(drafted, closed).when(ClosePersonalBudget, closing).thenRefused('closed-once');
    spec.when(ClosePersonalBudget, closing).thenRefused('allocated-first');
    spec
      .given(drafted, assessed(), { ...agreed, effectiveOn: '2026-02-10' })
      .when(ClosePersonalBudget, closing, { effectiveOn: '2026-02-09' })
      .thenRefused('not-before-the-agreement', { field: 'effectiveOn' });
  });
});

describe('how the money is held', () => {
  const notChosen = 'I do not want to keep accounts.';
  const choice: ChooseDeploymentData = {
    budgetId,
    parts: [
      { way: 'held by the care manager', pencePerWeek: 30_000 },
      { way: 'indirect payment to a third party', pencePerWeek: 5_520, holder: 'A user-led organisation' },
    ],
    ways: [
      { way: 'cash direct payment', offered: true, whyNot: notChosen },
      { way: 'held by the care manager', offered: true },
      { way: 'trust', offered: false, excludedBy: 'not an appropriate way to meet the needs (s31(7), s32(9))' },
      { way: 'indirect payment to a third party', offered: true },
      { way: 'held by a provider', offered: false, notOfferedBecause: 'no provider here offers it' },
    ],
    inTheirWords: 'Somebody else may do the sums.',
  };
  const history = [drafted, assessed(), agreed];
  const choose = (change: Partial<ChooseDeploymentData>) =>
    spec.given(...history).when(ChooseDeployment, { ...choice, ...change });
  it('asks of each way whether it was offered, once', () => {
    const told = (message: string) => ({
      section: 'Care Act 2014 s31; Care and Support Statutory Guidance ch. 12',
      field: 'ways',
      message,
    });
    choose({ ways: choice.ways.slice(1) }).thenRefused(
      'every-way-is-answered',
      told('Say once whether “cash direct payment” was offered, also where it was not.'),
    );
    choose({ ways: [...choice.ways, choice.ways[1]!] }).thenRefused(
      'every-way-is-answered',
      told('Say once whether “held by the care manager” was offered.'),
    );
  });

  const way = (at: number, change: object) =>
    choice.ways.map((each, index) => (index === at ? { ...each, ...change } : each));

  it('is split to the penny, with what was offered and what was not', () =>
    choose({}).then({
      type: 'budgets.budget-deployment-chosen.v1',
      data: { ...choice, personId, councilPencePerWeek: 35_520 },
    }));

  it('may be all in one way', () =>
    expect(
      choose({
        parts: [{ way: 'cash direct payment', pencePerWeek: 35_520 }],
        ways: way(0, { whyNot: undefined })
          .map((each) => (each.way === 'held by the care manager' ? { ...each, whyNot: 'Too slow.' } : each))
          .map((each) => (each.way === 'indirect payment to a third party' ? { ...each, whyNot: 'No need.' } : each)),
      }).events(),
    ).toHaveLength(1));

  it('adds up to what the council pays, each part something and once', () => {
    const [first, second] = choice.parts as [(typeof choice.parts)[number], (typeof choice.parts)[number]];
    for (const pencePerWeek of [29_999, 30_001])
      choose({ parts: [{ ...first, pencePerWeek }, second] }).thenRefused('parts-add-up', {
        section: 'Care Act 2014 s26(1)(c)',
        field: 'parts',
      });
    choose({ parts: [...choice.parts, { way: 'trust', pencePerWeek: 0 }] }).thenRefused('parts-are-something', {
      field: 'parts.2.pencePerWeek',
    });
    choose({ parts: [{ ...first, pencePerWeek: 15_000 }, { ...first, pencePerWeek: 15_000 }, second] }).thenRefused(
      'parts-are-something',
      { section: 'Care Act 2014 s26(1)(c)', field: 'parts.1.way' },
    );
  });

  it('says of each of the five ways whether it was offered', () => {
    choose({ ways: choice.ways.slice(1) }).thenRefused('every-way-is-answered', { field: 'ways' });
    choose({ ways: [...choice.ways.slice(0, 4), choice.ways[0]!] }).thenRefused('every-way-is-answered');
    expect(choice.ways.map((each) => each.way)).toEqual(waysToHold);
  });

  it('excludes a direct payment only on a ground in law', () => {
    const section = 'Care Act 2014 s31(4)–(7), s32, s33; DP Regs 2014';
    choose({ ways: way(0, { offered: false }) }).thenRefused('exclusion-names-the-law', {
      section,
      field: 'ways.0.excludedBy',
    });
    choose({
      ways: way(2, { excludedBy: undefined, notOfferedBecause: 'not suitable for these needs' }),
    }).thenRefused('exclusion-names-the-law', { section, field: 'ways.2.excludedBy' });
    expect(
      choose({
        ways: way(0, { offered: false, excludedBy: 'prohibited by Schedule 1 to the DP Regs 2014 (s31(5), s33)' }),
      }).events(),
    ).toHaveLength(1);
  });

  it('has a reason for what else was not offered, and none for what was', () => {
    choose({ ways: way(4, { notOfferedBecause: undefined }) }).thenRefused('not-offered-has-a-reason', {
      field: 'ways.4.notOfferedBecause',
    });
    choose({ ways: way(0, { excludedBy: 'long-term stay in a care home (DP Regs 2014 reg 6)' }) }).thenRefused(
      'offered-is-not-excluded',
      { field: 'ways.0.offered' },
    );
    choose({ ways: way(1, { notOfferedBecause: 'not suitable for these needs' }) }).thenRefused(
      'offered-is-not-excluded',
    );
  });

  it('is a real choice: only what was offered, and why not the others', () => {
    const refusedWay = { offered: false, notOfferedBecause: 'not suitable for these needs' };
    choose({ ways: way(1, refusedWay) }).thenRefused('chosen-was-offered', { field: 'parts.0.way' });
    choose({ ways: way(0, { whyNot: ' ' }) }).thenRefused('not-chosen-says-why', { field: 'ways.0.whyNot' });
    choose({ ways: way(0, { whyNot: undefined }) }).thenRefused('not-chosen-says-why');
  });

  it('names who holds it where it is neither the person nor the care manager', () => {
    const [first, second] = choice.parts as [(typeof choice.parts)[number], (typeof choice.parts)[number]];
    choose({ parts: [first, { ...second, holder: ' ' }] }).thenRefused('held-by-somebody', { field: 'parts.1.holder' });
  });

  it('follows the statement, while it is open', () => {
    spec.given(drafted, assessed()).when(ChooseDeployment, choice).thenRefused('agreed-first');
    spec
      .given(...history, closed)
      .when(ChooseDeployment, choice)
      .thenRefused('not-closed');
    const chosen: PersonalBudgetEvent = {
      type: 'budgets.budget-deployment-chosen.v1',
      data: { ...choice, personId, councilPencePerWeek: 35_520 },
    };
    expect(
      spec
        .given(...history, chosen)
        .when(ChooseDeployment, choice)
        .events(),
    ).toHaveLength(1);
  });
});
