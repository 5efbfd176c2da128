import { describe, expect, it } from '@jest/globals';
import { fold } from '@caretrail/kernel';
import { specification } from '@caretrail/testing';
import {
  AgreeSupportPlan,
  CloseSupportPlan,
  CompleteFivePointCheck,
  GivePlanInWriting,
  MeasureOutcome,
  RecordDissent,
  RequestReview,
  SignSupportPlan,
  type Signature,
  type SupportPlanSignedData,
  StartSupportPlan,
  StatePlanBudget,
  fivePoints,
  instruments,
  planningEvents,
} from '../../contracts/index.js';
import { supportPlanDecider, type SupportPlanEvent } from './support-plan.decider.js';
import {
  agreed,
  agreement,
  allocationId,
  budget,
  closed,
  contributed,
  draft,
  draftAgreed,
  drafted,
  firstLook,
  lineId,
  ofWorker,
  opened,
  otherLineId,
  personId,
  planId,
  protection,
  revised,
  signedByPerson,
  started,
  thePerson,
} from './support-plan.fixture.js';

const spec = specification(supportPlanDecider, planningEvents);
const ofPlan = { planId, personId };
const unmet = (said: object): SupportPlanEvent => ({
  type: 'planning.need-recorded-unmet.v1',
  data: { ...ofPlan, need: 'toilet needs', ...said },
});
type SignedData = Omit<SupportPlanSignedData, 'planId' | 'personId' | 'version'>;
const online: Signature = { signatory: 'person', how: 'online' };
const onPaper: Signature = { signatory: 'person', how: 'on paper' };
const attorney: Signature = {
  signatory: 'representative',
  how: 'on paper',
  representative: {
    representationId: allocationId,
    standing: {
      kind: 'attorney for health and welfare',
      scope: ['assessment', 'support planning'],
      name: 'Example Attorney',
    },
  },
};
/** As it is kept: who signed in which capacity, and not what else they may speak in. */
const attorneyKept: SignedData = {
  signatory: 'representative',
  how: 'on paper',
  representative: {
    representationId: allocationId,
    kind: 'attorney for health and welfare',
    name: 'Example Attorney',
  },
};
const dissented: SupportPlanEvent = {
  type: 'planning.dissent-recorded.v1',
  data: { ...ofPlan, by: 'person', words: 'No.' },
};
const asDrafted = { planId, agreement: 'agreed' as const };
const due = firstLook('2026-03-02', '2026-04-27');
const agreedNow = (change: object = {}): SupportPlanEvent =>
  ({ ...draftAgreed, effectiveOn: undefined, data: { ...draftAgreed.data, ...change } }) as SupportPlanEvent;
const without = ({ effectiveOn: _, ...event }: SupportPlanEvent) => event as SupportPlanEvent;

