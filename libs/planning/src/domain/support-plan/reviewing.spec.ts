import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  type CompleteReviewData,
  CompleteFivePointCheck,
  CompleteReview,
  DeclineReviewRequest,
  MeasureOutcome,
  OpenPlanRevision,
  RequestReview,
  SetReviewDue,
  type ReviewConsequence,
  fivePoints,
  instruments,
  planningEvents,
} from '../../contracts/index.js';
import { supportPlanDecider, type SupportPlanEvent } from './support-plan.decider.js';
import {
  agreed,
  closed,
  firstLook,
  opened,
  personId,
  planId,
  requested,
  reviewId,
  revised,
  started,
  thePerson,
} from './support-plan.fixture.js';

const spec = specification(supportPlanDecider, planningEvents);
const ofPlan = { planId, personId };
const due = firstLook('2026-02-01', '2026-03-29');
const inForce = [opened, agreed, due, started] as const;
const review: CompleteReviewData = {
  planId,
  reviewId,
  reason: 'Planned review of long term support',
  method: 'Service user only',
  startedOn: '2026-02-27',
  outcome: 'Continuation of support or services',
  outcomesAchieved: 'Fully met',
  whatChanged: 'Nothing.',
  consequence: 'the plan goes on as it is',
  nextReviewInMonths: 12,
};
const completed = (consequence: ReviewConsequence): SupportPlanEvent => {
  const { whatChanged: _, nextReviewInMonths: __, ...told } = review;
  return { type: 'planning.review-completed.v1', data: { ...told, ...ofPlan, version: 1, consequence } };
};

describe('a review of a plan', () => {
  it('is complete with what it found, and the next is counted from the day it was done', () =>
    spec
      .given(...inForce)
      .when(CompleteReview, { ...review, inTheirWords: 'Fine.', nextReviewInMonths: 6 }, { effectiveOn: '2026-02-28' })
      .then(
        completed('the plan goes on as it is'),
        {
          type: 'planning.changes-found-at-review.v1',
          data: { ...ofPlan, reviewId, whatChanged: 'Nothing.', inTheirWords: 'Fine.' },
        },
        {
          type: 'planning.review-due-set.v1',
          data: { ...ofPlan, dueOn: '2026-08-28', countedFrom: '2026-02-28', months: 6 },
        },
      ));
  it('falls on the last day of a shorter month', () =>
    expect(
      spec
        .given(...inForce)
        .when(
          CompleteReview,
          { ...review, startedOn: '2026-03-31', nextReviewInMonths: 6 },
          { now: '2026-04-01T09:00:00Z', effectiveOn: '2026-03-31' },
        )
        .events()[2]?.data,
    ).toMatchObject({ dueOn: '2026-09-30' }));
  it('is not followed by another where the plan ends', () =>
    expect(
      spec
        .given(...inForce)
        .when(CompleteReview, { ...review, consequence: 'the plan ends', outcome: 'NFA: Deceased' })
        .events()
        .map(({ type }) => type),
    ).toEqual(['planning.review-completed.v1', 'planning.changes-found-at-review.v1']));
  it('says whether the direct payments were reviewed, too', () => {
    const covering = (change: object) =>
      spec
        .given(...inForce)
        .when(CompleteReview, { ...review, ...change })
        .events()[0]?.data;
    expect(covering({ coversDirectPayments: true })).toMatchObject({ coversDirectPayments: true });
    expect(covering({})).not.toHaveProperty('coversDirectPayments');
  });
  it('needs an agreed plan that has not ended', () => {
    spec.given(opened).when(CompleteReview, review).thenRefused('plan-in-force', { section: 'Care Act 2014 s27(1)' });
    spec
      .given(...inForce, closed)
      .when(CompleteReview, review)
      .thenRefused('plan-is-not-closed');
  });
  it('is complete once, as others before it', () => {
    spec
      .given(...inForce, completed('the plan goes on as it is'))
      .when(CompleteReview, review)
      .thenRefused('review-is-new', { field: 'reviewId' });
    expect(
      spec
        .given(...inForce, completed('the plan goes on as it is'))
        .when(CompleteReview, { ...review, reviewId: planId })
        .events(),
    ).toHaveLength(3);
  });
  it.each([
    [{ startedOn: '2026-03-03' }, {}, 'ends-not-before-it-starts', 'startedOn'],
    [{}, { effectiveOn: '2026-03-03' }, 'review-has-taken-place', 'effectiveOn'],
    [{ startedOn: '2026-01-30' }, { effectiveOn: '2026-01-31' }, 'not-before-the-agreement', 'effectiveOn'],
    [{ whatChanged: ' ' }, {}, 'what-changed-is-said', 'whatChanged'],
    [{ nextReviewInMonths: 0 }, {}, 'review-at-least-yearly', 'nextReviewInMonths'],
    [{ nextReviewInMonths: 13 }, {}, 'review-at-least-yearly', 'nextReviewInMonths'],
    [{ outcome: 'NFA: Support declined' as const }, {}, 'outcome-fits-the-consequence', 'outcome'],
    [{ consequence: 'the plan ends' as const }, {}, 'outcome-fits-the-consequence', 'outcome'],
  ])('with %j on %j is refused: %s', (change, context, rule, field) =>
    spec
      .given(...inForce)
      .when(CompleteReview, { ...review, ...change }, context)
      .thenRefused(rule, { field }),
  );
  it.each([
    [{ startedOn: '2026-03-02' }, {}],
    [{ startedOn: '2026-02-01' }, { effectiveOn: '2026-02-01' }],
    [{ nextReviewInMonths: 1 }, {}],
    [{ consequence: 'the plan ends' as const, outcome: 'Admitted to hospital' as const }, {}],
    [{ outcome: 'Admitted to hospital' as const }, {}],
  ])('with %j on %j is taken', (change, context) =>
    expect(
      spec
        .given(...inForce)
        .when(CompleteReview, { ...review, ...change }, context)
        .events().length,
    ).toBeGreaterThan(1),
  );

  it('that was asked for is not a planned one', () => {
    spec
      .given(...inForce, requested)
      .when(CompleteReview, review)
      .thenRefused('request-makes-it-unplanned', { section: 'Care Act 2014 s27(1)(b)', field: 'reason' });
    expect(
      spec
        .given(...inForce, requested)
        .when(CompleteReview, { ...review, reason: 'Unplanned: Other reason' })
        .events(),
    ).toHaveLength(3);
  });
});

