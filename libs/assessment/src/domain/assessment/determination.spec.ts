import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  adviceAbout,
  type AssessmentCompletedData,
  assessmentEvents,
  type EligibleNeeds,
  EstablishOrdinaryResidence,
  type EstablishOrdinaryResidenceData,
  GiveDecisionInWriting,
  type GiveDecisionInWritingData,
  GiveWrittenAdvice,
  type GiveWrittenAdviceData,
  outcomes,
  RecordWishes,
  type RecordWishesData,
  SignpostToUniversalService,
  type SignpostToUniversalServiceData,
} from '../../contracts/index.js';
import { assessmentDecider, type AssessmentEvent } from './assessment.decider.js';

const ids = {
  assessmentId: '0b0f0000-0000-4000-8000-000000000001',
  personId: '0b0f0000-0000-4000-8000-000000000002',
};
const DECISION = '0b0f0000-0000-4000-8000-000000000009';
const assessed = (eligibleNeeds: EligibleNeeds): AssessmentCompletedData => ({
  ...ids,
  kind: 'Long term assessment',
  method: 'Service user only',
  startedOn: '2026-02-01',
  outcome: 'Progress to support planning or services',
  eligibleNeeds,
  findings: outcomes.map((outcome, at) =>
    at < 2 ? { outcome, able: false, unable: 'takes much longer' } : { outcome, able: true },
  ),
  reasons: 'x',
});
const decided = (eligibleNeeds: EligibleNeeds): AssessmentEvent & { readonly id: string } => ({
  id: DECISION,
  type: 'assessment.assessment-completed.v1',
  data: assessed(eligibleNeeds),
});
const eligible = decided('Eligible needs identified');
const notEligible = decided('Non-eligible needs identified');
const spec = specification(assessmentDecider, assessmentEvents);
const future = { effectiveOn: '2026-03-03' };

const carers: AssessmentEvent & { readonly id: string } = {
  id: DECISION,
  type: 'assessment.carer-assessed.v1',
  data: {
    ...ids,
    caresFor: ['0b0f0000-0000-4000-8000-000000000003'],
    startedOn: '2026-02-01',
    arisesFromCaring: true,
    healthAtRisk: true,
    findings: [],
    able: 'partly',
    willing: 'yes',
    impactOnWellbeing: { significant: true, areas: ['personal dignity'], reasons: 'x' },
    outcome: 'Progress to support planning or services',
    reasons: 'x',
    eligibleNeeds: 'Eligible needs identified',
  },
};

describe('wishes', () => {
  const wishes: RecordWishesData = { ...ids, wantsMet: 'all of them', needs: [], couldBeDone: 'Meals at noon.' };
  it('are asked where needs are eligible, before means', () =>
    spec
      .given(eligible)
      .when(RecordWishes, wishes)
      .then({ type: 'assessment.wishes-recorded.v1', data: { ...wishes, determinedBy: DECISION } }));
  it('name the decision that they follow, unless a return told of it', () => {
    const data = assessed('Eligible needs identified');
    const corrected: AssessmentEvent = {
      type: 'assessment.assessment-corrected.v1',
      data: { ...data, completedOn: '2026-02-02' },
    };
    const returned: AssessmentEvent = {
      type: 'assessment.assessment-completed.v1',
      data: { ...data, row: { clientType: 'Service user' } },
    };
    const follows = (determinedBy?: string): AssessmentEvent => ({
      type: 'assessment.wishes-recorded.v1',
      data: { ...wishes, ...(determinedBy && { determinedBy }) },
    });
    spec.given(eligible, corrected).when(RecordWishes, wishes).then(follows(DECISION));
    spec.given(carers).when(RecordWishes, wishes).then(follows(DECISION));
    spec.given(returned).when(RecordWishes, wishes).then(follows());
  });
  it('follow the decision, and only one for eligible needs', () => {
    spec.when(RecordWishes, wishes).thenRefused('eligibility-is-decided-first', { section: 'Care Act 2014 s13(1)' });
    spec.given(notEligible).when(RecordWishes, wishes).thenRefused('some-needs-are-eligible');
    spec.given(eligible).when(RecordWishes, wishes, future).thenRefused('happened-by-today', { field: 'effectiveOn' });
  });
  it('name needs that were found, where it is some', () => {
    const some = { ...wishes, wantsMet: 'some of them' as const };
    const given = spec.given(eligible);
    expect(given.when(RecordWishes, { ...some, needs: ['nutrition'] }).events()).toHaveLength(1);
    given.when(RecordWishes, some).thenRefused('wishes-name-the-needs', { field: 'needs' });
    given.when(RecordWishes, { ...wishes, needs: ['nutrition'] }).thenRefused('wishes-name-the-needs');
    given
      .when(RecordWishes, { ...some, needs: ['nutrition', 'toilet needs', 'a habitable home'] })
      .thenRefused('wishes-name-the-needs', {
        field: 'needs',
        message: 'The assessment did not find these needs: toilet needs, a habitable home.',
      });
  });
  it('of a carer name no outcomes of regulation 2', () => {
    for (const wantsMet of ['all of them', 'some of them'] as const)
      expect(
        spec
          .given(carers)
          .when(RecordWishes, { ...wishes, wantsMet })
          .events(),
      ).toHaveLength(1);
  });
  it('stand beside what could be done', () =>
    spec
      .given(eligible)
      .when(RecordWishes, { ...wishes, couldBeDone: ' ' })
      .thenRefused('what-could-be-done-is-considered', { field: 'couldBeDone' }));
});