describe('the council signs', () => {
  it('what was drafted, and the first look is due in eight weeks', () =>
    spec
      .given(...draft)
      .when(AgreeSupportPlan, asDrafted)
      .then(without(agreedNow()), due));
  it('one draft: not lines beside it', () => {
    spec
      .given(...draft)
      .when(AgreeSupportPlan, agreement)
      .thenRefused('one-draft', { field: 'lines' });
    spec
      .given(...draft)
      .when(AgreeSupportPlan, { ...asDrafted, notMet: [] })
      .thenRefused('one-draft', { section: 'Care Act 2014 s25(1)', field: 'notMet' });
  });
  it('the lines that were brought, whole, with none of a need', () =>
    spec
      .given(opened)
      .when(AgreeSupportPlan, {
        ...asDrafted,
        notMet: ['nutrition', 'toilet needs'].map((need) => ({ need, reason: 'the person declined' as const })),
      })
      .then(
        without(
          agreedNow({
            lines: [],
            notMet: ['nutrition', 'toilet needs'].map((need) => ({ need, reason: 'the person declined' })),
          }),
        ),
        due,
      ));
  it('nothing while a duty is open, also where a line stands beside it', () => {
    spec
      .given(opened, contributed(drafted))
      .when(AgreeSupportPlan, asDrafted)
      .thenRefused('every-need-met-or-lawfully-not', { field: 'lines' });
    spec
      .given(...draft, unmet({ openBecause: 'other' }))
      .when(AgreeSupportPlan, asDrafted)
      .thenRefused('every-need-met-or-lawfully-not');
  });
  it('once a line closes the duty that was open', () =>
    spec
      .given(opened, contributed(drafted), unmet({ openBecause: 'other' }), contributed(ofWorker))
      .when(AgreeSupportPlan, asDrafted)
      .then(without(agreedNow()), due));
  it('once a changed line closes the duty that was open', () =>
    spec
      .given(...draft, unmet({ openBecause: 'other' }), {
        type: 'planning.plan-line-changed.v1',
        data: { ...ofPlan, line: ofWorker },
      })
      .when(AgreeSupportPlan, asDrafted)
      .then(without(agreedNow()), due));
  it('with the lawful reason, and on what it rests', () => {
    const nhs = { reason: 'another power or bar (s21–s23)', basis: 'the NHS has to provide it (s22)' };
    const [event] = spec
      .given(opened, contributed(drafted), unmet({ ...nhs, words: 'Letter of the board.' }))
      .when(AgreeSupportPlan, asDrafted)
      .events();
    expect(event?.data).toMatchObject({ notMet: [{ need: 'toilet needs', ...nhs }] });
    expect(event?.data).toHaveProperty('notMet.0', { need: 'toilet needs', ...nhs });
  });
  it('no reason without its basis', () =>
    spec
      .given(opened)
      .when(AgreeSupportPlan, {
        ...agreement,
        lines: [agreement.lines[0]!],
        notMet: [{ need: 'toilet needs', reason: 'not asked for' }],
      })
      .thenRefused('reason-has-its-basis', {
        section: 'Care Act 2014 s18(3)–(4), s20(3), s21–s23',
        field: 'notMet.0.basis',
      }));
  it('no restriction that has ended', () => {
    const restricted = {
      ...ofWorker,
      purpose: 'protection' as const,
      protection: { ...protection, expiresOn: '2026-03-01' },
    };
    const history = [opened, contributed(drafted), contributed(restricted)] as const;
    spec
      .given(...history)
      .when(AgreeSupportPlan, asDrafted)
      .thenRefused('no-protection-expired', {
        section: 'Care Act 2014 s1(3)(h)',
        field: 'lines.1.protection.expiresOn',
      });
    expect(
      spec
        .given(...history)
        .when(AgreeSupportPlan, asDrafted, { effectiveOn: '2026-03-01' })
        .events(),
    ).toHaveLength(2);
  });
  it('over recorded dissent only as dissent, with the steps taken', () => {
    spec
      .given(...draft, dissented)
      .when(AgreeSupportPlan, asDrafted)
      .thenRefused('dissent-is-not-agreement', { section: 'Care Act 2014 s25(5)', field: 'agreement' });
    expect(
      spec
        .given(...draft, dissented)
        .when(AgreeSupportPlan, { ...asDrafted, agreement: 'dissents', stepsToAgree: 'Met twice.' })
        .events(),
    ).toHaveLength(2);
  });
  it('with the dissent of a carer, which is not the person’s', () =>
    expect(
      spec
        .given(...draft, { ...dissented, data: { ...dissented.data, by: 'carer' } })
        .when(AgreeSupportPlan, asDrafted)
        .events(),
    ).toHaveLength(2));
  it('with the person’s side, who then agree after all', () =>
    spec
      .given(...draft, dissented)
      .when(AgreeSupportPlan, { ...asDrafted, signature: attorney })
      .then(
        { type: 'planning.support-plan-signed.v1', data: { ...ofPlan, version: 1, ...attorneyKept } },
        without(agreedNow()),
        due,
      ));
  it('not as dissent what the person’s side signed', () => {
    const over = { ...asDrafted, agreement: 'dissents' as const, stepsToAgree: 'Met twice.' };
    spec
      .given(...draft, signedByPerson(1))
      .when(AgreeSupportPlan, over)
      .thenRefused('signature-is-agreement', { section: 'Care Act 2014 s25(5)', field: 'agreement' });
    spec
      .given(...draft)
      .when(AgreeSupportPlan, { ...over, signature: onPaper })
      .thenRefused('signature-is-agreement');
  });
  it('not twice, and not a plan that has ended', () => {
    spec
      .given(...draft, draftAgreed, started)
      .when(AgreeSupportPlan, asDrafted)
      .thenRefused('agreed-once');
    spec
      .given(...draft, closed)
      .when(AgreeSupportPlan, asDrafted)
      .thenRefused('plan-is-not-closed');
  });
  it('the next version after a revision, against its own budget', () => {
    const budget = { costPencePerWeek: 50_000, personPaysPencePerWeek: 10_000, councilPaysPencePerWeek: 40_000 };
    const dearer = contributed({ ...drafted, lineId: allocationId, weeklyPence: 8_770 });
    const open = { ...revised, data: { ...revised.data, budget } } as SupportPlanEvent;
    const [event] = spec
      .given(...draft, draftAgreed, started, open, dearer)
      .when(AgreeSupportPlan, asDrafted)
      .events();
    expect(event?.data).toMatchObject({ version: 2, budget });
    spec
      .given(...draft, draftAgreed, started, revised, dearer)
      .when(AgreeSupportPlan, asDrafted)
      .thenRefused('lines-within-the-budget');
  });
  it('again what was brought whole, line by line or whole', () => {
    expect(spec.given(opened, agreed, revised).when(AgreeSupportPlan, asDrafted).events()[0]?.data).toMatchObject({
      version: 2,
      lines: agreement.lines,
    });
    expect(spec.given(opened, agreed, revised).when(AgreeSupportPlan, agreement).events()).toHaveLength(2);
  });
});

