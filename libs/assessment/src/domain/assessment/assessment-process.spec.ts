import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  AnswerSupportedSelfAssessment,
  ApproveAssessment,
  assessmentEvents,
  CompleteAssessment,
  type CompleteAssessmentData,
  OfferAssessment,
  type OfferAssessmentData,
  outcomes,
  RefuseAssessment,
  ReturnAssessment,
  StartAssessment,
  SubmitAssessment,
  SupersedeAssessment,
} from '../../contracts/index.js';
import { assessmentDecider, type AssessmentEvent } from './assessment.decider.js';

const assessmentId = '0b0f0000-0000-4000-8000-000000000001';
const personId = '0b0f0000-0000-4000-8000-000000000002';
const mother = '0b0f0000-0000-4000-8000-000000000003';
const ids = { assessmentId, personId };
const offer: OfferAssessmentData = { ...ids, subject: 'adult', caresFor: [], selfAssessmentOffered: true };
const form = { id: 'adult-self-assessment' as const, version: 1 };
const offered: AssessmentEvent = { type: 'assessment.assessment-offered.v1', data: { ...offer, form } };
const carerOffered: AssessmentEvent = {
  type: 'assessment.assessment-offered.v1',
  data: { ...offer, subject: 'carer', caresFor: [mother], form: { id: 'carer-self-assessment', version: 1 } },
};
const refusedWith = (dutyStands: boolean): AssessmentEvent => ({
  type: 'assessment.assessment-refused.v1',
  data: {
    ...ids,
    subject: 'adult',
    dutyStands,
    grounds: dutyStands ? ['is experiencing, or at risk of, abuse or neglect'] : [],
    reasons: 'x',
  },
});
const started: AssessmentEvent = { type: 'assessment.assessment-started.v1', data: { ...ids, subject: 'adult' } };
const completion: CompleteAssessmentData = {
  ...ids,
  kind: 'Long term assessment',
  method: 'Service user only',
  startedOn: '2026-02-16',
  outcome: 'Progress to support planning or services',
  findings: outcomes.map((outcome, at) =>
    at < 2 ? { outcome, able: false, unable: 'takes much longer' } : { outcome, able: true },
  ),
  arisesFromImpairment: true,
  impactOnWellbeing: { significant: true, areas: ['personal dignity'], reasons: 'Dignity.' },
  fluctuation: { fluctuates: true, from: '2025-12-01', to: '2026-02-28' },
  reasons: 'Two outcomes.',
};
const submitted: AssessmentEvent = {
  type: 'assessment.assessment-submitted.v1',
  data: { ...completion, completedOn: '2026-02-27', submittedBy: 'practitioner-1' },
};
const completed: AssessmentEvent = {
  type: 'assessment.assessment-completed.v1',
  data: { ...completion, eligibleNeeds: 'Eligible needs identified' },
};
const manager = { actor: { id: 'practitioner-2', role: 'practitioner' } };
const spec = specification(assessmentDecider, assessmentEvents);

