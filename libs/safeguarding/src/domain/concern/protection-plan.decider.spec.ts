import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  AgreeProtectionPlan,
  type AgreeProtectionPlanData,
  DecideNoProtectionPlan,
  type EnquiryConcludedData,
  ReviewProtectionPlan,
  type ReviewProtectionPlanData,
  safeguardingEvents,
} from '../../contracts/index.js';
import { concernDecider, type ConcernEvent } from './concern.decider.js';

const concernId = '0b0f0000-0000-4000-8000-000000000001';
const adult = '0b0f0000-0000-4000-8000-000000000002';
const neighbour = '0b0f0000-0000-4000-8000-000000000003';
const adults = [adult, neighbour];
const stranger = '0b0f0000-0000-4000-8000-000000000009';
const met = { met: true, reasons: 'Seen and recorded.' };
const finding = { found: 'found' as const, reasons: 'The rota says so.' };
const expressed = {
  asked: 'Yes they were asked and outcomes were expressed' as const,
  words: 'I want to stay at home.',
};
const silent = { asked: 'Yes they were asked but no outcomes were expressed' as const };

const raised: ConcernEvent = {
  type: 'safeguarding.alert-raised.v1',
  data: {
    concernId,
    reference: 'SC-2026-0001',
    adults,
    typesOfRisk: ['Neglect and Acts of Omission'],
    sourceOfRisk: 'Service Provider',
    locationOfRisk: 'Own Home',
    happenedOn: '2026-02-01',
    account: 'One worker came, not two.',
    raisedBy: { name: 'A. Tester', relation: 'Health worker' },
    consent: 'asked, agrees',
    immediateProtection: 'Stays on the ward.',
  },
  effectiveOn: '2026-02-01',
};
const decided: ConcernEvent = {
  type: 'safeguarding.s42-criteria-decided.v1',
  data: {
    concernId,
    adults,
    limbs: { careAndSupportNeeds: met, abuseOrNeglect: met, unableToProtect: met },
    inArea: true,
    dutyToEnquire: true,
  },
  effectiveOn: '2026-02-02',
};
const conclusion: EnquiryConcludedData = {
  concernId,
  adults,
  madeBy: 'the council',
  findings: { careAndSupportNeeds: finding, abuseOrNeglect: finding, unableToProtect: finding },
  actions: [{ what: 'Two workers at each visit.', by: 'The provider' }],
  riskOutcome: 'Risk reduced',
  wishes: adults.map((each) => ({ adult: each, ...silent })),
};
const concluded: ConcernEvent = {
  type: 'safeguarding.enquiry-concluded.v1',
  data: conclusion,
  effectiveOn: '2026-02-10',
};
const withoutAction: ConcernEvent = {
  ...concluded,
  data: { ...conclusion, actions: [], riskOutcome: undefined, noActionBecause: 'She moved.' },
};
const plan: AgreeProtectionPlanData = {
  concernId,
  adult,
  steps: [
    { what: 'Two workers at each visit.', by: 'The provider', dueOn: '2026-03-02' },
    { what: 'A call each week.', by: 'The social worker', dueOn: '2026-06-01' },
  ],
  wishes: expressed,
  agreement: 'agrees',
  legalBasis: 'consent of the adult',
  proportionality: 'One worker alone was tried.',
  reviewOn: '2026-06-02',
};
const agreed: ConcernEvent = {
  type: 'safeguarding.protection-plan-agreed.v1',
  data: plan,
  effectiveOn: '2026-02-20',
};
const review: ReviewProtectionPlanData = {
  concernId,
  adult,
  steps: [{ state: 'done' }, { state: 'not done yet', words: 'The worker was ill.' }],
  achieved: 'Partially Achieved',
  riskOutcome: 'Risk reduced',
  reasons: 'The calls have to begin.',
  next: 'the plan goes on',
  reviewOn: '2026-08-03',
};
const ending: ReviewProtectionPlanData = {
  ...review,
  next: 'the plan ends',
  reviewOn: undefined,
  reasons: 'Nothing was missed for months.',
};
const reviewed: ConcernEvent = { type: 'safeguarding.protection-plan-reviewed.v1', data: review };
const ended: ConcernEvent = { ...reviewed, data: ending, effectiveOn: '2026-02-28' };
const none = { concernId, adult, reasons: 'Only the provider has to act.' };