describe('the person’s side signs', () => {
  const signed = (signature: Signature | SignedData, version = 1): SupportPlanEvent => ({
    type: 'planning.support-plan-signed.v1',
    data: { ...ofPlan, version, ...signature },
  });
  it('online, for themselves', () =>
    spec
      .given(...draft)
      .when(SignSupportPlan, { planId, ...online }, thePerson)
      .then(signed(online)));
  it('by a representative, through staff', () =>
    spec
      .given(...draft)
      .when(SignSupportPlan, { planId, ...attorney })
      .then(signed(attorneyKept)));
  it('by a representative with a record of their own, whose name the directory knows', () => {
    const standing = { kind: 'informal', scope: ['support planning'], personId };
    spec
      .given(...draft)
      .when(SignSupportPlan, { planId, ...attorney, representative: { representationId: allocationId, standing } })
      .then(
        signed({ ...attorneyKept, representative: { representationId: allocationId, kind: 'informal', personId } }),
      );
  });
  it('the version that was agreed, afterwards, also where a restriction in it has ended since', () => {
    const restricted = { ...drafted, purpose: 'protection', protection: { ...protection, expiresOn: '2026-02-20' } };
    for (const history of [draft, [opened, contributed(restricted as typeof drafted), contributed(ofWorker)]])
      spec
        .given(...history, draftAgreed)
        .when(SignSupportPlan, { planId, ...onPaper })
        .then(signed(onPaper));
  });
  it('once they agree after all, and then it is no dissent any more', () =>
    spec
      .given(...draft, dissented, signedByPerson(1))
      .when(AgreeSupportPlan, asDrafted)
      .then(without(agreedNow()), due));
  it('nothing while a duty is open', () => {
    spec
      .given(opened)
      .when(SignSupportPlan, { planId, ...onPaper })
      .thenRefused('every-need-met-or-lawfully-not');
    spec.when(SignSupportPlan, { planId, ...onPaper }).thenRefused('budget-first');
    spec
      .given(...draft, draftAgreed, revised, unmet({ openBecause: 'other' }))
      .when(SignSupportPlan, { planId, ...onPaper })
      .thenRefused('every-need-met-or-lawfully-not');
  });
  it('once for each version', () => {
    spec
      .given(...draft, signedByPerson(1))
      .when(SignSupportPlan, { planId, ...onPaper })
      .thenRefused('signed-once', { section: 'Care Act 2014 s25(5)' });
    spec
      .given(...draft, signedByPerson(1))
      .when(AgreeSupportPlan, { ...asDrafted, signature: onPaper })
      .thenRefused('signed-once');
    spec
      .given(...draft, signedByPerson(1), draftAgreed, revised)
      .when(SignSupportPlan, { planId, ...onPaper })
      .then(signed(onPaper, 2));
  });
  it.each<[string, SupportPlanEvent]>([
    ['a line', contributed({ ...drafted, lineId: 'x', weeklyPence: 0 })],
    [
      'a changed line',
      { type: 'planning.plan-line-changed.v1', data: { ...ofPlan, line: { ...ofWorker, action: 'Three' } } },
    ],
    [
      'a withdrawn line',
      { type: 'planning.plan-line-withdrawn.v1', data: { ...ofPlan, lineId: 'y', need: 'nutrition' } },
    ],
    ['an unmet need', unmet({ reason: 'the person declined' })],
    ['a need that is met again', { type: 'planning.unmet-need-withdrawn.v1', data: { ...ofPlan, need: 'nutrition' } }],
    ['dissent', dissented],
  ])('and %s afterwards makes it void', (_, change) =>
    spec
      .given(...draft, signedByPerson(1), change)
      .when(SignSupportPlan, { planId, ...onPaper })
      .then(signed(onPaper)),
  );
  it('names a representative who stands in the register, and none for the person', () => {
    const unknown = { ...attorney, representative: { representationId: allocationId } };
    const refusal = { section: 'Care Act 2014 s25(3), s25(5)', field: 'representative.representationId' };
    spec
      .given(...draft)
      .when(SignSupportPlan, { planId, ...unknown })
      .thenRefused('representative-by-authority', refusal);
    spec
      .given(...draft)
      .when(SignSupportPlan, { planId, signatory: 'representative', how: 'on paper' })
      .thenRefused('representative-by-authority', refusal);
    spec
      .given(...draft)
      .when(AgreeSupportPlan, { ...asDrafted, signature: unknown })
      .thenRefused('representative-by-authority', { ...refusal, field: 'signature.representative.representationId' });
    spec
      .given(...draft)
      .when(SignSupportPlan, { planId, ...attorney, signatory: 'person' })
      .thenRefused('representative-by-authority', { field: 'representative' });
  });
  it('not by a representative who may speak in something else alone', () => {
    const standing = { kind: 'appointee for benefits', scope: ['financial assessment'], name: 'Example Appointee' };
    const appointee = { ...attorney, representative: { representationId: allocationId, standing } };
    const section = 'Care Act 2014 s25(3), s25(5); MCA 2005 s9, s16';
    spec
      .given(...draft)
      .when(SignSupportPlan, { planId, ...appointee })
      .thenRefused('representative-may-speak-in-this', { section, field: 'representative.representationId' });
    spec
      .given(...draft)
      .when(AgreeSupportPlan, { ...asDrafted, signature: appointee })
      .thenRefused('representative-may-speak-in-this', {
        section,
        field: 'signature.representative.representationId',
      });
  });
  it('online only for themselves', () => {
    spec
      .given(...draft)
      .when(SignSupportPlan, { planId, ...online })
      .thenRefused('online-by-oneself', { field: 'how' });
    spec
      .given(...draft)
      .when(SignSupportPlan, { planId, ...onPaper }, thePerson)
      .thenRefused('online-by-oneself');
    spec
      .given(...draft)
      .when(SignSupportPlan, { planId, ...attorney, how: 'online' }, thePerson)
      .thenRefused('online-by-oneself');
    spec
      .given(...draft)
      .when(AgreeSupportPlan, { ...asDrafted, signature: online })
      .thenRefused('online-by-oneself', { field: 'signature.how' });
  });
  it('no plan that has ended', () =>
    spec
      .given(...draft, closed)
      .when(SignSupportPlan, { planId, ...onPaper })
      .thenRefused('plan-is-not-closed'));
});