describe('ordinary residence', () => {
  const data: EstablishOrdinaryResidenceData = {
    ...ids,
    resident: 'in this council’s area',
    ground: 'chosen and settled there (the ordinary meaning)',
    reasons: 'Her own house since 1971.',
  };
  const given = spec.given(eligible);
  it('is established after the decision', () => {
    given.when(EstablishOrdinaryResidence, data).then({ type: 'assessment.ordinary-residence-established.v1', data });
    spec.when(EstablishOrdinaryResidence, data).thenRefused('eligibility-is-decided-first');
    spec.given(notEligible).when(EstablishOrdinaryResidence, data).thenRefused('some-needs-are-eligible');
  });
  it('has a ground that fits, both ways', () => {
    const none = { ...data, resident: 'no settled residence, and present here' as const };
    given.when(EstablishOrdinaryResidence, none).thenRefused('ground-fits-the-residence', { field: 'ground' });
    given
      .when(EstablishOrdinaryResidence, { ...data, ground: 'no settled residence (s18(1)(a), s20(1))' })
      .thenRefused('ground-fits-the-residence', { section: 'Care Act 2014 s39' });
    expect(
      given.when(EstablishOrdinaryResidence, { ...none, ground: 'no settled residence (s18(1)(a), s20(1))' }).events(),
    ).toHaveLength(1);
  });
  it.each([
    'chosen and settled there (the ordinary meaning)',
    'before being placed in specified accommodation (s39(1))',
    'before a stay in NHS accommodation (s39(5))',
    'an agreement or determination (s40)',
  ] as const)('may be here or elsewhere on the ground: %s', (ground) => {
    const elsewhere = { resident: 'in another council’s area', otherCouncil: 'Otherbury' } as const;
    for (const change of [{}, elsewhere])
      expect(given.when(EstablishOrdinaryResidence, { ...data, ground, ...change }).events()).toHaveLength(1);
    given
      .when(EstablishOrdinaryResidence, { ...data, resident: 'no settled residence, and present here', ground })
      .thenRefused('ground-fits-the-residence', { field: 'ground' });
  });
  it('names another council where it is one, and only then', () => {
    const elsewhere = { ...data, resident: 'in another council’s area' as const };
    given.when(EstablishOrdinaryResidence, elsewhere).thenRefused('other-council-is-named', { field: 'otherCouncil' });
    given
      .when(EstablishOrdinaryResidence, { ...data, otherCouncil: 'Otherbury' })
      .thenRefused('other-council-is-named');
    expect(given.when(EstablishOrdinaryResidence, { ...elsewhere, otherCouncil: 'Otherbury' }).events()).toHaveLength(
      1,
    );
  });
  it('has reasons', () =>
    given
      .when(EstablishOrdinaryResidence, { ...data, reasons: ' ' })
      .thenRefused('residence-has-reasons', { field: 'reasons' }));
});

describe('what is given in writing', () => {
  const data: GiveDecisionInWritingData = {
    ...ids,
    documents: ['the decision on eligibility, with reasons (s13(2))'],
    to: 'the person',
    format: 'easy read',
  };
  it.each([eligible, notEligible])('follows the decision, whichever way it went (%#)', (given) =>
    spec.given(given).when(GiveDecisionInWriting, data).then({ type: 'assessment.decision-given-in-writing.v1', data }),
  );
  it('is something, and follows a decision', () => {
    spec.when(GiveDecisionInWriting, data).thenRefused('eligibility-is-decided-first');
    spec
      .given(eligible)
      .when(GiveDecisionInWriting, { ...data, documents: [] })
      .thenRefused('something-was-given', { field: 'documents' });
  });
});

