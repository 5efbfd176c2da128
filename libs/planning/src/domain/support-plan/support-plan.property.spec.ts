import { describe, expect, it } from '@jest/globals';
import { type CommandMeta, type Recorded, RuleViolation, fold } from '@caretrail/kernel';
import fc from 'fast-check';
import {
  AgreeSupportPlan,
  ChangePlanLine,
  CompleteReview,
  ContributePlanLine,
  OpenPlanRevision,
  OpenSupportPlan,
  RecordDissent,
  RecordNeedUnmet,
  SignSupportPlan,
  StartSupportPlan,
  WithdrawPlanLine,
  WithdrawUnmetNeed,
} from '../../contracts/index.js';
import { supportPlanDecider, type SupportPlanCommand, type SupportPlanEvent } from './support-plan.decider.js';
import { budget, drafted, opening, planId } from './support-plan.fixture.js';

const DAY = '2026-03-02';
const actor = { id: 'nadia', role: 'practitioner' };
const context = { now: `${DAY}T10:00:00.000Z`, today: DAY, effectiveOn: DAY, actor };
const meta: CommandMeta = { tenant: 'E09000012', commandId: 'any', actor, effectiveOn: DAY };
const id = (of: number): string => `0b0f0000-0000-4000-8000-0000000000f${of}`;

const need = fc.constantFrom(...opening.needs);
const line = fc.record({
  which: fc.integer({ min: 0, max: 4 }),
  need,
  weeklyPence: fc.integer({ min: 0, max: 30_000 }),
});
const written = line.map(({ which, ...rest }) => ({ planId, line: { ...drafted, ...rest, lineId: id(which) } }));
const review = {
  planId,
  reason: 'Unplanned: Other reason',
  method: 'Service user only',
  startedOn: DAY,
  outcome: 'Continuation of support or services',
  outcomesAchieved: 'Fully met',
  whatChanged: 'Some.',
  consequence: 'the plan is revised',
  nextReviewInMonths: 12,
} as const;

/** Whatever somebody may ask of a plan, possible or not. */
const asked: fc.Arbitrary<SupportPlanCommand> = fc.oneof(
  written.map((data) => new ContributePlanLine(data, meta)),
  written.map((data) => new ChangePlanLine(data, meta)),
  line.map(({ which }) => new WithdrawPlanLine({ planId, lineId: id(which) }, meta)),
  need.map((of) => new RecordNeedUnmet({ planId, need: of, reason: 'the person declined' }, meta)),
  need.map((of) => new RecordNeedUnmet({ planId, need: of, openBecause: 'other' }, meta)),
  need.map((of) => new WithdrawUnmetNeed({ planId, need: of }, meta)),
  fc.constant(new RecordDissent({ planId, by: 'person', words: 'No.' }, meta)),
  fc.constant(new SignSupportPlan({ planId, signatory: 'person', how: 'on paper' }, meta)),
  fc.constant(new AgreeSupportPlan({ planId, agreement: 'agreed' }, meta)),
  fc.constant(new AgreeSupportPlan({ planId, agreement: 'dissents', stepsToAgree: 'Met.' }, meta)),
  fc.constant(new StartSupportPlan({ planId }, meta)),
  line.map(({ which }) => new CompleteReview({ ...review, reviewId: id(which) }, meta)),
  line.map(({ which }) => new OpenPlanRevision({ planId, reviewId: id(which) }, meta)),
);

/** The history that comes of it: what is refused adds nothing. */
function lived(commands: readonly SupportPlanCommand[]): Recorded<SupportPlanEvent>[] {
  const history: Recorded<SupportPlanEvent>[] = [];
  for (const command of [new OpenSupportPlan(opening, meta), ...commands])
    try {
      const decided = supportPlanDecider.decide(command, fold(supportPlanDecider, history), context);
      for (const event of decided) history.push({ ...event, id: `event-${history.length}`, effectiveOn: DAY });
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
    }
  return history;
}

describe('whatever is asked of a plan', () => {
  it('what is signed off meets or lawfully leaves every need, within the budget, version after version', () => {
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 40 }), (commands) => {
        const versions = lived(commands).flatMap((event) =>
          event.type === 'planning.support-plan-agreed.v1' ? [event.data] : [],
        );
        versions.forEach(({ lines, notMet, version }, at) => {
          expect(version).toBe(at + 1);
          expect(lines.reduce((sum, { weeklyPence }) => sum + weeklyPence, 0)).toBeLessThanOrEqual(
            budget.costPencePerWeek,
          );
          const covered = new Set([...lines, ...notMet].map((each) => each.need));
          expect(opening.needs.filter((each) => !covered.has(each))).toEqual([]);
        });
      }),
      { seed: 26 },
    );
  });

  it('the same history gives the same state, and no line or signature stands twice', () => {
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 40 }), (commands) => {
        const history = lived(commands);
        const state = fold(supportPlanDecider, history);
        expect(fold(supportPlanDecider, structuredClone(history))).toEqual(state);
        expect(new Set(state.lines.map(({ lineId }) => lineId)).size).toBe(state.lines.length);
        expect(new Set(state.signed).size).toBe(state.signed.length);
      }),
      { seed: 26 },
    );
  });
});
