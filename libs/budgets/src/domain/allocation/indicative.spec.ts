import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  AllocateBudget,
  type AllocateBudgetData,
  type AnswersReceivedData,
  budgetsEvents,
  CalculateIndicativeBudget,
  DecideOverride,
  type LocalPrice,
  type OverrideProposedData,
  ProposeOverride,
  type RasAnswer,
  ReceiveAnswers,
  rulebookIds,
} from '../../contracts/index.js';
import { workOut } from '../rulebook/ras.engine.js';
import { smallRulebook } from '../rulebook/rulebook.fixture.js';
import { type AllocationEvent, allocationDecider } from './allocation.decider.js';

const id = (number: number) => `0b0f0000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const [allocationId, personId, assessmentId, publishedIn, source] = [1, 2, 3, 5, 6].map(id) as [
  string,
  string,
  string,
  string,
  string,
];
const rulebookId = rulebookIds.adults;
const guidance = 'Care and Support Statutory Guidance ch. 11';
const spec = specification(allocationDecider, budgetsEvents);

const answers: RasAnswer[] = [
  { question: 'eating', answer: 'some' },
  { question: 'washing', answer: 'some' },
  { question: 'going out', answer: 'some' },
];
const opened: AllocationEvent = {
  type: 'budgets.allocation-opened.v1',
  data: {
    allocationId,
    personId,
    assessmentId,
    assessedOn: '2026-01-19',
    eligibleNeeds: 'Eligible needs identified',
    needs: ['nutrition'],
  },
};
const received = (change: Partial<AnswersReceivedData> = {}, at = id(11)): AllocationEvent & { id: string } => ({
  id: at,
  type: 'budgets.answers-received.v1',
  data: { allocationId, personId, answers, ...change },
});
const rulebook = { version: 1, eventId: publishedIn, effectiveFrom: '2026-01-01', content: smallRulebook };
const calculation = { allocationId, rulebookId, rulebook };
const trace = workOut(smallRulebook, answers);
const indicated: AllocationEvent = {
  type: 'budgets.indicative-budget-calculated.v1',
  data: {
    allocationId,
    personId,
    assessmentId,
    rulebook: { rulebookId, version: 1, eventId: publishedIn, effectiveFrom: '2026-01-01' },
    answersFrom: [id(11)],
    trace,
    pencePerWeek: 12_950,
  },
};
const proposed: OverrideProposedData = {
  allocationId,
  personId,
  pencePerWeek: 15_000,
  proposedBy: 'practitioner-1',
  reasons: 'Nights are not asked about.',
};
const proposal: AllocationEvent = { type: 'budgets.override-proposed.v1', data: proposed };
const overridden: AllocationEvent = {
  type: 'budgets.allocation-overridden.v1',
  data: {
    allocationId,
    personId,
    indicativePencePerWeek: 12_950,
    pencePerWeek: 15_000,
    proposedBy: 'practitioner-1',
    reasons: 'Agreed.',
  },
};
const final: AllocationEvent = {
  type: 'budgets.budget-allocated.v1',
  data: {
    allocationId,
    personId,
    assessmentId,
    costPencePerWeek: 12_950,
    personPaysPencePerWeek: 0,
    councilPaysPencePerWeek: 12_950,
    needs: ['nutrition'],
    reasons: 'As indicated.',
  },
};
const finance = { actor: { id: 'finance-1', role: 'finance' } };

describe('a carer’s own needs', () => {
  const opening = { ...opened.data };
  const carers: AllocationEvent = { type: 'budgets.allocation-opened.v1', data: { ...opening, ofCarer: true } };

  it('are worked out by the rulebook for carers, which their answers call for', () => {
    spec
      .given(carers)
      .when(ReceiveAnswers, { allocationId, answers })
      .then({ type: 'budgets.answers-received.v1', data: { allocationId, personId, answers, ofCarer: true } });
    const [event] = spec
      .given(carers, received({ ofCarer: true }))
      .when(CalculateIndicativeBudget, { ...calculation, rulebookId: rulebookIds.carers })
      .events();
    expect(event?.data).toMatchObject({ rulebook: { rulebookId: rulebookIds.carers }, pencePerWeek: 12_950 });
  });
  it('are not worked out by the rulebook for adults, nor an adult’s by that for carers', () => {
    const refusal = { section: 'Care Act 2014 s9, s10', field: 'rulebook' };
    spec
      .given(carers, received())
      .when(CalculateIndicativeBudget, calculation)
      .thenRefused('rulebook-is-of-their-needs', refusal);
    spec
      .given(opened, received())
      .when(CalculateIndicativeBudget, { ...calculation, rulebookId: rulebookIds.carers })
      .thenRefused('rulebook-is-of-their-needs', refusal);
  });
  it('stay the carer’s in the budget that is allocated', () => {
    const { costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek, reasons } =
      final.data as AllocateBudgetData;
    const amounts = { costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek, reasons };
    const [event] = spec
      .given(carers)
      .when(AllocateBudget, { allocationId, ...amounts })
      .events();
    expect(event?.data).toMatchObject({ ofCarer: true });
  });
});

describe('answers for an indication', () => {
  it('are taken from an assessment, with the event that holds them', () =>
    spec
      .given(opened)
      .when(ReceiveAnswers, { allocationId, answers, sourceEventId: source })
      .then({ type: 'budgets.answers-received.v1', data: { allocationId, personId, answers, sourceEventId: source } }));

  it('may be about the carer alone', () =>
    expect(
      spec
        .given(opened)
        .when(ReceiveAnswers, { allocationId, answers: [], carer: { willing: true, able: true } })
        .events(),
    ).toHaveLength(1));

  it('say something, each question once, of an open allocation', () => {
    spec.given(opened).when(ReceiveAnswers, { allocationId, answers: [] }).thenRefused('something-is-said', {
      section: guidance,
      field: 'answers',
    });
    spec
      .given(opened)
      .when(ReceiveAnswers, { allocationId, answers: [...answers, { question: 'eating', answer: 'all' }] })
      .thenRefused('each-question-once', { section: guidance, field: 'answers.3.question' });
    spec
      .when(ReceiveAnswers, { allocationId, answers })
      .thenRefused('assessed-first', { section: 'Care Act 2014 s9, s10, s13, s26' });
    spec
      .given(opened, final)
      .when(ReceiveAnswers, { allocationId, answers })
      .thenRefused('not-final-yet', { section: 'Care Act 2014 s26, s27' });
  });
});

describe('an indication', () => {
  it('is worked out by the rulebook in force, and keeps rulebook, answers and every step', () =>
    spec.given(opened, received()).when(CalculateIndicativeBudget, calculation).then(indicated));

  it('takes the last answer to each question, and names the events that hold what it used', () => {
    const later = received({ answers: [{ question: 'washing', answer: 'all' }] }, id(12));
    const other = received({ answers: [{ question: 'no question of this rulebook', answer: 'x' }] }, id(13));
    const [event] = spec.given(opened, received(), later, other).when(CalculateIndicativeBudget, calculation).events();
    expect(event?.data).toMatchObject({
      answersFrom: [id(11), id(12)],
      trace: { points: 36 },
      pencePerWeek: 24_050,
    });
  });

  it('takes a carer’s share off where one is willing and able, and names where that was said', () => {
    const carer = received(
      {
        answers: [{ question: 'what a carer does', answer: 'most of it' }],
        carer: { willing: true, able: true },
      },
      id(12),
    );
    const [event] = spec.given(opened, received(), carer).when(CalculateIndicativeBudget, calculation).events();
    expect(event?.data).toMatchObject({
      answersFrom: [id(11), id(12)],
      carer: { willing: true, able: true },
      pencePerWeek: 6_475,
    });
  });

  it('is worked out by a rulebook that takes nothing off for carers', () => {
    const { carer: _, ...content } = smallRulebook;
    const [event] = spec
      .given(opened, received())
      .when(CalculateIndicativeBudget, { ...calculation, rulebook: { ...rulebook, content } })
      .events();
    expect(event?.data).toMatchObject({ answersFrom: [id(11)], pencePerWeek: 12_950 });
  });

  it('names where it was said of the carer, also where nothing comes off', () => {
    const carer = received({ answers: [], carer: { willing: false, able: true } }, id(12));
    const [event] = spec.given(opened, received(), carer).when(CalculateIndicativeBudget, calculation).events();
    expect(event?.data).toMatchObject({ answersFrom: [id(11), id(12)], pencePerWeek: 12_950 });
  });

  it('is nothing new when nothing changed', () =>
    spec.given(opened, received(), indicated).when(CalculateIndicativeBudget, calculation).thenNothing());

  it('needs a rulebook that is in force on the day', () => {
    const calculate = spec.given(opened, received());
    calculate
      .when(CalculateIndicativeBudget, { allocationId, rulebookId })
      .thenRefused('rulebook-is-in-force', { section: guidance });
    calculate
      .when(CalculateIndicativeBudget, { ...calculation, rulebook: { ...rulebook, effectiveFrom: '2026-03-03' } })
      .thenRefused('rulebook-is-in-force');
    expect(
      calculate
        .when(CalculateIndicativeBudget, { ...calculation, rulebook: { ...rulebook, effectiveFrom: '2026-03-02' } })
        .events(),
    ).toHaveLength(1);
  });

  it('needs an answer to each question, that the rulebook knows', () => {
    spec
      .given(opened, received({ answers: answers.slice(1) }))
      .when(CalculateIndicativeBudget, calculation)
      .thenRefused('every-question-answered', { section: guidance, field: 'answers.eating' });
    spec
      .given(opened, received(), received({ answers: [{ question: 'eating', answer: 'twice' }] }, id(12)))
      .when(CalculateIndicativeBudget, calculation)
      .thenRefused('answers-are-known', { section: guidance, field: 'answers.eating' });
  });

  it('is for a day from the assessment on, until the budget is final', () => {
    spec
      .given(opened, received())
      .when(CalculateIndicativeBudget, calculation, { effectiveOn: '2026-01-18' })
      .thenRefused('not-before-the-assessment', { section: 'Care Act 2014 s24, s26', field: 'effectiveOn' });
    expect(
      spec
        .given(opened, received())
        .when(CalculateIndicativeBudget, calculation, { effectiveOn: '2026-01-19' })
        .events(),
    ).toHaveLength(1);
    spec.given(opened, received(), final).when(CalculateIndicativeBudget, calculation).thenRefused('not-final-yet');
    spec.when(CalculateIndicativeBudget, calculation).thenRefused('assessed-first');
  });
});

describe('another amount than the indicated one', () => {
  const history = [opened, received(), indicated];
  const proposing = { allocationId, pencePerWeek: 15_000, reasons: 'Nights are not asked about.' };
  const deciding = { allocationId, approved: true, reasons: 'Agreed.' };

  it('is proposed with reasons, by somebody who is kept', () =>
    spec
      .given(...history)
      .when(ProposeOverride, proposing)
      .then(proposal));

  it('is approved by somebody else', () =>
    spec
      .given(...history, proposal)
      .when(DecideOverride, deciding, finance)
      .then(overridden));

  it('is declined by somebody else, which is a fact as well', () =>
    spec
      .given(...history, proposal)
      .when(DecideOverride, { ...deciding, approved: false, reasons: 'Nights are telecare.' }, finance)
      .then({
        type: 'budgets.override-declined.v1',
        data: { allocationId, personId, pencePerWeek: 15_000, reasons: 'Nights are telecare.' },
      }));

  it('is not decided by its author, whatever they say', () => {
    for (const approved of [true, false])
      spec
        .given(...history, proposal)
        .when(DecideOverride, { ...deciding, approved })
        .thenRefused('approver-is-another', { section: guidance });
  });

  it('is proposed only where something is indicated, once at a time, and differs', () => {
    spec.given(opened).when(ProposeOverride, proposing).thenRefused('indicated-first', { section: guidance });
    spec.when(ProposeOverride, proposing).thenRefused('assessed-first');
    spec
      .given(...history, proposal)
      .when(ProposeOverride, proposing)
      .thenRefused('one-proposal-at-a-time', { section: guidance });
    for (const pencePerWeek of [12_950, 0, -1])
      spec
        .given(...history)
        .when(ProposeOverride, { ...proposing, pencePerWeek })
        .thenRefused('amount-differs', { section: guidance, field: 'pencePerWeek' });
    spec
      .given(...history, proposal, overridden)
      .when(ProposeOverride, proposing)
      .thenRefused('amount-differs');
  });

  it('has reasons both ways', () => {
    spec
      .given(...history)
      .when(ProposeOverride, { ...proposing, reasons: ' ' })
      .thenRefused('override-has-reasons', { section: guidance, field: 'reasons' });
    spec
      .given(...history, proposal)
      .when(DecideOverride, { ...deciding, reasons: '' }, finance)
      .thenRefused('override-has-reasons', { field: 'reasons' });
  });

  it('is decided once, and never after the budget is final', () => {
    spec
      .given(...history)
      .when(DecideOverride, deciding, finance)
      .thenRefused('proposed-first', { section: guidance });
    spec
      .given(...history, proposal, overridden)
      .when(DecideOverride, deciding, finance)
      .thenRefused('proposed-first');
    const declined: AllocationEvent = {
      type: 'budgets.override-declined.v1',
      data: { allocationId, personId, pencePerWeek: 15_000, reasons: 'No.' },
    };
    const after = spec.given(...history, proposal, declined);
    after.when(DecideOverride, deciding, finance).thenRefused('proposed-first');
    after.when(ProposeOverride, proposing).then(proposal);
    after.when(AllocateBudget, budget(12_951)).thenRefused('within-the-indication');
    after.when(AllocateBudget, budget(12_950)).then(final);
    spec
      .given(...history, final)
      .when(ProposeOverride, proposing)
      .thenRefused('not-final-yet');
    spec
      .given(...history, proposal, final)
      .when(DecideOverride, deciding, finance)
      .thenRefused('not-final-yet');
  });

  it('is set aside by a new indication', () => {
    const { answers: _, ...rest } = received().data as AnswersReceivedData;
    const changed = received({ ...rest, answers: [{ question: 'eating', answer: 'all' }] }, id(12));
    const [anew] = spec
      .given(...history, proposal, overridden, changed)
      .when(CalculateIndicativeBudget, calculation)
      .events();
    spec
      .given(...history, proposal, anew!)
      .when(DecideOverride, deciding, finance)
      .thenRefused('proposed-first');
    spec
      .given(...history, proposal, overridden, changed, anew!)
      .when(AllocateBudget, budget(26_826))
      .thenRefused('within-the-indication');
  });
});

const budget = (costPencePerWeek: number, more: object = {}) => ({
  allocationId,
  costPencePerWeek,
  personPaysPencePerWeek: 0,
  councilPaysPencePerWeek: costPencePerWeek,
  reasons: 'As indicated.',
  ...more,
});

describe('making it final', () => {
  const history = [opened, received(), indicated];

  it('may be what is indicated, or less', () => {
    spec
      .given(...history)
      .when(AllocateBudget, budget(12_950))
      .then(final);
    expect(
      spec
        .given(...history)
        .when(AllocateBudget, budget(12_000))
        .events(),
    ).toHaveLength(1);
  });

  it('may be more only as far as somebody else approved', () => {
    spec
      .given(...history)
      .when(AllocateBudget, budget(12_951))
      .thenRefused('within-the-indication', { section: guidance, field: 'costPencePerWeek' });
    const approved = spec.given(...history, proposal, overridden);
    expect(approved.when(AllocateBudget, budget(15_000)).events()).toHaveLength(1);
    approved.when(AllocateBudget, budget(15_001)).thenRefused('within-the-indication');
  });

  it('waits for the decision on what was proposed', () =>
    spec
      .given(...history, proposal)
      .when(AllocateBudget, budget(12_950))
      .thenRefused('override-is-decided', { section: guidance }));

  describe('at local prices', () => {
    const price: LocalPrice = {
      service: 'home-support',
      label: 'Home support',
      unit: 'hour',
      medianPence: 2_350,
      effectiveOn: '2026-03-02',
      knownOn: '2026-03-02',
    };
    const weekly: LocalPrice = {
      ...price,
      service: 'day-support',
      label: 'Day support',
      unit: 'week',
      medianPence: 4_000,
    };
    const home = (minutes: number) => ({ service: 'home-support', unit: 'hour' as const, amount: minutes });
    const allocate = (cost: number, needed: object | undefined, localPrices: LocalPrice[] = [price, weekly]) =>
      spec
        .given(...history)
        .when(AllocateBudget, budget(cost, { ...(needed && { needed }), ...(localPrices.length && { localPrices }) }));

    it('is checked line by line, half a penny up: half an hour at £23.51 is £11.76', () => {
      const [checked] = allocate(12_950, [home(30)], [{ ...price, medianPence: 2_351 }]).events();
      expect(checked?.data).toMatchObject({ pricedPencePerWeek: 1_176 });
    });

    it('is checked to the nearest penny: 5 h 10 min at £23.50 are £121.42', () => {
      const { service, unit, ...told } = price;
      expect([service, unit]).toEqual(['home-support', 'hour']);
      allocate(12_950, [home(310)]).then(
        {
          type: 'budgets.local-prices-checked.v1',
          data: {
            allocationId,
            personId,
            budgetPencePerWeek: 12_950,
            priced: [{ ...home(310), price: told, pencePerWeek: 12_142 }],
            unpriced: [],
            pricedPencePerWeek: 12_142,
          },
        },
        final,
      );
    });

    it('is refused when what the needs take costs more', () => {
      allocate(12_141, [home(310)]).thenRefused('needs-can-be-met-at-local-prices', {
        section: 'Care Act 2014 s18, s20, s26(1)(a)',
        field: 'costPencePerWeek',
      });
      expect(allocate(12_142, [home(310)]).events()).toHaveLength(2);
      const both = [home(120), { service: 'day-support', unit: 'week', amount: 2 }];
      allocate(12_699, both).thenRefused('needs-can-be-met-at-local-prices');
      expect(allocate(12_700, both).events()).toHaveLength(2);
    });

    it('sets apart what has no known price, also where it is bought in another unit', () => {
      const [checked] = allocate(12_950, [
        { service: 'home-support', unit: 'week', amount: 1 },
        { service: 'meals', unit: 'week', amount: 7 },
      ]).events();
      expect(checked?.data).toMatchObject({
        priced: [],
        pricedPencePerWeek: 0,
        unpriced: [{ unit: 'week' }, { amount: 7 }],
      });
    });

    it('is asked for where a price is known, and not where none is', () => {
      const at = { section: 'Care Act 2014 s26(1)(a)', field: 'needed' };
      allocate(12_950, undefined).thenRefused('checked-at-local-prices', at);
      allocate(12_950, []).thenRefused('checked-at-local-prices', at);
      allocate(12_950, undefined, []).then(final);
      expect(allocate(12_950, [home(310)], []).events()[0]?.data).toMatchObject({ unpriced: [home(310)] });
    });

    it('names each service once', () =>
      allocate(12_950, [home(10), home(20)]).thenRefused('needed-service-once', {
        section: 'Care Act 2014 s26(1)(a)',
        field: 'needed.1.service',
      }));
  });

  it('is once', () =>
    spec
      .given(...history, final)
      .when(AllocateBudget, budget(12_000))
      .thenRefused('allocated-once'));

  it('goes on from the check without a trace in the rules', () => {
    const checked: AllocationEvent = {
      type: 'budgets.local-prices-checked.v1',
      data: {
        allocationId,
        personId,
        budgetPencePerWeek: 1,
        priced: [],
        unpriced: [],
        pricedPencePerWeek: 0,
      },
    };
    spec
      .given(...history, checked)
      .when(AllocateBudget, budget(12_950))
      .then(final);
  });
});
