import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  ChangePlanLine,
  ContributePlanLine,
  type DraftedLine,
  OfferOptions,
  RecordAboutPerson,
  RecordDissent,
  RecordNeedUnmet,
  WithdrawPlanLine,
  WithdrawUnmetNeed,
  planningEvents,
} from '../../contracts/index.js';
import { supportPlanDecider } from './support-plan.decider.js';
import {
  agreed,
  closed,
  contributed,
  draft,
  drafted,
  lineId,
  ofWorker,
  opened,
  opening,
  otherLineId,
  personId,
  planId,
  protection,
  revised,
  started,
  thePerson,
} from './support-plan.fixture.js';

const spec = specification(supportPlanDecider, planningEvents);
const ofPlan = { planId, personId };
const writing = (change: Partial<DraftedLine> = {}) => ({ planId, line: { ...drafted, ...change } });
const restricted = (change: Partial<DraftedLine['protection']> = {}): Partial<DraftedLine> => ({
  purpose: 'protection',
  protection: { ...protection, ...change },
});

describe('a line of a plan in the making', () => {
  it('is contributed', () => spec.given(opened).when(ContributePlanLine, writing()).then(contributed(drafted)));
  it('is contributed by the person themselves', () =>
    spec.given(opened).when(ContributePlanLine, writing(), thePerson).then(contributed(drafted)));
  it('needs a budget first', () =>
    spec.when(ContributePlanLine, writing()).thenRefused('budget-first', { section: 'Care Act 2014 s24, s25(1)(e)' }));
  it.each([[[agreed]], [[agreed, started]]])('waits for a review once the plan is agreed', (history) =>
    spec
      .given(opened, ...history)
      .when(ContributePlanLine, writing())
      .thenRefused('change-needs-a-review', { section: 'Care Act 2014 s27' }),
  );
  it('can be written while the plan is under revision', () =>
    spec.given(opened, agreed, revised).when(ContributePlanLine, writing()).then(contributed(drafted)));
  it('is not written into a plan that has ended', () =>
    spec.given(opened, closed).when(ContributePlanLine, writing()).thenRefused('plan-is-not-closed'));
  it('is for an eligible need', () =>
    spec
      .given(opened)
      .when(ContributePlanLine, writing({ need: 'a habitable home' }))
      .thenRefused('only-eligible-needs', { field: 'line.need' }));
  it('may be for any need where a return names none', () =>
    expect(
      spec
        .given({ ...opened, data: { ...opening, needs: [] } })
        .when(ContributePlanLine, writing({ need: 'a habitable home' }))
        .events(),
    ).toHaveLength(1));
  it('says what is done', () =>
    spec
      .given(opened)
      .when(ContributePlanLine, writing({ action: ' ' }))
      .thenRefused('line-says-what-is-done', { field: 'line.action' }));
  it.each([undefined, ' '])('is in own words where it is the person’s (%j)', (inOwnWords) =>
    spec
      .given(opened)
      .when(ContributePlanLine, writing({ inOwnWords }))
      .thenRefused('own-lines-in-own-words', { section: 'Care Act 2014 s25(3)', field: 'line.inOwnWords' }),
  );
  it('needs no own words of a worker', () =>
    spec.given(opened).when(ContributePlanLine, { planId, line: ofWorker }).then(contributed(ofWorker)));
  it('is the person’s own where the person writes it', () =>
    spec
      .given(opened)
      .when(ContributePlanLine, { planId, line: ofWorker }, thePerson)
      .thenRefused('person-writes-own-lines', { field: 'line.writtenBy' }));
  it('is not contributed twice', () =>
    spec
      .given(...draft)
      .when(ContributePlanLine, writing())
      .thenRefused('line-is-new', { field: 'line.lineId' }));

  it('is changed as a whole', () =>
    spec
      .given(...draft)
      .when(ChangePlanLine, writing({ weeklyPence: 1 }))
      .then({ type: 'planning.plan-line-changed.v1', data: { ...ofPlan, line: { ...drafted, weeklyPence: 1 } } }));
  it('is not changed by saying the same again', () =>
    spec
      .given(...draft)
      .when(ChangePlanLine, writing())
      .thenNothing());
  it('is changed only where it is there', () =>
    spec.given(opened).when(ChangePlanLine, writing()).thenRefused('line-is-there', { field: 'line.lineId' }));
  it('of another is not taken over by the person', () =>
    spec
      .given(...draft)
      .when(ChangePlanLine, writing({ lineId: otherLineId }), thePerson)
      .thenRefused('person-writes-own-lines'));
  it('of their own is changed by the person', () =>
    expect(
      spec
        .given(...draft)
        .when(ChangePlanLine, writing({ action: 'Lunch at home' }), thePerson)
        .events(),
    ).toHaveLength(1));

  it('is withdrawn, and what was there stays told', () =>
    spec
      .given(...draft)
      .when(WithdrawPlanLine, { planId, lineId, why: 'The club closed.' })
      .then({
        type: 'planning.plan-line-withdrawn.v1',
        data: { ...ofPlan, lineId, need: 'nutrition', why: 'The club closed.' },
      }));
  it('of anybody is withdrawn by staff, and is the one that was meant', () =>
    spec
      .given(...draft)
      .when(WithdrawPlanLine, { planId, lineId: otherLineId })
      .then({
        type: 'planning.plan-line-withdrawn.v1',
        data: { ...ofPlan, lineId: otherLineId, need: 'toilet needs' },
      }));
  it('is withdrawn once', () =>
    spec
      .given(...draft, { type: 'planning.plan-line-withdrawn.v1', data: { ...ofPlan, lineId, need: 'nutrition' } })
      .when(WithdrawPlanLine, { planId, lineId })
      .thenRefused('line-is-there', { field: 'lineId' }));
  it('of another is not withdrawn by the person', () =>
    spec
      .given(...draft)
      .when(WithdrawPlanLine, { planId, lineId: otherLineId }, thePerson)
      .thenRefused('person-writes-own-lines', { section: 'Care Act 2014 s25(3)', field: 'lineId' }));
  it('of their own is withdrawn by the person', () =>
    expect(
      spec
        .given(...draft)
        .when(WithdrawPlanLine, { planId, lineId }, thePerson)
        .events(),
    ).toHaveLength(1));
});