describe('an agreed plan', () => {
  const copy = { planId, to: 'the person' as const, format: 'easy read' as const };
  it('is given in writing', () =>
    spec
      .given(...draft, draftAgreed)
      .when(GivePlanInWriting, copy)
      .then({ type: 'planning.plan-given-in-writing.v1', data: { ...copy, personId, version: 1 } }));
  it('is not given before it is agreed', () => {
    spec
      .given(...draft)
      .when(GivePlanInWriting, copy)
      .thenRefused('agreed-first', { section: 'Care Act 2014 s24(1), s25(9)' });
    spec
      .given(...draft, draftAgreed)
      .when(GivePlanInWriting, copy, { effectiveOn: '2026-01-31' })
      .thenRefused('not-before-the-agreement', { field: 'effectiveOn' });
  });
  it('begins, once', () => {
    spec
      .given(...draft, draftAgreed)
      .when(StartSupportPlan, { planId }, { effectiveOn: '2026-02-01' })
      .then({ type: 'planning.support-plan-started.v1', data: { ...ofPlan, version: 1 } });
    spec
      .given(...draft, draftAgreed, started)
      .when(StartSupportPlan, { planId })
      .thenRefused('started-once');
    spec
      .given(...draft)
      .when(StartSupportPlan, { planId })
      .thenRefused('agreed-first');
    spec
      .given(...draft, draftAgreed, closed)
      .when(StartSupportPlan, { planId })
      .thenRefused('plan-is-not-closed');
  });
  it('ends with its reason in words, once', () => {
    const closing = { planId, reason: 'the person died' as const, words: 'In hospital.' };
    spec
      .given(...draft)
      .when(CloseSupportPlan, closing)
      .then(closed);
    spec
      .given(...draft)
      .when(CloseSupportPlan, { ...closing, words: '' })
      .thenRefused('ending-is-explained', { field: 'words' });
    spec
      .given(...draft, closed)
      .when(CloseSupportPlan, closing)
      .thenRefused('plan-is-not-closed');
    spec.when(CloseSupportPlan, closing).thenRefused('budget-first');
  });
});

