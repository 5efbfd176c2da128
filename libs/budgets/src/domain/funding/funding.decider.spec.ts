import { describe, expect, it } from '@jest/globals';
import { fold, RuleViolation } from '@caretrail/kernel';
import { specification } from '@caretrail/testing';
import fc from 'fast-check';
import {
  AddFundingStream,
  type AddFundingStreamData,
  fundingEvents,
  fundingKindNames,
  fundingUses,
  HoldFundingStep,
  kindOfFunding,
  PlanFundingStep,
  PoolFunding,
  WithdrawFundingStream,
} from '../../contracts/index.js';
import { type FundingEvent, fundingDecider, fundingStreamOf } from './funding.decider.js';
import { byCadence } from './funding.state.js';

const id = (number: number) => `0b0f0000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const personId = id(1);
const spec = specification(fundingDecider, fundingEvents);
const section = 'Care Act 2014 s26(3)';

const council: AddFundingStreamData = {
  personId,
  fundingId: id(2),
  kind: 'council adult social care',
  cadence: 'weekly',
  pence: 20_000,
  permittedUses: ['personal care', 'support to live at home'],
  from: '2026-01-01',
};
const health: AddFundingStreamData = {
  personId,
  fundingId: id(3),
  kind: 'personal health budget',
  cadence: 'monthly',
  pence: 50_000,
  permittedUses: ['personal care', 'health care'],
  from: '2026-01-01',
};
const grant: AddFundingStreamData = {
  personId,
  fundingId: id(4),
  kind: 'Disabled Facilities Grant',
  cadence: 'one-off',
  pence: 900_000,
  permittedUses: ['adapting the home'],
  from: '2026-01-01',
};
const added = (data: AddFundingStreamData): FundingEvent => ({
  type: 'budgets.funding-stream-added.v1',
  data: { ...data, holder: kindOfFunding(data.kind).holder },
});

describe('a funding stream', () => {
  const refused = (change: Partial<AddFundingStreamData>, rule: string, at: object = {}) =>
    spec.when(AddFundingStream, { ...council, ...change }).thenRefused(rule, { section, ...at });
  const noted = (data: AddFundingStreamData) => expect(spec.when(AddFundingStream, data).events()).toHaveLength(1);

  it('stands in the stream of its person', () => expect(fundingStreamOf(council)).toBe(`budgets.funding-${personId}`));
  it('is noted with its holder', () => spec.when(AddFundingStream, council).then(added(council)));
  it('is noted once, beside others', () => {
    spec.given(added(council)).when(AddFundingStream, council).thenRefused('added-once', { field: 'fundingId' });
    spec.given(added(council)).when(AddFundingStream, health).then(added(health));
  });

  it('comes as its kind comes', () => {
    refused({ kind: 'Disabled Facilities Grant', permittedUses: ['adapting the home'] }, 'cadence-fits-the-kind', {
      field: 'cadence',
    });
    noted(grant);
  });

  it('has an amount, unless it comes in kind', () => {
    for (const pence of [undefined, 0]) refused({ pence }, 'money-has-an-amount', { field: 'pence' });
    const inKind = {
      ...council,
      kind: 'integrated community equipment',
      cadence: 'in kind',
      permittedUses: ['equipment'],
    } as const;
    spec
      .when(AddFundingStream, { ...inKind, permittedUses: ['equipment'] })
      .thenRefused('money-has-an-amount', { field: 'pence' });
    noted({ ...inKind, permittedUses: ['equipment'], pence: undefined });
  });

  it('pays for what its kind may pay for, or for less', () => {
    refused({ permittedUses: ['personal care', 'health care'] }, 'uses-are-permitted', { field: 'permittedUses' });
    noted({ ...council, permittedUses: ['equipment'] });
  });

  it('does not end before it begins', () => {
    refused({ to: '2025-12-31' }, 'from-before-to', { field: 'to' });
    noted({ ...council, to: '2026-01-01' });
  });

  it.each([
    ['Supporting People', '2011-03-31', '2011-04-01', 'housing-related support'],
    ['Independent Living Fund', '2015-06-30', '2015-07-01', 'personal care'],
  ] as const)('of the ended scheme %s is history by %s', (kind, last, after, use) => {
    const old: AddFundingStreamData = {
      ...council,
      kind,
      cadence: kindOfFunding(kind).cadences[0],
      permittedUses: [use],
      from: '2009-04-01',
    };
    noted({ ...old, to: last });
    noted({ ...old, from: last, to: last });
    const ended = (change: object, field: string) =>
      spec.when(AddFundingStream, { ...old, ...change }).thenRefused('ended-scheme-is-history', { section, field });
    ended({}, 'to');
    ended({ to: after }, 'to');
    ended({ from: last, to: after }, 'to');
    ended({ from: after, to: after }, 'from');
    ended({ from: after, to: last }, 'from');
    ended({ from: after }, 'from');
  });

  it('is one of seven kinds, each with a holder, a cadence, a use and an authority', () => {
    expect(fundingKindNames).toHaveLength(7);
    for (const kind of fundingKindNames) {
      const { permittedUses, authority, cadences } = kindOfFunding(kind);
      expect(permittedUses.every((use) => fundingUses.includes(use))).toBe(true);
      expect([authority.length > 5, cadences.length > 0]).toEqual([true, true]);
    }
  });
});

describe('the end of a stream', () => {
  const ending = { personId, fundingId: council.fundingId, to: '2026-06-30', reasons: 'Moves to another council.' };
  const withdrawn: FundingEvent = {
    type: 'budgets.funding-stream-withdrawn.v1',
    data: { ...ending, kind: council.kind },
  };

  it('is noted with its last day and reasons', () =>
    spec.given(added(council)).when(WithdrawFundingStream, ending).then(withdrawn));

  it('lies within its time, and may come earlier than was noted', () => {
    const end = (to: string) => spec.given(added(council), withdrawn).when(WithdrawFundingStream, { ...ending, to });
    end('2025-12-31').thenRefused('ends-within-its-time', { section, field: 'to' });
    end('2026-06-30').thenRefused('ends-within-its-time', { section, field: 'to' });
    expect(end('2026-06-29').events()).toHaveLength(1);
    expect(end('2026-01-01').events()).toHaveLength(1);
  });

  it('is of this stream, and leaves the others as they are', () => {
    const both = spec.given(added(health), added(council));
    both.when(WithdrawFundingStream, ending).then(withdrawn);
    const [, theOther] = fold(
      fundingDecider,
      [added(council), added(health), withdrawn].map((event) => ({ ...event, id: 'e', effectiveOn: '2026-03-02' })),
    ).streams;
    expect(theOther).toEqual({ ...health, holder: kindOfFunding(health.kind).holder, pooledPence: 0 });
  });

  it('is of a stream that is there, with reasons', () => {
    spec.when(WithdrawFundingStream, ending).thenRefused('added-first', { section, field: 'fundingId' });
    spec
      .given(added(council))
      .when(WithdrawFundingStream, { ...ending, reasons: ' ' })
      .thenRefused('reasons-given', { section, field: 'reasons' });
  });
});

describe('pooling', () => {
  const streams = [added(council), added(health), added(grant)];
  const pool = {
    personId,
    poolId: id(20),
    use: 'personal care' as const,
    parts: [council, health, grant].map(({ fundingId }) => ({ fundingId })),
  };
  const asked = ({ fundingId, kind, cadence }: AddFundingStreamData) => ({ fundingId, kind, cadence });
  const pooled = (
    use: (typeof fundingUses)[number],
    parts: object[] = pool.parts,
    history: FundingEvent[] = streams,
  ) => {
    const [event] = spec
      .given(...history)
      .when(PoolFunding, { ...pool, use, parts: parts as typeof pool.parts })
      .events();
    return event?.data as { pooled: object[]; blocked: { because: string; kind: string }[] };
  };

  it('puts together what may pay for the use, and blocks the rest with the reason and its authority', () =>
    spec
      .given(...streams)
      .when(PoolFunding, pool)
      .then({
        type: 'budgets.funding-pooled.v1',
        data: {
          personId,
          poolId: pool.poolId,
          use: 'personal care',
          pooled: [
            { ...asked(council), pence: 20_000 },
            { ...asked(health), pence: 50_000 },
          ],
          blocked: [
            {
              ...asked(grant),
              because: 'the kind of money may not pay for this',
              authority: kindOfFunding('Disabled Facilities Grant').authority,
            },
          ],
        },
      }));

  it('obeys narrower conditions of a stream', () => {
    expect(pooled('support to live at home').blocked.map(({ because }) => because)).toEqual([
      'the conditions of the stream do not allow this',
      'the kind of money may not pay for this',
    ]);
  });

  it('takes nothing before its first day, nor after its last', () => {
    const early = added({ ...council, from: '2026-03-03' });
    const late = added({ ...health, to: '2026-03-01' });
    expect(
      pooled('personal care', pool.parts, [early, late, added(grant)]).blocked.map(({ because }) => because),
    ).toEqual(['has not begun', 'has ended', 'the kind of money may not pay for this']);
    const today = [added({ ...council, from: '2026-03-02' }), added({ ...health, to: '2026-03-02' }), added(grant)];
    expect(pooled('personal care', pool.parts, today).pooled).toHaveLength(2);
  });

  it('takes no money from what comes in kind', () => {
    const inKind: AddFundingStreamData = {
      personId,
      fundingId: id(5),
      kind: 'integrated community equipment',
      cadence: 'in kind',
      permittedUses: ['equipment'],
      from: '2026-01-01',
    };
    const equipped = added({ ...council, permittedUses: ['equipment'] });
    const found = pooled(
      'equipment',
      [{ fundingId: council.fundingId }, { fundingId: id(5) }],
      [equipped, added(inKind)],
    );
    expect([found.pooled.length, found.blocked[0]?.because]).toEqual([1, 'comes in kind, not in money']);
  });

  it('never takes more of a stream than there is, over all pools', () => {
    const part = (pence: number) => [{ fundingId: council.fundingId, pence }, { fundingId: health.fundingId }];
    const first: FundingEvent = {
      type: 'budgets.funding-pooled.v1',
      data: {
        personId,
        poolId: id(21),
        use: 'personal care',
        pooled: [{ ...asked(council), pence: 15_000 }],
        blocked: [],
      },
    };
    const then = (pence: number) => spec.given(...streams, first).when(PoolFunding, { ...pool, parts: part(pence) });
    for (const pence of [5_001, 0, -1])
      then(pence).thenRefused('within-the-stream', { section, field: 'parts.0.pence' });
    expect(then(5_000).events()).toHaveLength(1);
    expect(pooled('personal care', pool.parts, [...streams, first]).pooled).toEqual([
      { ...asked(council), pence: 5_000 },
      { ...asked(health), pence: 50_000 },
    ]);
    const rest: FundingEvent = {
      ...first,
      data: { ...first.data, poolId: id(22), pooled: [{ ...asked(council), pence: 5_000 }] } as never,
    };
    expect(pooled('personal care', part(1), [...streams, first, rest]).blocked).toEqual([
      expect.objectContaining({ because: 'is pooled already' }),
    ]);
  });

  it('adds up: over all pools each stream gives what was pooled of it, and never more than it has', () => {
    const pence = fc.option(fc.integer({ min: -1, max: 30_000 }), { nil: undefined });
    const asks = fc.array(fc.record({ ofCouncil: pence, ofHealth: pence }), { maxLength: 6 });
    let decided = 0;
    fc.assert(
      fc.property(asks, (pools) => {
        let history: FundingEvent[] = streams;
        const given = new Map<string, number>();
        pools.forEach(({ ofCouncil, ofHealth }, at) => {
          const parts = [
            { fundingId: council.fundingId, ...(ofCouncil !== undefined && { pence: ofCouncil }) },
            { fundingId: health.fundingId, ...(ofHealth !== undefined && { pence: ofHealth }) },
          ];
          try {
            const events = spec
              .given(...history)
              .when(PoolFunding, { ...pool, poolId: id(30 + at), parts })
              .events();
            history = [...history, ...events];
            for (const { data } of events as Extract<FundingEvent, { type: 'budgets.funding-pooled.v1' }>[])
              for (const part of data.pooled) given.set(part.fundingId, (given.get(part.fundingId) ?? 0) + part.pence);
            decided += events.length;
          } catch (error) {
            expect(error).toBeInstanceOf(RuleViolation);
          }
        });
        const recorded = history.map((event) => ({ ...event, id: 'e', effectiveOn: '2026-03-02' }));
        for (const stream of fold(fundingDecider, recorded).streams) {
          expect(stream.pooledPence).toBe(given.get(stream.fundingId) ?? 0);
          expect(stream.pooledPence).toBeLessThanOrEqual(stream.pence!);
        }
      }),
      { seed: 26 },
    );
    expect(decided).toBeGreaterThan(100);
  });

  it('is of several streams of this person, each once, and decided once', () => {
    const refused = (parts: object[], field: string) =>
      spec
        .given(...streams)
        .when(PoolFunding, { ...pool, parts: parts as typeof pool.parts })
        .thenRefused('several-streams', { section, field });
    refused(pool.parts.slice(1, 2), 'parts');
    refused([pool.parts[0]!, pool.parts[0]!], 'parts');
    refused([pool.parts[0]!, pool.parts[1]!, pool.parts[0]!], 'parts');
    refused([pool.parts[0]!, { fundingId: id(99), pence: 1 }], 'parts.1.fundingId');
    refused([pool.parts[0]!, { fundingId: id(99) }], 'parts.1.fundingId');
    const decided: FundingEvent = {
      type: 'budgets.funding-pooled.v1',
      data: { personId, poolId: pool.poolId, use: 'personal care', pooled: [], blocked: [] },
    };
    spec
      .given(...streams, decided)
      .when(PoolFunding, pool)
      .thenRefused('pooled-once', { section, field: 'poolId' });
  });

  it('never adds up what comes in different ways', () =>
    expect(
      byCadence([
        { cadence: 'weekly', pence: 100 },
        { cadence: 'monthly', pence: 7 },
        { cadence: 'weekly', pence: 50 },
        { cadence: 'in kind', pence: 3 },
        { cadence: 'in kind' },
        { cadence: 'yearly' },
      ]),
    ).toEqual({ weekly: 150, monthly: 7 }));
});

describe('the calendar of the streams', () => {
  const streams = [added(council), added(health)];
  const planning = {
    personId,
    appointmentId: id(30),
    step: 'review' as const,
    fundingIds: [council.fundingId, health.fundingId],
    on: '2026-03-20',
  };
  const holders = ['council adult social care', 'NHS integrated care board'] as const;
  const planned: FundingEvent = {
    type: 'budgets.funding-step-planned.v1',
    data: { ...planning, holders: [...holders] },
  };
  const holding = { personId, appointmentId: id(30), on: '2026-03-02', tookPart: [holders[0]] };
  const held: FundingEvent = {
    type: 'budgets.funding-step-held.v1',
    data: { ...planning, on: '2026-03-02', tookPart: [holders[0]], absent: [holders[1]] },
  };

  it('plans one review for several streams, with all their holders', () =>
    spec
      .given(...streams)
      .when(PlanFundingStep, planning)
      .then(planned));

  it('asks nobody whose stream it is not about', () =>
    spec
      .given(...streams, added(grant))
      .when(PlanFundingStep, planning)
      .then(planned));

  it('holds the one that was meant, and leaves the others planned', () => {
    const assessing = { ...planning, appointmentId: id(31), step: 'assessment' as const };
    const other: FundingEvent = {
      type: 'budgets.funding-step-planned.v1',
      data: { ...assessing, holders: [holders[1]] },
    };
    spec
      .given(...streams, other)
      .when(PlanFundingStep, planning)
      .then(planned);
    spec
      .given(...streams, other)
      .when(HoldFundingStep, holding)
      .thenRefused('planned-first');
    spec
      .given(...streams, other, planned)
      .when(HoldFundingStep, holding)
      .then(held);
    spec
      .given(...streams, other, planned, held)
      .when(HoldFundingStep, { ...holding, appointmentId: id(31), tookPart: [holders[1]] })
      .then({
        type: 'budgets.funding-step-held.v1',
        data: { ...assessing, on: '2026-03-02', tookPart: [holders[1]], absent: [] },
      });
  });

  it('says who did not take part', () => {
    spec
      .given(...streams, planned)
      .when(HoldFundingStep, holding)
      .then(held);
    const [event] = spec
      .given(...streams, planned)
      .when(HoldFundingStep, { ...holding, tookPart: [...holders] })
      .events();
    expect(event?.data).toMatchObject({ absent: [] });
  });

  it('is about streams of this person, planned once', () => {
    const at = { section, field: 'fundingIds' };
    for (const fundingIds of [[], [council.fundingId, id(99)]])
      spec
        .given(...streams)
        .when(PlanFundingStep, { ...planning, fundingIds })
        .thenRefused('about-streams-that-are-there', at);
    spec
      .given(...streams, planned)
      .when(PlanFundingStep, planning)
      .thenRefused('planned-once', { section, field: 'appointmentId' });
  });

  it('is held after it was planned, once, by those whom it concerns, and not in the future', () => {
    const hold = (change: object, ...more: FundingEvent[]) =>
      spec.given(...streams, ...more).when(HoldFundingStep, { ...holding, ...change });
    hold({}).thenRefused('planned-first', { section, field: 'appointmentId' });
    hold({}, planned, held).thenRefused('planned-first');
    hold({ on: '2026-03-03' }, planned).thenRefused('held-by-now', { section, field: 'on' });
    for (const others of [[], [holders[0]]])
      hold({ tookPart: [...others, 'housing authority'] }, planned).thenRefused('took-part-was-concerned', {
        section,
        field: 'tookPart',
      });
  });

  it('folds to what is still planned', () => {
    const state = fold(
      fundingDecider,
      [...streams, planned, held].map((event, at) => ({ ...event, id: `e${at}`, effectiveOn: '2026-03-02' })),
    );
    expect(state.planned).toEqual([]);
  });
});
