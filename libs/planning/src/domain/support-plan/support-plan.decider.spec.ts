import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  AgreeSupportPlan,
  OpenSupportPlan,
  basesOfReasons,
  planningEvents,
  type Basis,
  RecordNeedUnmet,
  type ReasonNotMet,
  reasonsNotMet,
} from '../../contracts/index.js';
import { supportPlanDecider, supportPlanStream } from './support-plan.decider.js';
import {
  agreed as agreedOn,
  agreedData,
  agreement,
  firstLook,
  line,
  opened,
  opening,
  personId,
  planId,
} from './support-plan.fixture.js';

const { effectiveOn: _, ...agreed } = agreedOn;
const spec = specification(supportPlanDecider, planningEvents);

describe('a support plan', () => {
  it('has a stream of its own', () => expect(supportPlanStream(opening)).toBe(`planning.support-plan-${planId}`));
  it('is opened by a budget', () => spec.when(OpenSupportPlan, opening).then(opened));
  it('is opened once, however often the process says so', () =>
    spec.given(opened).when(OpenSupportPlan, opening).thenNothing());
  it('is not opened again from another budget', () =>
    spec
      .given(opened)
      .when(OpenSupportPlan, { ...opening, allocationId: personId })
      .thenRefused('opened-once', { section: 'Care Act 2014 s27' }));

  it('is agreed, with the budget in it, up to its last penny', () =>
    spec.given(opened).when(AgreeSupportPlan, agreement).then(agreed, firstLook('2026-03-02', '2026-04-27')));
  it('needs a budget', () =>
    spec.when(AgreeSupportPlan, agreement).thenRefused('budget-first', { section: 'Care Act 2014 s24, s25(1)(e)' }));
  it('is not dated before its budget', () =>
    spec
      .given(opened)
      .when(AgreeSupportPlan, agreement, { effectiveOn: '2026-01-22' })
      .thenRefused('not-before-the-budget', { field: 'effectiveOn' }));
  it('may be of the day of its budget', () =>
    spec
      .given(opened)
      .when(AgreeSupportPlan, agreement, { effectiveOn: '2026-01-23' })
      .then(agreed, firstLook('2026-01-23', '2026-03-20')));

  it('leaves no duty open', () =>
    spec
      .given(opened)
      .when(AgreeSupportPlan, { ...agreement, lines: [line] })
      .thenRefused('every-need-met-or-lawfully-not', { field: 'lines' }));
  it('says which duties are open', () => {
    const told = (need: string) => ({
      field: 'lines',
      message: `An open duty: “${need}” has no line, and no lawful reason why the council does not meet it.`,
    });
    for (const need of opening.needs)
      spec
        .given(opened)
        .when(AgreeSupportPlan, { ...agreement, lines: [] })
        .thenRefused('every-need-met-or-lawfully-not', told(need));
    const recorded = { ...opening, need: 'toilet needs', openBecause: 'other' as const };
    const { planId: plan, personId: person, need, openBecause } = recorded;
    const unmet = {
      type: 'planning.need-recorded-unmet.v1',
      data: { planId: plan, personId: person, need, openBecause },
    };
    const asDrafted = spec.given(opened, unmet as never).when(AgreeSupportPlan, { planId, agreement: 'agreed' });
    asDrafted.thenRefused('every-need-met-or-lawfully-not', told('nutrition'));
    asDrafted.thenRefused('every-need-met-or-lawfully-not', {
      field: 'lines',
      message: 'An open duty: “toilet needs” is recorded as not met, with no lawful reason.',
    });
  });
  it.each(reasonsNotMet)('may leave a need to the lawful reason “%s”', (reason) =>
    expect(
      spec
        .given(opened)
        .when(AgreeSupportPlan, {
          ...agreement,
          lines: [line],
          notMet: [
            {
              need: 'toilet needs',
              reason,
              basis: Object.entries(basesOfReasons).find(([of]) => of === reason)?.[1][0],
            },
          ],
        })
        .events(),
    ).toHaveLength(2),
  );
  describe('a reason that the law has for other needs than these', () => {
    const notMet = (reason: ReasonNotMet, basis?: Basis) => ({
      ...agreement,
      lines: [line],
      notMet: [{ need: 'toilet needs', reason, ...(basis && { basis }) }],
    });
    const carers = { ...opened, data: { ...opening, ofCarer: true as const } };
    const refusal = { section: 'Care Act 2014 s18(7), s20(3)', field: 'notMet.0.reason' };
    const [adultsResources, carersResources] = basesOfReasons['not asked for'];

    it('does not hold in a carer’s support plan', () => {
      spec
        .given(carers)
        .when(AgreeSupportPlan, notMet('a carer meets it (s18(7))'))
        .thenRefused('reason-is-for-their-needs', {
          ...refusal,
          message: '“toilet needs”: “a carer meets it (s18(7))” is a reason for an adult’s needs alone.',
        });
      spec
        .given(carers)
        .when(AgreeSupportPlan, notMet('not asked for', adultsResources))
        .thenRefused('reason-is-for-their-needs', refusal);
      expect(spec.given(carers).when(AgreeSupportPlan, notMet('not asked for', carersResources)).events()).toHaveLength(
        2,
      );
    });
    it('does not hold in an adult’s care and support plan', () =>
      spec
        .given(opened)
        .when(AgreeSupportPlan, notMet('not asked for', carersResources))
        .thenRefused('reason-is-for-their-needs', {
          ...refusal,
          message: `“toilet needs”: “${carersResources}” is a reason for a carer’s needs alone.`,
        }));
    it('cannot be recorded either', () => {
      const unmet = { planId, need: 'toilet needs', reason: 'a carer meets it (s18(7))' as const };
      spec
        .given(carers)
        .when(RecordNeedUnmet, unmet)
        .thenRefused('reason-is-for-their-needs', { ...refusal, field: 'reason' });
      expect(spec.given(opened).when(RecordNeedUnmet, unmet).events()).toHaveLength(1);
    });
  });
  it('says something, also where a return does not name the needs', () =>
    spec
      .given({ ...opened, data: { ...opening, needs: [] } })
      .when(AgreeSupportPlan, { ...agreement, lines: [] })
      .thenRefused('every-need-met-or-lawfully-not', { field: 'lines' }));
  it('may be brought whole with its lines alone', () => {
    const { notMet: _none, ...lines } = agreement;
    spec.given(opened).when(AgreeSupportPlan, lines).then(agreed, firstLook('2026-03-02', '2026-04-27'));
  });
  it('does not take a line that is brought for one of the draft', () =>
    spec
      .given(opened)
      .when(AgreeSupportPlan, {
        ...agreement,
        lines: [agreement.lines[0]!, { ...agreement.lines[1]!, lineId: personId }],
      })
      .thenRefused('brought-lines-have-no-id', { section: 'Care Act 2014 s25(1)', field: 'lines.1.lineId' }));
  it('may name any need where a return does not', () =>
    expect(
      spec
        .given({ ...opened, data: { ...opening, needs: [] } })
        .when(AgreeSupportPlan, agreement)
        .events(),
    ).toHaveLength(2));

  it('has no line for a need that is not eligible', () =>
    spec
      .given(opened)
      .when(AgreeSupportPlan, {
        ...agreement,
        lines: [...agreement.lines, { ...line, need: 'a habitable home', weeklyPence: 0 }],
      })
      .thenRefused('only-eligible-needs', { field: 'lines.2.need' }));
  it('has no reason for a need that is not eligible', () =>
    spec
      .given(opened)
      .when(AgreeSupportPlan, { ...agreement, notMet: [{ need: 'a habitable home', reason: 'not asked for' }] })
      .thenRefused('only-eligible-needs', { field: 'notMet.0.need' }));

  it('stays within its budget to the penny', () =>
    spec
      .given(opened)
      .when(AgreeSupportPlan, { ...agreement, lines: [...agreement.lines, { ...line, weeklyPence: 1 }] })
      .thenRefused('lines-within-the-budget', { section: 'Care Act 2014 s25(1)(e), s26', field: 'lines' }));
  it('has no line that costs less than nothing', () =>
    spec
      .given(opened)
      .when(AgreeSupportPlan, { ...agreement, lines: [...agreement.lines, { ...line, weeklyPence: -1 }] })
      .thenRefused('no-line-below-nothing', { field: 'lines.2.weeklyPence' }));

  it.each([undefined, ' '])('is not signed over dissent without the steps taken (%j)', (stepsToAgree) =>
    spec
      .given(opened)
      .when(AgreeSupportPlan, { ...agreement, agreement: 'dissents', stepsToAgree })
      .thenRefused('dissent-after-reasonable-steps', { section: 'Care Act 2014 s25(5)', field: 'stepsToAgree' }),
  );
  it('records dissent after the steps', () => {
    const dissent = { ...agreement, agreement: 'dissents' as const, stepsToAgree: 'Met twice.', inTheirWords: 'No.' };
    spec
      .given(opened)
      .when(AgreeSupportPlan, dissent)
      .then(
        { type: 'planning.support-plan-agreed.v1', data: { ...agreedData, ...dissent } },
        firstLook('2026-03-02', '2026-04-27'),
      );
  });
  it('is signed off once: a change needs a review', () =>
    spec
      .given(opened, agreed)
      .when(AgreeSupportPlan, agreement)
      .thenRefused('agreed-once', { section: 'Care Act 2014 s27' }));
});