describe('the day of what is said and signed', () => {
  const points = fivePoints.map((point) => ({ point, holds: 'yes' as const, reasons: 'Seen at home.' }));
  const { name: instrument, version: instrumentVersion, domains } = instruments[0]!;
  const measure = {
    planId,
    moment: 'before' as const,
    instrument,
    instrumentVersion,
    answeredBy: 'the person' as const,
    levels: domains.map((domain) => ({ domain, level: 1 as const })),
  };
  const closing = { planId, reason: 'the person died' as const, words: 'In hospital.' };
  const said = (effectiveOn: string) => ({
    dissent: spec
      .given(...draft)
      .when(RecordDissent, { planId, by: 'person', words: 'I do not want two workers.' }, { effectiveOn }),
    signature: spec.given(...draft).when(SignSupportPlan, { planId, ...onPaper }, { effectiveOn }),
    agreement: spec.given(...draft).when(AgreeSupportPlan, asDrafted, { effectiveOn }),
    check: spec.given(...draft).when(CompleteFivePointCheck, { planId, answeredBy: 'person', points }, { effectiveOn }),
  });
  const dayBefore = '2026-01-22';
  const today = '2026-03-02';
  const tomorrow = '2026-03-03';

  it('is not before the plan had a budget', () => {
    for (const each of Object.values(said(dayBefore)))
      each.thenRefused('not-before-the-budget', { field: 'effectiveOn', section: 'Care Act 2014 s25(1)(e)' });
    spec
      .given(...draft)
      .when(CloseSupportPlan, closing, { effectiveOn: dayBefore })
      .thenRefused('not-before-the-budget', { field: 'effectiveOn' });
    for (const each of Object.values(said('2026-01-23'))) expect(each.events()).not.toHaveLength(0);
    expect(
      spec
        .given(...draft)
        .when(CloseSupportPlan, closing, { effectiveOn: '2026-01-23' })
        .events(),
    ).toHaveLength(1);
  });
  it('has come', () => {
    for (const each of Object.values(said(tomorrow)))
      each.thenRefused('happened-by-today', {
        field: 'effectiveOn',
        section: 'Care Act 2014 s25',
        message: '3 March 2026 has not come yet: enter the day on which it happened.',
      });
    for (const each of Object.values(said(today))) expect(each.events()).not.toHaveLength(0);
    const inForce = spec.given(opened, agreed);
    const later = { effectiveOn: tomorrow };
    const copy = { planId, to: 'the person', format: 'letter' } as const;
    inForce.when(GivePlanInWriting, copy, later).thenRefused('happened-by-today');
    const request = { planId, reviewId: allocationId, by: 'the person', words: 'Two days are not enough.' } as const;
    inForce.when(RequestReview, request, later).thenRefused('happened-by-today');
    inForce.when(RequestReview, request, { effectiveOn: '2026-01-31' }).thenRefused('not-before-the-agreement');
    expect(inForce.when(RequestReview, request, { effectiveOn: '2026-02-01' }).events()).toHaveLength(1);
  });
  it('of how life was before the support may lie before the budget, and not to come', () => {
    const measuring = (effectiveOn: string) => spec.given(...draft).when(MeasureOutcome, measure, { effectiveOn });
    expect(measuring(dayBefore).events()).toHaveLength(1);
    measuring(tomorrow).thenRefused('happened-by-today', { field: 'effectiveOn' });
  });
  it('is the day of the budget, where that is true from a day to come', () => {
    const toCome = { ...opened, data: { ...opened.data, allocatedOn: '2026-03-09' } };
    const agreeing = (effectiveOn: string) => spec.given(toCome).when(AgreeSupportPlan, agreement, { effectiveOn });
    expect(agreeing('2026-03-09').events()).toHaveLength(2);
    agreeing('2026-03-10').thenRefused('happened-by-today');
    agreeing(today).thenRefused('not-before-the-budget');
  });
});