describe('a request for a review', () => {
  const asked = { planId, reviewId, by: 'the person' as const, words: 'It does not fit.' };
  it('by a representative is by one of the register who may speak in reviews', () => {
    const representationId = '0b0f0000-0000-4000-8000-0000000000f1';
    const by = { ...asked, by: 'a representative' as const };
    const asking = (scope: string) =>
      spec.given(...inForce).when(RequestReview, {
        ...by,
        representative: { representationId, standing: { kind: 'informal', scope: [scope] } },
      });
    expect(asking('reviews').events()).toMatchObject([
      { data: { by: 'a representative', representation: { representationId, kind: 'informal' } } },
    ]);
    asking('support planning').thenRefused('representative-speaks-by-authority', {
      section: 'Care Act 2014 s27(1)(b)',
      field: 'representative.representationId',
      message: 'On this day the representative (informal) may not speak for the person in reviews.',
    });
    spec
      .given(...inForce)
      .when(RequestReview, by)
      .thenRefused('representative-speaks-by-authority');
  });
  it('is recorded, also by the person', () =>
    spec
      .given(...inForce)
      .when(RequestReview, asked, thePerson)
      .then(requested));
  it('says why', () =>
    spec
      .given(...inForce)
      .when(RequestReview, { ...asked, words: '' })
      .thenRefused('request-in-words', { field: 'words' }));
  it('is the person’s own where they ask', () => {
    spec
      .given(...inForce)
      .when(RequestReview, { ...asked, by: 'a carer' }, thePerson)
      .thenRefused('person-asks-for-themselves', { field: 'by' });
    expect(
      spec
        .given(...inForce)
        .when(RequestReview, { ...asked, by: 'a carer' })
        .events(),
    ).toHaveLength(1);
  });
  it('is new, and of an agreed plan', () => {
    spec
      .given(...inForce, requested)
      .when(RequestReview, asked)
      .thenRefused('review-is-new', { field: 'reviewId' });
    spec
      .given(...inForce, completed('the plan goes on as it is'))
      .when(RequestReview, asked)
      .thenRefused('review-is-new');
    spec.given(opened).when(RequestReview, asked).thenRefused('plan-in-force');
  });
  it('may come after other reviews', () =>
    expect(
      spec
        .given(...inForce, completed('the plan goes on as it is'))
        .when(RequestReview, { ...asked, reviewId: planId })
        .events(),
    ).toHaveLength(1));
  it('is declined with reasons, while it is open', () => {
    const no = { planId, reviewId, reasons: 'The same as last week.' };
    const declined: SupportPlanEvent = { type: 'planning.review-request-declined.v1', data: { ...no, personId } };
    spec
      .given(...inForce, requested)
      .when(DeclineReviewRequest, no)
      .then(declined);
    spec
      .given(...inForce, requested)
      .when(DeclineReviewRequest, { ...no, reasons: ' ' })
      .thenRefused('declining-has-reasons', { section: 'Care Act 2014 s27(1)(b)', field: 'reasons' });
    for (const after of [[], [requested, declined], [requested, completed('the plan is revised')]])
      spec
        .given(...inForce, ...after)
        .when(DeclineReviewRequest, no)
        .thenRefused('request-is-open', { field: 'reviewId' });
    spec
      .given(...inForce, requested, closed)
      .when(DeclineReviewRequest, no)
      .thenRefused('plan-is-not-closed');
  });
});