describe('an assessment that is offered', () => {
  it('keeps which form was put, in which version', () => spec.when(OfferAssessment, offer).then(offered));
  it('is offered once, and again to whoever refused and asks for it', () => {
    spec.given(offered).when(OfferAssessment, offer).thenRefused('offered-once');
    spec.given(completed).when(OfferAssessment, offer).thenRefused('offered-once');
    expect(spec.given(offered, refusedWith(false)).when(OfferAssessment, offer).events()).toHaveLength(1);
    const withdrawn = { ...ids, reason: 'Missing from a later file' };
    spec
      .given(completed, { type: 'assessment.assessment-withdrawn.v1', data: withdrawn })
      .when(OfferAssessment, offer)
      .thenRefused('offered-once');
  });
  it('is not offered tomorrow', () =>
    spec
      .when(OfferAssessment, offer, { effectiveOn: '2026-03-03' })
      .thenRefused('happened-by-today', { field: 'effectiveOn' }));
  it.each([
    [{ subject: 'carer' as const }],
    [{ subject: 'carer' as const, caresFor: [personId] }],
    [{ caresFor: [mother] }],
  ])('is a carer’s with somebody cared for, an adult’s without: %j', (change) =>
    spec.when(OfferAssessment, { ...offer, ...change }).thenRefused('carer-cares-for-somebody', { field: 'caresFor' }),
  );
  it('says to each what is wrong', () => {
    const told = (change: Partial<OfferAssessmentData>, message: string) =>
      spec.when(OfferAssessment, { ...offer, ...change }).thenRefused('carer-cares-for-somebody', { message });
    told({ subject: 'carer' }, 'Say for whom the carer cares: another adult of the register.');
    told({ caresFor: [mother] }, 'The assessment of an adult is about their own needs: leave out for whom they care.');
  });
  it('comes with the carer’s form for a carer', () =>
    spec.when(OfferAssessment, { ...offer, subject: 'carer', caresFor: [mother] }).then(carerOffered));
  it('comes with a supported self-assessment, or says why not', () => {
    const without = { ...offer, selfAssessmentOffered: false };
    for (const whyNotOffered of [undefined, ' '])
      spec
        .when(OfferAssessment, { ...without, whyNotOffered })
        .thenRefused('supported-self-assessment-is-offered', { section: 'SI 2014/2827 reg 2', field: 'whyNotOffered' });
    expect(spec.when(OfferAssessment, { ...without, whyNotOffered: 'No capacity.' }).events()).toHaveLength(1);
  });
});

describe('a supported self-assessment', () => {
  const answer = { ...ids, accepted: false, words: 'You do it.' };
  it('is accepted or refused', () =>
    spec
      .given(offered)
      .when(AnswerSupportedSelfAssessment, answer)
      .then({ type: 'assessment.supported-self-assessment-answered.v1', data: answer }));
  it('that was answered so already is nothing new', () =>
    spec
      .given(offered, { type: 'assessment.supported-self-assessment-answered.v1', data: answer })
      .when(AnswerSupportedSelfAssessment, answer)
      .thenNothing());
  it('is answered where it was offered', () => {
    const unoffered: AssessmentEvent = {
      type: 'assessment.assessment-offered.v1',
      data: { ...offer, form, selfAssessmentOffered: false, whyNotOffered: 'x' },
    };
    spec
      .given(unoffered)
      .when(AnswerSupportedSelfAssessment, answer)
      .thenRefused('self-assessment-was-offered', { field: 'accepted' });
    spec.when(AnswerSupportedSelfAssessment, answer).thenRefused('assessment-is-open');
  });
});

describe('a refusal', () => {
  const refusal = { ...ids, grounds: [], reasons: 'Decides for herself, and nobody is at risk.' };
  it('is a fact, and ends the duty', () =>
    spec
      .given(offered)
      .when(RefuseAssessment, refusal)
      .then({ type: 'assessment.assessment-refused.v1', data: { ...refusal, subject: 'adult', dutyStands: false } }));
  it.each([
    'lacks capacity to refuse, and it is in their best interests',
    'is experiencing, or at risk of, abuse or neglect',
  ] as const)('leaves the duty where the person %s', (ground) =>
    expect(
      spec
        .given(offered)
        .when(RefuseAssessment, { ...refusal, grounds: [ground] })
        .events()[0]?.data,
    ).toMatchObject({ dutyStands: true }),
  );
  it('of a carer always ends it', () =>
    spec
      .given(carerOffered)
      .when(RefuseAssessment, { ...refusal, grounds: ['is experiencing, or at risk of, abuse or neglect'] })
      .thenRefused('carer-may-always-refuse', { section: 'Care Act 2014 s11(5)', field: 'grounds' }));
  it('has reasons, whichever way it goes', () =>
    spec
      .given(offered)
      .when(RefuseAssessment, { ...refusal, reasons: ' ' })
      .thenRefused('reasons-both-ways', { section: 'Care Act 2014 s11(2)', field: 'reasons' }));
  it('stops the assessment, unless the duty stands', () => {
    spec.given(offered, refusedWith(false)).when(StartAssessment, ids).thenRefused('assessment-is-open', {
      message: 'The person refused, and no duty stands (section 11). Offer it again if they ask for it.',
    });
    spec.given(offered, refusedWith(true)).when(StartAssessment, ids).then(started);
    spec
      .given(offered, refusedWith(false))
      .when(CompleteAssessment, completion)
      .thenRefused('nothing-in-the-way-of-completing', { section: 'Care Act 2014 s11' });
    expect(spec.given(offered, refusedWith(true)).when(CompleteAssessment, completion).events()).toHaveLength(1);
  });
});