describe('what decisions know of a plan', () => {
  const folded = (...history: SupportPlanEvent[]) =>
    fold(
      supportPlanDecider,
      history.map((event, at) => ({ ...event, id: `event-${at}`, effectiveOn: event.effectiveOn ?? '2026-03-02' })),
    );
  it('is the stage it has come to', () => {
    const stages = [...draft, draftAgreed, started, revised, draftAgreed, closed].map(
      (_, at, all) => folded(...all.slice(0, at + 1)).stage,
    );
    expect(stages).toEqual(['draft', 'draft', 'draft', 'agreed', 'active', 'under revision', 'active', 'closed']);
    expect(folded(...draft, draftAgreed, revised, started).stage).toBe('under revision');
  });
  it('is each line as it reads now, whatever came first', () => {
    const [one, two] = folded(...draft, contributed({ ...drafted, action: 'Dinner' })).lines;
    expect([one?.lineId, two?.action]).toEqual([otherLineId, 'Dinner']);
    const changed = folded(...draft, {
      type: 'planning.plan-line-changed.v1',
      data: { ...ofPlan, line: { ...drafted, action: 'Tea' } },
    });
    expect(changed.lines.map(({ action }) => action)).toEqual(['Tea', 'Two calls a day']);
    const left = folded(...draft, {
      type: 'planning.plan-line-withdrawn.v1',
      data: { ...ofPlan, lineId, need: 'nutrition' },
    });
    expect(left.lines).toEqual([ofWorker]);
  });
  it('is the newest record of an unmet need, and of others theirs', () => {
    const other = { ...unmet({ reason: 'the person declined' }).data, need: 'nutrition' };
    const { unmet: known } = folded(
      opened,
      { type: 'planning.need-recorded-unmet.v1', data: other } as SupportPlanEvent,
      unmet({ openBecause: 'other' }),
      unmet({ reason: 'the person declined' }),
      contributed(ofWorker),
    );
    expect(known).toEqual([
      { need: 'nutrition', reason: 'the person declined' },
      { need: 'toilet needs', reason: 'the person declined' },
    ]);
  });
  it('is the open duty of a need until a line is for that need', () => {
    const open = unmet({ openBecause: 'other' });
    expect(folded(opened, open, contributed(drafted)).unmet).toEqual([{ need: 'toilet needs', openBecause: 'other' }]);
    expect(folded(opened, open, contributed(ofWorker)).unmet).toEqual([]);
    expect(folded(opened, open, unmet({ openBecause: 'no provider found yet' })).unmet).toEqual([
      { need: 'toilet needs', openBecause: 'no provider found yet' },
    ]);
    const takenBack = folded(opened, open, {
      type: 'planning.unmet-need-withdrawn.v1',
      data: { ...ofPlan, need: 'toilet needs' },
    });
    expect([takenBack.unmet, takenBack.dissent]).toEqual([[], false]);
  });
  it('is the signatures of the versions before, whatever becomes of the draft', () =>
    expect(
      folded(...draft, signedByPerson(1), draftAgreed, revised, signedByPerson(2), contributed(drafted)).signed,
    ).toEqual([1]));
  it('is the lines as they were drafted, with what the agreement does not repeat', () => {
    expect(folded(...draft, draftAgreed).lines).toEqual([drafted, ofWorker]);
    const declined = { need: 'nutrition', reason: 'the person declined' as const };
    expect(folded(opened, agreedNow({ lines: [], notMet: [declined] })).unmet).toEqual([declined]);
  });
  it('is the next version also where the agreement does not number it', () => {
    const unnumbered = { ...agreed, data: { ...agreed.data, version: undefined } } as SupportPlanEvent;
    expect([folded(opened, unnumbered).version, folded(opened, unnumbered, revised, unnumbered).version]).toEqual([
      1, 2,
    ]);
  });
  it('is which reviews are asked for, made, and acted upon', () => {
    const asked = (id: string): SupportPlanEvent => ({
      type: 'planning.review-requested.v1',
      data: { ...ofPlan, reviewId: id, by: 'the person', words: 'It does not fit.' },
    });
    const made = (id: string, consequence?: 'the plan is revised'): SupportPlanEvent => ({
      type: 'planning.review-completed.v1',
      data: {
        ...ofPlan,
        reviewId: id,
        reason: 'Unplanned: Other reason',
        method: 'Service user only',
        startedOn: '2026-02-27',
        outcome: 'Continuation of support or services',
        outcomesAchieved: 'Fully met',
        ...(consequence && { consequence, version: 1 }),
      },
    });
    const declined: SupportPlanEvent = {
      type: 'planning.review-request-declined.v1',
      data: { ...ofPlan, reviewId: lineId, reasons: 'The same again.' },
    };
    const known = folded(opened, agreed, asked(lineId), asked(otherLineId), asked(allocationId), declined);
    expect([known.requests, known.reviews]).toEqual([[otherLineId, allocationId], []]);
    const { requests, reviews } = folded(
      ...[opened, agreed, asked(otherLineId), asked(allocationId)],
      ...[made(otherLineId, 'the plan is revised'), made(lineId)],
      { ...revised, data: { ...revised.data, reviewId: otherLineId } } as SupportPlanEvent,
    );
    expect(requests).toEqual([allocationId]);
    expect(reviews).toEqual([
      { reviewId: otherLineId, consequence: 'the plan is revised', acted: true },
      { reviewId: lineId, consequence: 'the plan goes on as it is', acted: false },
    ]);
  });
  it.each<[SupportPlanEvent]>([
    [{ type: 'planning.about-person-recorded.v1', data: { ...ofPlan, circle: [], independentLiving: [] } }],
    [{ type: 'planning.options-offered.v1', data: { ...ofPlan, need: 'nutrition', options: [], chosenBy: 'person' } }],
    [
      {
        type: 'planning.plan-given-in-writing.v1',
        data: { ...ofPlan, version: 1, to: 'the person', format: 'easy read' },
      },
    ],
    [
      {
        type: 'planning.five-point-check-completed.v1',
        data: { ...ofPlan, version: 1, answeredBy: 'person', points: [] },
      },
    ],
    [
      {
        type: 'planning.outcome-measured.v1',
        data: {
          ...ofPlan,
          moment: 'before',
          instrument: 'x',
          instrumentVersion: '1',
          answeredBy: 'the person',
          levels: [],
        },
      },
    ],
    [{ type: 'planning.changes-found-at-review.v1', data: { ...ofPlan, reviewId: lineId, whatChanged: 'Nothing.' } }],
  ])('is not changed by what is only told: %j', (told) =>
    expect(folded(...draft, signedByPerson(1), told)).toEqual(folded(...draft, signedByPerson(1))),
  );
  it('is a line with an id of its own also where the lines were brought whole', () => {
    const { lines, draftedHere } = folded(opened, agreed);
    expect(lines.map((each) => [each.lineId, each.purpose, each.writtenBy])).toEqual([
      ['0b0f0000-0000-4000-8000-000000000001', 'benefit', undefined],
      ['0b0f0000-0000-4000-8000-000000000002', 'benefit', undefined],
    ]);
    expect(draftedHere).toBe(false);
  });
});