const spec = specification(concernDecider, safeguardingEvents);
const enquired = [raised, decided, concluded] as const;
const agreeing = (changed: Partial<AgreeProtectionPlanData>, ...more: ConcernEvent[]) =>
  spec.given(...enquired, ...more).when(AgreeProtectionPlan, { ...plan, ...changed });
const accepted = (changed: Partial<AgreeProtectionPlanData>) =>
  agreeing(changed).then({ type: 'safeguarding.protection-plan-agreed.v1', data: { ...plan, ...changed } });
const reviewing = (changed: Partial<ReviewProtectionPlanData>, ...given: ConcernEvent[]) =>
  spec.given(...enquired, ...(given.length ? given : [agreed])).when(ReviewProtectionPlan, { ...review, ...changed });
const reviewAccepted = (changed: Partial<ReviewProtectionPlanData>, ...given: ConcernEvent[]) =>
  reviewing(changed, ...given).then({ ...reviewed, data: { ...review, ...changed } });

describe('every decision on a protection plan', () => {
  describe.each([
    ['a plan', AgreeProtectionPlan, plan, []],
    ['none', DecideNoProtectionPlan, none, []],
    ['a review', ReviewProtectionPlan, review, [agreed]],
  ] as const)('%s', (_, Decide, data, planned) => {
    const when = (given: readonly ConcernEvent[], changed: object = {}, context: object = {}) =>
      spec.given(...given).when(Decide as typeof AgreeProtectionPlan, { ...data, ...changed } as never, context);

    it('follows the conclusion that action is taken', () => {
      expect(when([...enquired, ...planned]).events()).toHaveLength(1);
      when([]).thenRefused('raised-first');
      when([raised, decided]).thenRefused('action-was-concluded', {
        section: 'Care Act 2014 s42(2)',
        message: 'The enquiry is not concluded: what action is taken is not decided yet.',
      });
      when([raised, decided, withoutAction]).thenRefused('action-was-concluded', {
        message: 'The enquiry concluded that no action is taken, so there is nothing to plan.',
      });
    });
    it('is about an adult of the concern', () => {
      when([...enquired, ...planned], { adult: stranger }).thenRefused('adult-of-the-concern', {
        field: 'adult',
        message: 'This concern is not about this person.',
      });
      when([], {}).thenRefused('adult-of-the-concern');
    });
    it.each(adults)('is not taken by an adult of it (%s)', (id) =>
      when([...enquired, ...planned], {}, { actor: { id, role: 'safeguarding' } }).thenRefused(
        'plan-decided-by-somebody-else',
        { message: 'An adult of the concern cannot decide on a protection plan in it.' },
      ),
    );
    it('lies between the conclusion, what was decided last, and today', () => {
      const rule = 'planned-since-the-conclusion-and-by-today';
      const given = [...enquired, ...planned];
      when(given, {}, { effectiveOn: '2026-03-03' }).thenRefused(rule, {
        field: 'effectiveOn',
        message: 'This day has not come yet.',
      });
      when(enquired, {}, { effectiveOn: '2026-02-09' }).thenRefused(rule, {
        field: 'effectiveOn',
        message: 'The enquiry was concluded on 10 February 2026, after this day.',
      });
      when([...enquired, agreed], {}, { effectiveOn: '2026-02-19' }).thenRefused(rule, {
        field: 'effectiveOn',
        message: 'The plan was agreed or reviewed on 20 February 2026, after this day.',
      });
    });
    it('may be taken on the day of the conclusion, and of what was decided last', () => {
      const sameDay = planned.map((each) => ({ ...each, effectiveOn: '2026-02-10' }));
      expect(when([...enquired, ...sameDay], {}, { effectiveOn: '2026-02-10' }).events()).toHaveLength(1);
    });
    it('is not taken on a plan that ended', () =>
      when([...enquired, agreed, ended]).thenRefused('plan-has-not-ended', {
        message: 'This plan ended on 28 February 2026. Raise what is feared now as a new concern.',
      }));
  });
});