describe('written advice', () => {
  const data: GiveWrittenAdviceData = {
    ...ids,
    about: ['meeting or reducing the needs', 'preventing or delaying further needs'],
    words: 'A kettle tipper, and the falls class on Tuesdays.',
  };
  it('is given where none of the needs is eligible', () => {
    spec.given(notEligible).when(GiveWrittenAdvice, data).then({ type: 'assessment.written-advice-given.v1', data });
    expect(spec.given(decided('No needs identified')).when(GiveWrittenAdvice, data).events()).toHaveLength(1);
    spec
      .given(eligible)
      .when(GiveWrittenAdvice, data)
      .thenRefused('written-advice-where-none-is-eligible', { section: 'Care Act 2014 s13(5)' });
    spec.when(GiveWrittenAdvice, data).thenRefused('eligibility-is-decided-first');
  });
  it('answers both questions of the law, in words', () => {
    const given = spec.given(notEligible);
    given
      .when(GiveWrittenAdvice, { ...data, about: ['meeting or reducing the needs'] })
      .thenRefused('advice-says-what-can-be-done', { field: 'about' });
    given
      .when(GiveWrittenAdvice, { ...data, words: ' ' })
      .thenRefused('advice-says-what-can-be-done', { field: 'words' });
  });
});

describe('a signpost', () => {
  const data: SignpostToUniversalServiceData = {
    ...ids,
    kind: 'befriending and social groups',
    service: 'Wrenbridge Good Neighbours',
    alternatives: ['Castle Hill Lunch Club'],
  };
  it('belongs to an assessment, whatever was decided', () => {
    spec
      .given(notEligible)
      .when(SignpostToUniversalService, data)
      .then({ type: 'assessment.signposted-to-universal-service.v1', data });
    expect(spec.given(eligible).when(SignpostToUniversalService, data).events()).toHaveLength(1);
    const form = { id: 'adult-self-assessment' as const, version: 1 };
    const offer = { ...ids, subject: 'adult' as const, caresFor: [], form, selfAssessmentOffered: true };
    expect(
      spec
        .given({ type: 'assessment.assessment-offered.v1', data: offer })
        .when(SignpostToUniversalService, data)
        .events(),
    ).toHaveLength(1);
    spec
      .when(SignpostToUniversalService, data)
      .thenRefused('signpost-belongs-to-an-assessment', { field: 'assessmentId' });
  });
  it('leaves a real choice', () =>
    spec
      .given(eligible)
      .when(SignpostToUniversalService, { ...data, alternatives: [data.service] })
      .thenRefused('alternatives-are-others', { field: 'alternatives' }));
});

describe('what follows from the decision', () => {
  const wishes: RecordWishesData = { ...ids, wantsMet: 'all of them', needs: [], couldBeDone: 'Meals at noon.' };
  const documents: GiveDecisionInWritingData['documents'] = ['the assessment (s12(3))'];
  const letter: GiveDecisionInWritingData = { ...ids, documents, to: 'the person', format: 'letter' };
  const advice: GiveWrittenAdviceData = {
    ...ids,
    about: [...adviceAbout],
    words: 'There is a lunch club at noon.',
  };
  const on = (effectiveOn: string, decision: AssessmentEvent) => [
    ...(decision === notEligible
      ? []
      : [spec.given({ ...decision, effectiveOn: '2026-02-10' }).when(RecordWishes, wishes, { effectiveOn })]),
    spec.given({ ...decision, effectiveOn: '2026-02-10' }).when(GiveDecisionInWriting, letter, { effectiveOn }),
  ];
  it('does not come before it, an adult’s or a carer’s', () => {
    for (const decision of [eligible, carers, notEligible]) {
      for (const each of on('2026-02-09', decision))
        each.thenRefused('not-before-the-decision', {
          section: 'Care Act 2014 s13',
          field: 'effectiveOn',
          message: 'Eligibility was decided on 10 February 2026: this follows it.',
        });
      for (const each of on('2026-02-10', decision)) expect(each.events()).toHaveLength(1);
    }
    const advising = (effectiveOn: string) =>
      spec.given({ ...notEligible, effectiveOn: '2026-02-10' }).when(GiveWrittenAdvice, advice, { effectiveOn });
    advising('2026-02-09').thenRefused('not-before-the-decision', { field: 'effectiveOn' });
    expect(advising('2026-02-10').events()).toHaveLength(1);
  });
  it('goes by the day that a correction tells', () => {
    const corrected: AssessmentEvent = {
      type: 'assessment.assessment-corrected.v1',
      data: { ...assessed('Eligible needs identified'), completedOn: '2026-02-05' },
    };
    const given = spec.given({ ...eligible, effectiveOn: '2026-02-10' }, corrected);
    expect(given.when(RecordWishes, wishes, { effectiveOn: '2026-02-05' }).events()).toHaveLength(1);
    given.when(RecordWishes, wishes, { effectiveOn: '2026-02-04' }).thenRefused('not-before-the-decision');
  });
});