describe('an assessment under way', () => {
  it('starts once, and after the offer', () => {
    spec.given(offered).when(StartAssessment, ids).then(started);
    spec
      .given(carerOffered)
      .when(StartAssessment, ids)
      .then({ ...started, data: { ...ids, subject: 'carer' } });
    spec.given(offered, started).when(StartAssessment, ids).thenRefused('started-once');
    spec
      .given(offered, started, submitted, {
        type: 'assessment.assessment-returned.v1',
        data: { ...ids, reasons: 'More.', submittedBy: 'practitioner-1' },
      })
      .when(StartAssessment, ids)
      .thenRefused('started-once');
    spec.when(StartAssessment, ids).thenRefused('assessment-is-open', { message: 'Offer the assessment first.' });
  });
  it('cannot be worked on while it waits, is complete or superseded, also where it was refused first', () => {
    const closed = (progress: string, ...history: AssessmentEvent[]) =>
      spec
        .given(offered, refusedWith(true), started, ...history)
        .when(RefuseAssessment, { ...ids, grounds: [], reasons: 'x' })
        .thenRefused('assessment-is-open', { message: `This assessment is ${progress}: it cannot be worked on.` });
    closed('submitted', submitted);
    closed('completed', completed);
    const by = { ...ids, by: mother, reason: 'needs have changed' as const };
    closed('superseded', completed, { type: 'assessment.assessment-superseded.v1', data: by });
  });
  it('is handed in with its day and its author, by the rules of completing', () => {
    spec
      .given(offered, started)
      .when(SubmitAssessment, completion, { effectiveOn: '2026-02-28' })
      .then({
        type: 'assessment.assessment-submitted.v1',
        data: { ...completion, completedOn: '2026-02-28', submittedBy: 'practitioner-1' },
      });
    spec
      .given(offered, started)
      .when(SubmitAssessment, { ...completion, reasons: '' })
      .thenRefused('reasons-both-ways');
    spec.when(SubmitAssessment, completion).thenRefused('assessment-is-open');
  });
  it('waits for approval and is not completed past it', () => {
    spec
      .given(offered, started, submitted)
      .when(CompleteAssessment, completion)
      .thenRefused('nothing-in-the-way-of-completing');
    spec
      .given(offered, started, submitted)
      .when(RefuseAssessment, { ...ids, grounds: [], reasons: 'x' })
      .thenRefused('assessment-is-open');
  });
  it('is approved by somebody else, and complete on the day that its author said', () =>
    spec
      .given(offered, started, submitted)
      .when(ApproveAssessment, ids, manager)
      .then(
        { type: 'assessment.assessment-approved.v1', data: { ...ids, submittedBy: 'practitioner-1' } },
        { ...completed, effectiveOn: '2026-02-27' },
      ));
  it('is neither approved nor returned by its author, or without being handed in', () => {
    const back = { ...ids, reasons: 'More about the nights.' };
    const given = spec.given(offered, started, submitted);
    given.when(ApproveAssessment, ids).thenRefused('approver-is-not-the-author');
    given.when(ReturnAssessment, back).thenRefused('approver-is-not-the-author');
    spec.given(offered, started).when(ApproveAssessment, ids, manager).thenRefused('assessment-was-submitted');
    given
      .when(ReturnAssessment, { ...back, reasons: ' ' }, manager)
      .thenRefused('return-has-reasons', { field: 'reasons' });
  });
  it('goes back with reasons, and is handed in again', () => {
    const back = { ...ids, reasons: 'More about the nights.' };
    const returned: AssessmentEvent = {
      type: 'assessment.assessment-returned.v1',
      data: { ...back, submittedBy: 'practitioner-1' },
    };
    spec.given(offered, started, submitted).when(ReturnAssessment, back, manager).then(returned);
    expect(spec.given(offered, started, submitted, returned).when(SubmitAssessment, completion).events()).toHaveLength(
      1,
    );
  });
  it('of a carer is not completed as an adult’s', () =>
    spec.given(carerOffered).when(CompleteAssessment, completion).thenRefused('assessed-as-what-they-are', {
      section: 'Care Act 2014 s9, s10; Elig Regs reg 2, reg 3',
      message: 'This is a carer’s assessment: it goes by regulation 3.',
    }));
});