describe('the day of the next review', () => {
  it('is brought forward, counted from the same day', () =>
    spec
      .given(...inForce)
      .when(SetReviewDue, { planId, dueOn: '2026-03-10' })
      .then({
        type: 'planning.review-due-set.v1',
        data: { ...ofPlan, dueOn: '2026-03-10', countedFrom: '2026-02-01' },
      }));
  it.each(['2026-02-01', '2027-02-01'])('may be %s', (dueOn) =>
    expect(
      spec
        .given(...inForce)
        .when(SetReviewDue, { planId, dueOn })
        .events(),
    ).toHaveLength(1),
  );
  it.each(['2026-01-31', '2027-02-02'])('is within a year of the last, and not %s', (dueOn) =>
    spec
      .given(...inForce)
      .when(SetReviewDue, { planId, dueOn })
      .thenRefused('review-at-least-yearly', { section: 'Care Act 2014 s27(1)(a); Guidance 13.32', field: 'dueOn' }),
  );
  it('needs an agreed plan', () =>
    spec.given(opened).when(SetReviewDue, { planId, dueOn: '2026-03-10' }).thenRefused('plan-in-force'));
});

describe('a revision', () => {
  const budget = { costPencePerWeek: 50_000, personPaysPencePerWeek: 10_000, councilPaysPencePerWeek: 40_000 };
  const both = completed('the plan and the budget are revised');
  it('cites its review', () =>
    spec
      .given(...inForce, completed('the plan is revised'))
      .when(OpenPlanRevision, { planId, reviewId })
      .then(revised));
  it('brings the new budget where the review changed it', () =>
    spec
      .given(...inForce, both)
      .when(OpenPlanRevision, { planId, reviewId, budget })
      .then({ ...revised, data: { ...revised.data, budget } } as SupportPlanEvent));
  it.each([
    [undefined, {}, 'revision-cites-its-review'],
    [completed('the plan goes on as it is'), {}, 'revision-cites-its-review'],
    [completed('the plan is revised'), { budget }, 'budget-with-its-review'],
    [both, {}, 'budget-with-its-review'],
    [both, { budget: { ...budget, councilPaysPencePerWeek: 39_999 } }, 'parts-add-up-to-the-cost'],
  ])('after %j with %j is refused: %s', (found, change, rule) =>
    spec
      .given(...inForce, ...(found ? [found] : []))
      .when(OpenPlanRevision, { planId, reviewId, ...change })
      .thenRefused(rule, {
        field: rule.startsWith('revision')
          ? 'reviewId'
          : rule.startsWith('budget')
            ? 'budget.costPencePerWeek'
            : 'budget.councilPaysPencePerWeek',
      }),
  );
  it('cites its own review, not another', () => {
    const other = completed('the plan goes on as it is');
    const history = [...inForce, { ...other, data: { ...other.data, reviewId: personId } } as SupportPlanEvent];
    spec
      .given(...history, completed('the plan is revised'))
      .when(OpenPlanRevision, { planId, reviewId })
      .then(revised);
    spec
      .given(...history, both)
      .when(OpenPlanRevision, { planId, reviewId, budget })
      .then({ ...revised, data: { ...revised.data, budget } } as SupportPlanEvent);
    spec
      .given(...history)
      .when(OpenPlanRevision, { planId, reviewId })
      .thenRefused('revision-cites-its-review', { field: 'reviewId' });
  });
  it('is open already where the same budget opened it, by whomever', () => {
    const open = { ...revised, data: { ...revised.data, budget } } as SupportPlanEvent;
    const opening = (change: object) =>
      spec.given(...inForce, both, open).when(OpenPlanRevision, { planId, reviewId, budget: { ...budget, ...change } });
    opening({}).thenNothing();
    opening({ oneOff: [] }).thenNothing();
    opening({ costPencePerWeek: 50_001, councilPaysPencePerWeek: 40_001 }).thenRefused('one-revision-at-a-time');
  });
  it('opened for its review with its budget is nothing new, and anything else is', () => {
    const of = (id: string) => ({ ...both, data: { ...both.data, reviewId: id } }) as SupportPlanEvent;
    const open = { ...revised, data: { ...revised.data, budget } } as SupportPlanEvent;
    const history = [...inForce, of(personId), both, open];
    const asked = { planId, reviewId, budget };
    const other = { costPencePerWeek: 50_001, personPaysPencePerWeek: 10_001, councilPaysPencePerWeek: 40_000 };
    spec
      .given(...history)
      .when(OpenPlanRevision, asked)
      .thenNothing();
    for (const change of [{ reviewId: personId }, { budget: other }, { budget: undefined }])
      spec
        .given(...history)
        .when(OpenPlanRevision, { ...asked, ...change })
        .thenRefused('one-revision-at-a-time', { section: 'Care Act 2014 s27' });
    spec
      .given(...history, agreed)
      .when(OpenPlanRevision, asked)
      .thenRefused('revision-cites-its-review', { field: 'reviewId' });
  });
  it('is opened once for a review, and one at a time', () => {
    const change = completed('the plan is revised');
    spec
      .given(...inForce, change, revised)
      .when(OpenPlanRevision, { planId, reviewId })
      .thenRefused('one-revision-at-a-time');
    spec
      .given(...inForce, change, revised, agreed)
      .when(OpenPlanRevision, { planId, reviewId })
      .thenRefused('revision-cites-its-review', {
        field: 'reviewId',
        message: 'The plan was opened for this review already.',
      });
    spec
      .given(...inForce, change, closed)
      .when(OpenPlanRevision, { planId, reviewId })
      .thenRefused('plan-is-not-closed');
    spec.given(opened).when(OpenPlanRevision, { planId, reviewId }).thenRefused('plan-in-force');
  });
});