describe('a protection plan', () => {
  it('is agreed, and agreed anew where it changes', () => {
    accepted({});
    const changed = { ...plan, reviewOn: '2026-07-01' };
    agreeing(changed, agreed).then({ type: 'safeguarding.protection-plan-agreed.v1', data: changed });
  });
  it('is agreed after all for whom none was needed', () =>
    agreeing({}, { type: 'safeguarding.protection-plan-not-needed.v1', data: none }).then({
      type: 'safeguarding.protection-plan-agreed.v1',
      data: plan,
    }));
  it('is one adult’s: another’s may have ended', () =>
    agreeing({ adult: neighbour }, agreed, ended).then({
      type: 'safeguarding.protection-plan-agreed.v1',
      data: { ...plan, adult: neighbour },
    }));

  it('says what is done, by whom and by when', () => {
    const rule = 'steps-say-what-by-whom-and-by-when';
    const [first] = plan.steps;
    agreeing({ steps: [] }).thenRefused(rule, {
      field: 'steps.0.what',
      message: 'A plan has at least one step.',
    });
    agreeing({ steps: [first!, { ...first!, what: ' ' }] }).thenRefused(rule, {
      field: 'steps.1.what',
      message: 'Say what is done.',
    });
    agreeing({ steps: [{ ...first!, by: ' ' }] }).thenRefused(rule, {
      field: 'steps.0.by',
      message: 'Say who does it.',
    });
    agreeing({ steps: [{ ...first!, dueOn: '2026-03-01' }] }).thenRefused(rule, {
      field: 'steps.0.dueOn',
      message: 'A step is done on the day on which the plan is agreed, or later.',
    });
    accepted({ steps: [first!] });
  });

  it('says whether the adult was asked what they want, and what they said', () => {
    const rule = 'plan-says-what-the-adult-wants';
    accepted({ wishes: silent });
    accepted({ wishes: { asked: 'No', notAskedBecause: 'She left no address.' } });
    agreeing({ wishes: { ...expressed, words: ' ' } }).thenRefused(rule, {
      field: 'wishes.words',
      message: 'Write down what the adult wants, in their words.',
    });
    agreeing({ wishes: { asked: 'No' } }).thenRefused(rule, { field: 'wishes.notAskedBecause' });
  });

  it('says what the adult does not agree with, exactly where they do not', () => {
    const rule = 'dissent-exactly-without-agreement';
    const others = 'steps of organisations alone, which need no consent of the adult (CA 2014 s42(2))' as const;
    accepted({ agreement: 'does not agree', dissent: 'No second worker.', legalBasis: others });
    for (const dissent of [undefined, ' '])
      agreeing({ agreement: 'does not agree', dissent, legalBasis: others }).thenRefused(rule, {
        field: 'dissent',
        message: 'Write down what the adult does not agree with.',
      });
    agreeing({ dissent: 'No second worker.' }).thenRefused(rule, {
      field: 'dissent',
      message: 'Only an adult who does not agree objects to something.',
    });
  });

  it('rests on what the adult decided, or could not decide', () => {
    const rule = 'basis-fits-what-the-adult-decided';
    const unable = { agreement: 'cannot decide on it (Mental Capacity Act 2005 s2–s3)' as const };
    const dissenting = { agreement: 'does not agree' as const, dissent: 'Leave me.' };
    accepted({ ...unable, legalBasis: 'best interests (MCA 2005 s4–s6)' });
    accepted({ ...dissenting, legalBasis: 'order of the High Court (inherent jurisdiction)' });
    accepted({ legalBasis: 'order of the Court of Protection (MCA 2005 s16)' });
    for (const without of [unable, dissenting])
      agreeing(without).thenRefused(rule, {
        section: 'Mental Capacity Act 2005 s1–s5',
        field: 'legalBasis',
        message: 'The adult did not agree: this plan does not rest on their consent.',
      });
    for (const able of [{}, dissenting])
      agreeing({ ...able, legalBasis: 'best interests (MCA 2005 s4–s6)' }).thenRefused(rule, {
        field: 'legalBasis',
        message: 'An adult who can decide is not acted for in their best interests: choose another basis.',
      });
  });

  it('says why nothing that restricts less will do', () =>
    agreeing({ proportionality: ' ' }).thenRefused('nothing-less-will-do', {
      section: 'Care Act 2014 s1(3)(h); Human Rights Act 1998 Sch 1 Art 8',
      field: 'proportionality',
      message: 'Say why nothing that restricts less will do.',
    }));

  it('is reviewed within twelve months', () => {
    accepted({ reviewOn: '2026-03-03' });
    accepted({ reviewOn: '2027-03-02' });
    for (const reviewOn of ['2026-03-02', '2027-03-03'])
      agreeing({ reviewOn }).thenRefused('plan-is-reviewed-in-time', {
        field: 'reviewOn',
        message: 'Choose a day after 2 March 2026, and not after 2 March 2027.',
      });
  });
});