/** As events are folded: with an id and a day. */
const at = (events: readonly SupportPlanEvent[]) =>
  events.map((event, nth) => ({ effectiveOn: '2026-02-01', ...event, id: `event-${nth}` }));

describe('what lines cost once', () => {
  const stated = (pence: number): SupportPlanEvent => ({
    type: 'planning.personal-budget-stated.v1',
    data: {
      ...ofPlan,
      budget: {
        ...budget,
        oneOff: pence ? [{ purpose: 'a raised chair', pence, personPaysPence: 0, councilPaysPence: pence }] : [],
      },
    },
  });
  const chair = { ...drafted, oneOffPence: 18_000 };
  const withChair = [opened, contributed(chair), contributed(ofWorker)];
  const refusal = { section: 'Care Act 2014 s25(1)(e), s26(1)', field: 'lines' };

  it('is held against the one-off sums of the statement to the penny, and not against what is paid weekly', () => {
    spec
      .given(...withChair, stated(17_999))
      .when(AgreeSupportPlan, asDrafted)
      .thenRefused('one-off-lines-within-the-statement', {
        ...refusal,
        message:
          'What the lines cost once is £180.00, the statement of the personal budget has one-off sums of £179.99.',
      });
    const [agreedOnce] = spec
      .given(...withChair, stated(18_000))
      .when(AgreeSupportPlan, asDrafted)
      .events();
    expect(agreedOnce?.data).toMatchObject({
      lines: [{ oneOffPence: 18_000, weeklyPence: 4000 }, { weeklyPence: 37230 }],
      budget: { oneOff: [{ pence: 18_000 }] },
    });
  });
  it('is nothing where no statement has one-off sums', () => {
    for (const history of [withChair, [...withChair, stated(0)]])
      spec
        .given(...history)
        .when(SignSupportPlan, { planId, ...onPaper })
        .thenRefused('one-off-lines-within-the-statement', refusal);
  });
  it('is paid when its version was agreed, whatever a later statement says', () => {
    const history = [
      ...withChair,
      stated(18_000),
      { ...draftAgreed, data: { ...draftAgreed.data, budget } } as SupportPlanEvent,
      revised,
      stated(0),
    ];
    expect(
      spec
        .given(...history)
        .when(AgreeSupportPlan, asDrafted)
        .events(),
    ).toHaveLength(2);
    const dearer: SupportPlanEvent = {
      type: 'planning.plan-line-changed.v1',
      data: { ...ofPlan, line: { ...chair, oneOffPence: 18_001 } },
    };
    spec
      .given(...history, dearer)
      .when(AgreeSupportPlan, asDrafted)
      .thenRefused('one-off-lines-within-the-statement', refusal);
  });
  it('is never less than nothing', () =>
    spec
      .given(opened)
      .when(AgreeSupportPlan, {
        ...agreement,
        lines: agreement.lines.map((each) => ({ ...each, oneOffPence: -1 })),
      })
      .thenRefused('no-line-below-nothing', { field: 'lines.0.oneOffPence' }));
});