describe('how the support fares', () => {
  const points = fivePoints.map((point) => ({ point, holds: 'yes' as const, reasons: 'Seen at home.' }));
  const check = { planId, answeredBy: 'person' as const, points };
  it('is checked by five points, each with its reasons', () =>
    spec
      .given(opened)
      .when(CompleteFivePointCheck, check, thePerson)
      .then({ type: 'planning.five-point-check-completed.v1', data: { ...check, personId, version: 1 } }));
  it('answers every point once, with reasons', () => {
    const [first, ...others] = points;
    const field = 'points.0.holds';
    for (const wrong of [others, [...points, first!]])
      spec
        .given(opened)
        .when(CompleteFivePointCheck, { ...check, points: wrong })
        .thenRefused('every-point-once', { section: 'Care Act 2014 s1(3)', field });
    spec
      .given(opened)
      .when(CompleteFivePointCheck, { ...check, points: [{ ...first!, reasons: ' ' }, ...others] })
      .thenRefused('points-have-reasons', { field: 'points.0.reasons' });
  });
  it('is answered by the person for themselves alone', () => {
    const byCarer = { ...check, answeredBy: 'carer' as const };
    spec
      .given(opened)
      .when(CompleteFivePointCheck, byCarer, thePerson)
      .thenRefused('person-answers-for-themselves', { field: 'answeredBy' });
    expect(spec.given(opened).when(CompleteFivePointCheck, byCarer).events()).toHaveLength(1);
    spec.when(CompleteFivePointCheck, check).thenRefused('budget-first');
    spec.given(opened, closed).when(CompleteFivePointCheck, check).thenRefused('plan-is-not-closed');
  });

  const [life, living] = instruments;
  const levels = life!.domains.map((domain) => ({ domain, level: 2 }));
  const measure = {
    planId,
    moment: 'before' as const,
    instrument: life!.name,
    instrumentVersion: life!.version,
    answeredBy: 'the person' as const,
    levels,
  };
  const measured = (data: object): SupportPlanEvent => ({
    type: 'planning.outcome-measured.v1',
    data: { ...measure, ...ofPlan, ...data },
  });
  it('is measured, with the instrument and its version', () => {
    spec.given(opened).when(MeasureOutcome, measure, thePerson).then(measured({}));
    const other = {
      instrument: living!.name,
      levels: living!.domains.map((domain) => ({ domain, level: 0 })),
      answeredBy: 'the person with help' as const,
    };
    spec
      .given(opened)
      .when(MeasureOutcome, { ...measure, ...other }, thePerson)
      .then(measured(other));
  });
  it.each([{ instrument: 'Horoscope' }, { instrumentVersion: '0' }])(
    'is not measured by what nobody knows (%j)',
    (change) =>
      spec
        .given(opened)
        .when(MeasureOutcome, { ...measure, ...change })
        .thenRefused('instrument-is-known', { field: 'instrument' }),
  );
  it.each([
    [levels.slice(1), 'levels.0.level'],
    [[...levels, levels[1]!], 'levels.1.level'],
    [[...levels, { domain: 'luck', level: 1 }], 'levels.8.domain'],
  ])('has one level for each domain', (wrong, field) =>
    spec
      .given(opened)
      .when(MeasureOutcome, { ...measure, levels: wrong })
      .thenRefused('every-domain-once', { section: 'Care Act 2014 s1(2)', field }),
  );
  it.each([
    ['before', '2026-02-10'],
    ['during', '2026-02-08'],
    ['after', '2026-02-08'],
  ] as const)('is not measured “%s” on %s, where support began on 9 February', (moment, effectiveOn) =>
    spec
      .given(...inForce)
      .when(MeasureOutcome, { ...measure, moment }, { effectiveOn })
      .thenRefused('moment-fits-the-plan', { section: 'Care Act 2014 s27(2)', field: 'moment' }),
  );
  it.each([
    ['before', '2026-02-09'],
    ['during', '2026-02-09'],
    ['after', '2026-03-01'],
  ] as const)('is measured “%s” on %s', (moment, effectiveOn) =>
    expect(
      spec
        .given(...inForce)
        .when(MeasureOutcome, { ...measure, moment }, { effectiveOn })
        .events(),
    ).toHaveLength(1),
  );
  it('is measured before where nothing began', () =>
    spec
      .given(opened, agreed)
      .when(MeasureOutcome, { ...measure, moment: 'during' })
      .thenRefused('moment-fits-the-plan'));
  it('is measured at a review of this plan', () => {
    const during = { ...measure, moment: 'during' as const, reviewId };
    spec
      .given(...inForce)
      .when(MeasureOutcome, during)
      .thenRefused('at-a-review-of-this-plan', { field: 'reviewId' });
    spec
      .given(...inForce, completed('the plan is revised'))
      .when(MeasureOutcome, { ...during, reviewId: planId })
      .thenRefused('at-a-review-of-this-plan', { field: 'reviewId' });
    for (const known of [requested, completed('the plan is revised')])
      spec
        .given(...inForce, known)
        .when(MeasureOutcome, during)
        .then(measured({ moment: 'during', reviewId }));
  });
});