describe('a line that is not for the person’s benefit', () => {
  const refused = (change: Partial<DraftedLine>, rule: string, field: string, on?: string) =>
    spec
      .given(opened)
      .when(ContributePlanLine, writing(change), on ? { effectiveOn: on } : {})
      .thenRefused(rule, { field });
  it('states its ground', () =>
    refused({ purpose: 'behaviour change' }, 'protection-has-its-ground', 'line.protection.legalBasis'));
  it('is taken with its ground', () =>
    spec
      .given(opened)
      .when(ContributePlanLine, writing(restricted()))
      .then(contributed({ ...drafted, ...restricted() })));
  it('is not called a benefit', () =>
    refused({ ...restricted(), purpose: 'benefit' }, 'protection-has-its-ground', 'line.purpose'));
  it('names for whose good it is', () =>
    refused(restricted({ beneficiaryName: ' ' }), 'protection-names-and-weighs', 'line.protection.beneficiaryName'));
  it('says why nothing less will do', () =>
    refused(restricted({ proportionality: '' }), 'protection-names-and-weighs', 'line.protection.proportionality'));
  it.each(['2026-03-01', '2026-03-02', '2027-03-03'])('ends within a year, and not on %s', (expiresOn) =>
    refused(restricted({ expiresOn }), 'protection-ends', 'line.protection.expiresOn'),
  );
  it.each(['2026-03-03', '2027-03-02'])('may end on %s', (expiresOn) =>
    expect(
      spec
        .given(opened)
        .when(ContributePlanLine, writing(restricted({ expiresOn })))
        .events(),
    ).toHaveLength(1),
  );
  it('does not rest on the consent of somebody who objects', () =>
    refused(
      restricted({ legalBasis: 'consent of the person', dissent: 'I do not want it.' }),
      'consent-without-dissent',
      'line.protection.legalBasis',
    ));
  it.each([
    { legalBasis: 'consent of the person' } as const,
    { legalBasis: 'consent of the person', dissent: ' ' } as const,
    { dissent: 'I do not want it.' },
  ])('may rest on consent, or stand over dissent on another ground (%j)', (change) =>
    expect(
      spec
        .given(opened)
        .when(ContributePlanLine, writing(restricted(change)))
        .events(),
    ).toHaveLength(1),
  );
});

