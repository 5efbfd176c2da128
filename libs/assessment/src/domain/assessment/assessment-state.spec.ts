import { describe, expect, it } from '@jest/globals';
import { fold } from '@caretrail/kernel';
import type { CompleteAssessmentData } from '../../contracts/index.js';
import { assessmentDecider, type AssessmentEvent } from './assessment.decider.js';

const assessmentId = '0b0f0000-0000-4000-8000-000000000001';
const personId = '0b0f0000-0000-4000-8000-000000000002';
const ids = { assessmentId, personId };
const form = { id: 'adult-self-assessment', version: 1 } as const;
const offered: AssessmentEvent = {
  type: 'assessment.assessment-offered.v1',
  data: { ...ids, subject: 'adult', caresFor: [], form, selfAssessmentOffered: true },
};
const started: AssessmentEvent = { type: 'assessment.assessment-started.v1', data: { ...ids, subject: 'adult' } };
const work: CompleteAssessmentData = {
  ...ids,
  kind: 'Long term assessment',
  method: 'Service user only',
  startedOn: '2026-02-16',
  outcome: 'NFA: Other',
  findings: [],
  arisesFromImpairment: true,
  impactOnWellbeing: { significant: false, reasons: 'None.' },
  reasons: 'None.',
};
const recorded: AssessmentEvent = {
  type: 'assessment.assessor-answers-recorded.v1',
  data: { ...ids, form, answers: [] },
};
const differed = (question: string, personsReasons?: string): AssessmentEvent => ({
  type: 'assessment.assessor-answer-differed.v1',
  data: {
    ...ids,
    question,
    personSaid: 'able',
    assessorSaid: 'takes much longer',
    assessorsReasons: 'Seen at home.',
    ...(personsReasons && { personsReasons }),
  },
});
const folded = (...history: AssessmentEvent[]) =>
  fold(
    assessmentDecider,
    history.map((event, at) => ({ ...event, id: `event-${at + 1}`, effectiveOn: event.effectiveOn ?? '2026-03-02' })),
  );

describe('what decisions know of an assessment', () => {
  it('is what was offered', () =>
    expect(folded(offered)).toEqual({
      progress: 'offered',
      subject: 'adult',
      personId,
      form,
      selfAssessment: { offered: true },
    }));

  it('is how far it has come, with what it knew before', () => {
    const history: AssessmentEvent[] = [
      offered,
      started,
      {
        type: 'assessment.assessment-submitted.v1',
        data: { ...work, completedOn: '2026-02-27', submittedBy: 'practitioner-1' },
      },
      {
        type: 'assessment.assessment-returned.v1',
        data: { ...ids, reasons: 'More.', submittedBy: 'practitioner-1' },
      },
      { type: 'assessment.assessment-completed.v1', data: { ...work, eligibleNeeds: 'No needs identified' } },
      { type: 'assessment.assessment-superseded.v1', data: { ...ids, by: personId, reason: 'needs have changed' } },
    ];
    const states = history.map((_, at) => folded(...history.slice(0, at + 1)));
    expect(states.map(({ progress }) => progress)).toEqual([
      ...['offered', 'in progress', 'submitted', 'returned', 'completed', 'superseded'],
    ]);
    for (const state of states) expect(state).toMatchObject({ subject: 'adult', personId, form });
    expect(states.at(-1)).toMatchObject({
      standing: { completedOn: '2026-03-02', eligibleNeeds: 'No needs identified' },
      submission: { submittedBy: 'practitioner-1' },
      eventId: 'event-5',
    });
  });

  it('is the newest that a return told, complete from then on', () =>
    expect(
      folded({
        type: 'assessment.assessment-corrected.v1',
        data: {
          ...ids,
          kind: 'Long term assessment',
          method: 'Service user only',
          startedOn: '2025-04-01',
          completedOn: '2025-04-20',
          outcome: 'NFA: Other',
          findings: [],
        },
      }),
    ).toMatchObject({ progress: 'completed', standing: { completedOn: '2025-04-20' }, eventId: 'event-1' }));

  it('is a carer’s where a carer was assessed, also without an offer', () =>
    expect(
      folded({
        type: 'assessment.carer-assessed.v1',
        data: {
          ...ids,
          caresFor: [assessmentId],
          startedOn: '2026-02-01',
          arisesFromCaring: true,
          healthAtRisk: true,
          findings: [],
          able: 'partly',
          willing: 'yes',
          impactOnWellbeing: { significant: true, areas: [], reasons: 'x' },
          outcome: 'NFA: Other',
          reasons: 'x',
          eligibleNeeds: 'Eligible needs identified',
        },
      }),
    ).toMatchObject({ progress: 'completed', subject: 'carer', carer: { healthAtRisk: true }, eventId: 'event-1' }));

  it('is each difference with the reasons of both, until the answers are recorded anew', () => {
    const told = { personSaid: 'able', assessorSaid: 'takes much longer', assessorsReasons: 'Seen at home.' };
    const answered: AssessmentEvent = {
      type: 'assessment.difference-answered.v1',
      data: { ...ids, question: 'nutrition', personsReasons: 'On most days I cannot.' },
    };
    const history = [offered, recorded, differed('nutrition'), differed('clothing', 'Buttons.')];
    expect(folded(...history).differences).toEqual({
      nutrition: told,
      clothing: { ...told, personsReasons: 'Buttons.' },
    });
    expect(folded(...history).differences!.nutrition).not.toHaveProperty('personsReasons');
    expect(folded(...history, answered).differences).toEqual({
      nutrition: { ...told, personsReasons: 'On most days I cannot.' },
      clothing: { ...told, personsReasons: 'Buttons.' },
    });
    expect(folded(...history, recorded)).toEqual({ ...folded(offered), differences: {} });
    expect(folded(offered, answered)).toEqual(folded(offered));
    expect(folded(offered, recorded, answered).differences).toEqual({});
  });

  it.each<[AssessmentEvent]>([
    [{ type: 'assessment.assessment-approved.v1', data: { ...ids, submittedBy: 'practitioner-1' } }],
    [
      {
        type: 'assessment.wishes-recorded.v1',
        data: { ...ids, wantsMet: 'all of them', needs: [], couldBeDone: 'Meals.' },
      },
    ],
    [
      {
        type: 'assessment.ordinary-residence-established.v1',
        data: {
          ...ids,
          resident: 'in this council’s area',
          ground: 'chosen and settled there (the ordinary meaning)',
          reasons: 'Her house.',
        },
      },
    ],
    [
      {
        type: 'assessment.decision-given-in-writing.v1',
        data: { ...ids, documents: [], to: 'the person', format: 'easy read' },
      },
    ],
    [{ type: 'assessment.written-advice-given.v1', data: { ...ids, about: [], words: 'A class on Tuesdays.' } }],
    [
      {
        type: 'assessment.signposted-to-universal-service.v1',
        data: { ...ids, kind: 'befriending and social groups', service: 'A club', alternatives: [] },
      },
    ],
  ])('is not changed by what is only told: %j', (told) =>
    expect(folded(offered, started, told)).toEqual(folded(offered, started)),
  );
});