describe('no protection plan', () => {
  const deciding = (reasons: string, ...given: ConcernEvent[]) =>
    spec.given(...enquired, ...given).when(DecideNoProtectionPlan, { ...none, reasons });
  it('is decided with reasons', () => {
    deciding(none.reasons).then({ type: 'safeguarding.protection-plan-not-needed.v1', data: none });
    deciding(' ').thenRefused('no-plan-has-reasons', {
      field: 'reasons',
      message: 'Say why this adult needs no protection plan.',
    });
  });
  it('does not take the place of one that was agreed', () =>
    deciding(none.reasons, agreed).thenRefused('no-plan-stands', {
      message: 'A plan was agreed for this adult: review it, and end it if it is no longer needed.',
    }));
});

describe('the review of a protection plan', () => {
  it('keeps what became of each step, and goes on until the next', () => {
    reviewAccepted({});
    reviewAccepted({}, agreed, { ...reviewed, effectiveOn: '2026-02-25' });
  });
  it('ends it', () => reviewAccepted(ending));
  it('follows a plan of this adult', () =>
    reviewing({ adult: neighbour }).thenRefused('plan-agreed-first', {
      message: 'No protection plan was agreed for this adult.',
    }));
  it('says of each step what became of it', () => {
    for (const steps of [[], review.steps.slice(1), [...review.steps, { state: 'done' as const }]])
      reviewing({ steps }).thenRefused('each-step-is-reviewed', {
        field: 'steps.0.state',
        message: 'Say of each step of the plan what became of it.',
      });
  });
  it('says how far what the adult wants came about, exactly where they said so', () => {
    const rule = 'review-says-how-far-it-came-about';
    const quiet: ConcernEvent = { ...agreed, data: { ...plan, wishes: silent } };
    reviewAccepted({ achieved: undefined }, quiet);
    reviewing({ achieved: undefined }).thenRefused(rule, {
      field: 'achieved',
      message: 'Choose how far what the adult wants came about.',
    });
    reviewing({}, quiet).thenRefused(rule, { field: 'achieved' });
  });
  it('has reasons', () =>
    reviewing({ reasons: ' ' }).thenRefused('plan-review-has-reasons', {
      field: 'reasons',
      message: 'Say why the plan goes on, or why it ends.',
    }));
  it('says when it is reviewed again, exactly where it goes on', () => {
    const rule = 'plan-reviewed-again-exactly-if-it-goes-on';
    reviewing({ reviewOn: undefined }).thenRefused(rule, {
      field: 'reviewOn',
      message: 'The plan goes on: say on which day it is reviewed again.',
    });
    reviewing({ reviewOn: '2027-03-03' }).thenRefused(rule, {
      field: 'reviewOn',
      message: 'Choose a day after 2 March 2026, and not after 2 March 2027.',
    });
    reviewing({ ...ending, reviewOn: '2026-08-03' }).thenRefused(rule, {
      field: 'reviewOn',
      message: 'A plan that ends is not reviewed again: leave this empty.',
    });
  });
});