describe('a need that is not met', () => {
  const unmet = { planId, need: 'toilet needs' };
  it('is recorded as an open duty, with what keeps it open', () =>
    spec
      .given(opened)
      .when(RecordNeedUnmet, { ...unmet, openBecause: 'no provider found yet', words: 'Six were asked.' })
      .then({
        type: 'planning.need-recorded-unmet.v1',
        data: { ...unmet, personId, openBecause: 'no provider found yet', words: 'Six were asked.' },
      }));
  it.each([{}, { reason: 'the person declined', openBecause: 'other' } as const])(
    'is either lawfully not met or an open duty (%j)',
    (said) =>
      spec
        .given(opened)
        .when(RecordNeedUnmet, { ...unmet, ...said })
        .thenRefused('lawful-reason-or-open-duty', { section: 'Care Act 2014 s18, s24(1)(a)', field: 'reason' }),
  );
  it.each(['not asked for', 'another power or bar (s21–s23)'] as const)(
    'rests on what the section asks: %s',
    (reason) =>
      spec
        .given(opened)
        .when(RecordNeedUnmet, { ...unmet, reason })
        .thenRefused('reason-has-its-basis', { field: 'basis' }),
  );
  it('does not rest on what belongs to another reason', () => {
    const nhs = 'the NHS has to provide it (s22)';
    for (const reason of ['not asked for', 'the person declined'] as const)
      spec
        .given(opened)
        .when(RecordNeedUnmet, { ...unmet, reason, basis: nhs })
        .thenRefused('reason-has-its-basis', { section: 'Care Act 2014 s18(3)–(4), s20(3), s21–s23' });
    expect(
      spec
        .given(opened)
        .when(RecordNeedUnmet, { ...unmet, reason: 'another power or bar (s21–s23)', basis: nhs })
        .events(),
    ).toHaveLength(1);
  });
  it('is an eligible one', () =>
    spec
      .given(opened)
      .when(RecordNeedUnmet, { ...unmet, need: 'a habitable home', reason: 'the person declined' })
      .thenRefused('only-eligible-needs', { field: 'need' }));
  it('is recorded while the plan is made', () =>
    spec
      .given(opened, agreed)
      .when(RecordNeedUnmet, { ...unmet, reason: 'the person declined' })
      .thenRefused('change-needs-a-review'));
  it('is taken back', () =>
    spec
      .given(opened, { type: 'planning.need-recorded-unmet.v1', data: { ...unmet, personId, openBecause: 'other' } })
      .when(WithdrawUnmetNeed, unmet)
      .then({ type: 'planning.unmet-need-withdrawn.v1', data: { ...unmet, personId } }));
  it('is taken back only where it was recorded', () => {
    const other = { ...unmet, need: 'nutrition', personId, openBecause: 'other' as const };
    for (const history of [[], [{ type: 'planning.need-recorded-unmet.v1', data: other } as const]])
      spec
        .given(opened, ...history)
        .when(WithdrawUnmetNeed, unmet)
        .thenRefused('recorded-as-unmet', { field: 'need' });
  });
});

describe('what is written down beside the lines', () => {
  const nothing = { planId, circle: [], independentLiving: [] };
  it.each([
    { whatMatters: 'Cooking.' },
    { strengths: 'Patience.' },
    { contingency: 'Call the cousin.' },
    { prevention: 'Balance class.' },
    { circle: [{ who: 'A cousin', how: 'Visits' }] },
    { independentLiving: [{ area: 'housing' as const, outcome: 'To stay.' }] },
  ])('says something of the person: %j', (said) =>
    spec
      .given(opened)
      .when(RecordAboutPerson, { ...nothing, ...said })
      .then({ type: 'planning.about-person-recorded.v1', data: { ...nothing, personId, ...said } }),
  );
  it('says at least something', () =>
    spec
      .given(opened)
      .when(RecordAboutPerson, { ...nothing, whatMatters: ' ' })
      .thenRefused('something-is-said', { field: 'whatMatters' }));
  it('names each area of independent living once', () => {
    const home = { area: 'housing' as const, outcome: 'To stay.' };
    spec
      .given(opened)
      .when(RecordAboutPerson, { ...nothing, independentLiving: [home, { ...home, area: 'health' }, home] })
      .thenRefused('each-area-once', { field: 'independentLiving.2.area' });
    const areas = { ...nothing, independentLiving: [home, { ...home, area: 'health' as const }] };
    expect(spec.given(opened).when(RecordAboutPerson, areas).events()).toHaveLength(1);
  });
  it('may be said of an agreed plan, and not of one that has ended', () => {
    const said = { ...nothing, strengths: 'Patience.' };
    expect(spec.given(opened, agreed).when(RecordAboutPerson, said).events()).toHaveLength(1);
    spec.given(opened, closed).when(RecordAboutPerson, said).thenRefused('plan-is-not-closed');
    spec.when(RecordAboutPerson, said).thenRefused('budget-first');
  });

  const payment = { way: 'a direct payment' as const, chosen: true };
  const service = { way: 'a service that the council arranges' as const, chosen: false, whyNot: 'Too many workers.' };
  const offer = { planId, need: 'nutrition', options: [payment, service], chosenBy: 'person' as const };
  it('keeps the options, which one was chosen, and why not the others', () =>
    spec
      .given(opened)
      .when(OfferOptions, offer)
      .then({ type: 'planning.options-offered.v1', data: { ...offer, personId } }));
  it('says why not the others', () =>
    spec
      .given(opened)
      .when(OfferOptions, { ...offer, options: [payment, { ...service, whyNot: '' }] })
      .thenRefused('why-not-the-others', { section: 'Care Act 2014 s8, s25(5)', field: 'options.1.whyNot' }));
  it('does not call one option a choice', () =>
    spec
      .given(opened)
      .when(OfferOptions, { ...offer, options: [payment] })
      .thenRefused('a-real-choice', { field: 'whyOne' }));
  it('may say why there was no other', () =>
    expect(
      spec
        .given(opened)
        .when(OfferOptions, { ...offer, options: [payment], whyOne: 'Nobody else bids.' })
        .events(),
    ).toHaveLength(1));
  it('offers for eligible needs', () =>
    spec
      .given(opened)
      .when(OfferOptions, { ...offer, need: 'else' })
      .thenRefused('only-eligible-needs', { field: 'need' }));
});

