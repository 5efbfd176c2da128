import { describe, expect, it } from '@jest/globals';
import { type SupportPlanEvent } from '../domain/support-plan/support-plan.decider.js';
import {
  contributed,
  draft,
  draftAgreed,
  drafted,
  lineId,
  opened,
  otherLineId,
  personId,
  planId,
  protection,
  requested,
  reviewId,
  revised,
  signedByPerson,
  started,
} from '../domain/support-plan/support-plan.fixture.js';
import { fivePointTrend, measuresByInstrument, restrictionOf } from '../http/plan-words.js';
import { coProductionOf, readPlan } from './support-plan.reading.js';

const ofPlan = { planId, personId };
const read = (...events: SupportPlanEvent[]) =>
  readPlan(
    events.map((event, at) => ({
      ...event,
      id: `event-${at}`,
      effectiveOn: event.effectiveOn ?? '2026-03-02',
      actorId: at % 2 ? 'nadia' : 'pat',
      actorRole: at % 2 ? 'practitioner' : 'person',
    })),
  )?.plan;

describe('a plan as it is read', () => {
  it('is not there before it was opened', () => expect(read()).toBeUndefined());

  it('keeps each version that was signed off, whole, whatever is drafted after it', () => {
    const dearer = { ...drafted, action: 'Lunch and tea', weeklyPence: 4_500 };
    const changed: SupportPlanEvent = { type: 'planning.plan-line-changed.v1', data: { ...ofPlan, line: dearer } };
    const plan = read(...draft, signedByPerson(1), draftAgreed, started, revised, changed)!;
    expect(plan.versions).toHaveLength(1);
    expect(plan.versions[0]).toMatchObject({ version: 1, signature: { signatory: 'person' } });
    expect(plan.versions[0]!.lines.map(({ action }) => action)).toEqual(['Lunch at the club', 'Two calls a day']);
    expect(plan.lines.map(({ action }) => action)).toEqual(['Lunch and tea', 'Two calls a day']);
    expect(plan).toMatchObject({ stage: 'under revision', version: 2, linesCostPencePerWeek: 41_730 });
    expect(plan).not.toHaveProperty('signature');
  });

  it('says who entered a line and who changed it last', () => {
    const changed: SupportPlanEvent = { type: 'planning.plan-line-changed.v1', data: { ...ofPlan, line: drafted } };
    const lines = read(...draft, changed)!.lines;
    expect(lines.find((line) => line.lineId === lineId)).toMatchObject({
      entered: { actorId: 'nadia', actorRole: 'practitioner' },
      changed: { actorId: 'nadia' },
    });
    expect(lines.find((line) => line.lineId === otherLineId)).not.toHaveProperty('changed');
  });

  it('holds a signature of the draft until the version is agreed', () => {
    expect(read(...draft, signedByPerson(1))).toMatchObject({ signature: { signatory: 'person', on: '2026-03-02' } });
    expect(read(...draft, signedByPerson(1), contributed({ ...drafted, lineId: 'x' }))).not.toHaveProperty('signature');
    expect(read(...draft, signedByPerson(1), draftAgreed)).not.toHaveProperty('signature');
  });

  it('says what became of each request for a review', () => {
    const no: SupportPlanEvent = {
      type: 'planning.review-request-declined.v1',
      data: { ...ofPlan, reviewId, reasons: 'The same as last week.' },
    };
    expect(read(...draft, draftAgreed, requested)!.requests).toMatchObject([{ by: 'the person', actorId: 'pat' }]);
    expect(read(...draft, draftAgreed, requested, no)!.requests[0]).toMatchObject({
      declined: { reasons: 'The same as last week.' },
    });
  });

  it('shares the lines out among those that say whose they are', () => {
    expect(coProductionOf([])).toEqual({ lines: 0, byPerson: 0 });
    expect(coProductionOf([{}, { writtenBy: 'person' }, { writtenBy: 'family' }])).toEqual({
      lines: 3,
      byPerson: 1,
      share: 0.5,
    });
    expect(read(opened)!.coProduction).toEqual({ lines: 0, byPerson: 0 });
  });
});

describe('what a page makes of it', () => {
  it('shows a restriction as ended from the day after its last', () => {
    const line = { ...drafted, purpose: 'protection' as const, protection };
    expect(restrictionOf(drafted, '2026-09-03')).toBeUndefined();
    expect(restrictionOf(line, '2026-09-02')).toMatchObject({ purpose: 'protection', expired: false });
    expect(restrictionOf(line, '2026-09-03')).toMatchObject({ expired: true });
  });

  it('trends the five points in order of the days, with the newest reasons', () => {
    const check = (holds: 'yes' | 'no', on: string) => ({
      version: 1,
      answeredBy: 'person' as const,
      on,
      actorId: 'pat',
      actorRole: 'person',
      points: [{ point: 'ethical principles' as const, holds, reasons: `Seen on ${on}` }],
    });
    expect(fivePointTrend({ fivePointChecks: [check('yes', '2026-06-01'), check('no', '2026-03-01')] })).toMatchObject({
      times: [{ on: '2026-03-01' }, { on: '2026-06-01' }],
      rows: [{ point: 'ethical principles', answers: ['no', 'yes'], reasons: 'Seen on 2026-06-01' }],
      holding: [0, 1],
    });
  });

  it('sets what was measured before beside what was measured after, each instrument and version apart', () => {
    const measure = (instrumentVersion: string, moment: 'before' | 'after', on: string, level: number) => ({
      instrument: 'Quality of life',
      instrumentVersion,
      moment,
      answeredBy: 'the person' as const,
      levels: [{ domain: 'dignity', level }],
      on,
      actorId: 'pat',
      actorRole: 'person',
    });
    const measures = [
      measure('1', 'after', '2026-06-01', 3),
      measure('2', 'after', '2026-06-01', 2),
      measure('1', 'before', '2026-03-01', 1),
    ];
    expect(measuresByInstrument({ measures })).toMatchObject([
      { name: 'Quality of life, version 1', rows: [{ domain: 'dignity', levels: [1, 3], change: 2 }] },
      { name: 'Quality of life, version 2', rows: [{ levels: [2], change: undefined }] },
    ]);
  });
});