describe('the statement of the budget', () => {
  const statement = { ...budget, oneOff: [] };
  const state = (changes: object = {}) => ({ planId, personId, budget: { ...statement, ...changes } });
  const stated = (changes: object = {}): SupportPlanEvent => ({
    type: 'planning.personal-budget-stated.v1',
    data: state(changes),
  });

  it('stands in the plan, once, also where it comes before the opening', () => {
    spec.given(opened).when(StatePlanBudget, state()).then(stated());
    spec.given(opened, stated()).when(StatePlanBudget, state()).thenNothing();
    spec.when(StatePlanBudget, state()).then(stated());
    const early = stated({ costPencePerWeek: 1, councilPaysPencePerWeek: -1 });
    expect(fold(supportPlanDecider, at([early, opened])).budget).toEqual({
      ...statement,
      costPencePerWeek: 1,
      councilPaysPencePerWeek: -1,
    });
  });
  it('does not enter a plan that has ended', () =>
    spec.given(opened, closed).when(StatePlanBudget, state()).thenRefused('plan-is-not-closed'));
  it('voids a signature under other amounts, and none under the same', () => {
    const signedUnder = (changes: object) =>
      fold(supportPlanDecider, at([...draft, signedByPerson(1), stated(changes)])).signed;
    expect(signedUnder({})).toEqual([1]);
    expect(signedUnder({ personPaysPencePerWeek: 6231, councilPaysPencePerWeek: 34999 })).toEqual([]);
  });
});