describe('dissent', () => {
  const dissent = { planId, by: 'person' as const, words: 'I do not want two workers.' };
  it('of a representative is by one of the register who may speak in planning on that day', () => {
    const representationId = '0b0f0000-0000-4000-8000-0000000000f1';
    const standing = { kind: 'informal', scope: ['support planning'] };
    const by = { ...dissent, by: 'representative' as const };
    const dissenting = (changed: object) => spec.given(opened).when(RecordDissent, { ...by, ...changed });
    dissenting({ representative: { representationId, standing } }).then({
      type: 'planning.dissent-recorded.v1',
      data: { ...by, personId, representation: { representationId, kind: 'informal' } },
    });
    const refused = (changed: object, message: string) =>
      dissenting(changed).thenRefused('representative-speaks-by-authority', {
        section: 'Care Act 2014 s25(3), s25(5)',
        field: 'representative.representationId',
        message,
      });
    refused({}, 'Say who of the register of representatives spoke for the person.');
    refused(
      { representative: { representationId } },
      'On this day no such representation stands: it was never recorded, has ended, or was revoked.',
    );
    refused(
      { representative: { representationId, standing: { ...standing, scope: ['reviews'] } } },
      'On this day the representative (informal) may not speak for the person in support planning.',
    );
    refused(
      { by: 'carer', representative: { representationId, standing } },
      'No representative spoke here: leave them out.',
    );
  });
  it('is recorded in words, of the plan or of a line', () =>
    spec
      .given(...draft)
      .when(RecordDissent, { ...dissent, lineId }, thePerson)
      .then({ type: 'planning.dissent-recorded.v1', data: { ...dissent, lineId, personId } }));
  it('is in words', () =>
    spec
      .given(opened)
      .when(RecordDissent, { ...dissent, words: ' ' })
      .thenRefused('dissent-in-words', { section: 'Care Act 2014 s25(5)', field: 'words' }));
  it('is from a line that is there', () =>
    spec
      .given(opened)
      .when(RecordDissent, { ...dissent, lineId })
      .thenRefused('line-is-there', { field: 'lineId' }));
  it('is the person’s own where they write it', () => {
    spec
      .given(opened)
      .when(RecordDissent, { ...dissent, by: 'carer' }, thePerson)
      .thenRefused('person-dissents-for-themselves', { field: 'by' });
    expect(
      spec
        .given(opened)
        .when(RecordDissent, { ...dissent, by: 'carer' })
        .events(),
    ).toHaveLength(1);
  });
  it('from an agreed plan is asked as a review', () => {
    spec.given(opened, agreed).when(RecordDissent, dissent).thenRefused('plan-in-the-making');
    spec.when(RecordDissent, dissent).thenRefused('budget-first');
    spec.given(opened, closed).when(RecordDissent, dissent).thenRefused('plan-is-not-closed');
  });
});