describe('a need that comes and goes', () => {
  const of = (fluctuation: CompleteAssessmentData['fluctuation']) =>
    spec.when(CompleteAssessment, { ...completion, fluctuation });
  const rule = 'fluctuating-need-is-looked-at-over-time';
  it('is looked at over a time that ends by the decision', () => {
    expect(of({ fluctuates: true, from: '2025-12-01', to: '2026-03-02' }).events()).toHaveLength(1);
    of({ fluctuates: true, from: '2025-12-01', to: '2026-03-03' }).thenRefused(rule, { field: 'fluctuation.to' });
    of({ fluctuates: true, from: '2026-03-01', to: '2026-02-01' }).thenRefused(rule, { field: 'fluctuation.to' });
    of({ fluctuates: true, from: '2026-03-01', to: '2026-03-01' }).thenRefused(rule, { field: 'fluctuation.to' });
    for (const half of [{ from: '2026-01-01' }, { to: '2026-02-01' }, {}])
      of({ fluctuates: true, ...half }).thenRefused(rule, {
        field: 'fluctuation.from',
        message: 'Say over which period the changing need was looked at.',
      });
  });
  it('has a period only if it changes', () => {
    expect(of({ fluctuates: false }).events()).toHaveLength(1);
    for (const period of [{ from: '2026-01-01' }, { to: '2026-02-01' }, { from: '2026-01-01', to: '2026-02-01' }])
      of({ fluctuates: false, ...period }).thenRefused(rule, {
        section: 'Elig Regs reg 2(4), reg 3(4)',
        field: 'fluctuation.from',
      });
  });
  it('is significant in areas of wellbeing that are named, where they are asked', () =>
    spec
      .when(CompleteAssessment, { ...completion, impactOnWellbeing: { significant: true, areas: [], reasons: 'x' } })
      .thenRefused('wellbeing-is-named', { section: 'Care Act 2014 s1(2)', field: 'impactOnWellbeing.areas' }));
});

describe('an assessment in the place of another', () => {
  const by = { ...ids, by: mother, reason: 'needs have changed' as const };
  it('supersedes one that is complete', () =>
    spec
      .given(completed)
      .when(SupersedeAssessment, by)
      .then({ type: 'assessment.assessment-superseded.v1', data: by }));
  it('is another one, once, and only of a complete one', () => {
    spec
      .given(completed)
      .when(SupersedeAssessment, { ...by, by: assessmentId })
      .thenRefused('superseded-by-another', { field: 'by' });
    spec
      .given(completed, { type: 'assessment.assessment-superseded.v1', data: by })
      .when(SupersedeAssessment, by)
      .thenRefused('superseded-by-another');
    spec.given(offered).when(SupersedeAssessment, by).thenRefused('assessment-is-complete');
  });
});
