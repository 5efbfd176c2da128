import { beforeEach, describe, expect, it } from '@jest/globals';
import { type AssessmentCompletedData, carerOutcomes, type CarerAssessedData } from '@caretrail/assessment/contracts';
import {
  type BudgetAllocatedData,
  CalculateIndicativeBudget,
  CloseAllocation,
  DraftPersonalBudget,
  OpenAllocation,
  type PersonalBudgetAgreedData,
  ReceiveAnswers,
  ReopenAllocation,
  rulebookIds,
} from '@caretrail/budgets/contracts';
import { type Command, RuleViolation, type StoredEvent } from '@caretrail/kernel';
import { OpenPlanRevision, OpenSupportPlan, StatePlanBudget } from '@caretrail/planning/contracts';
import {
  processes,
  whenAnswersReceivedCalculateIndicativeBudget,
  whenAssessmentCompletedOpenAllocation,
  whenAssessmentCompletedReceiveAnswers,
  whenBudgetAllocatedDraftPersonalBudget,
  whenBudgetAllocatedOpenSupportPlan,
  whenCarerAssessedOpenAllocation,
  whenCarerAssessedReceiveAnswers,
  whenPersonalBudgetAgreedStatePlanBudget,
  whenPersonalBudgetRevisedOpenPlanRevision,
  whenPersonErasedDestroyKey,
  whenWishesRecordedCloseAllocation,
} from './index.js';

const PERSON = '4471c0de-0000-4000-8000-000000000001';
const ASSESSMENT = '4471c0de-0000-4000-8000-000000000002';
const EVENT = '4471c0de-0000-4000-8000-000000000003';
const OTHER_EVENT = '4471c0de-0000-4000-8000-000000000004';
const ALLOCATION = '4471c0de-0000-4000-8000-000000000005';

/** A council's command bus at the other end of the wire: it notes what was asked of it. */
class Sent {
  readonly commands: Command[] = [];
  execute(command: Command): Promise<void> {
    this.commands.push(command);
    return Promise.resolve();
  }
}

function stored<Data>(type: string, data: Data, id = EVENT): StoredEvent<Data> {
  return {
    id,
    type,
    data,
    tenant: 'E09000012',
    stream: `some.stream-${ASSESSMENT}`,
    version: 1,
    position: 7n,
    recordedAt: '2026-03-14T10:00:00Z',
    knownOn: '2026-03-14',
    metadata: {
      actorId: 'nadia',
      actorRole: 'practitioner',
      commandId: 'nadia/some-command',
      correlationId: 'the-case',
      effectiveOn: '2026-03-12',
    },
  };
}

const assessment: AssessmentCompletedData = {
  assessmentId: ASSESSMENT,
  personId: PERSON,
  kind: 'Long term assessment',
  method: 'Service user only',
  startedOn: '2026-03-01',
  outcome: 'Progress to support planning or services',
  eligibleNeeds: 'Eligible needs identified',
  findings: [
    { outcome: 'nutrition', able: false, unable: 'cannot without help' },
    { outcome: 'personal hygiene', able: true },
    { outcome: 'toilet needs', able: false, unable: 'takes much longer' },
  ],
};

const CARER = '4471c0de-0000-4000-8000-000000000006';
const carersAssessment: CarerAssessedData = {
  assessmentId: ASSESSMENT,
  personId: CARER,
  caresFor: [PERSON],
  startedOn: '2026-03-01',
  arisesFromCaring: true,
  healthAtRisk: true,
  findings: carerOutcomes.map((outcome) =>
    outcome === 'recreational activities'
      ? { outcome, able: false, unable: 'cannot without help' }
      : { outcome, able: true },
  ),
  able: 'partly',
  willing: 'yes',
  impactOnWellbeing: { significant: true, reasons: 'sealed' },
  outcome: 'Progress to support planning or services',
  reasons: 'sealed',
  eligibleNeeds: 'Eligible needs identified',
};

const budget: BudgetAllocatedData = {
  allocationId: ALLOCATION,
  personId: PERSON,
  assessmentId: ASSESSMENT,
  costPencePerWeek: 44_810,
  personPaysPencePerWeek: 6_480,
  councilPaysPencePerWeek: 38_330,
  needs: ['nutrition', 'toilet needs'],
  reasons: 'sealed',
};

describe('processes', () => {
  let sent: Sent;
  beforeEach(() => {
    sent = new Sent();
  });

  describe('when an assessment is completed, open an allocation', () => {
    const completed = (change: Partial<AssessmentCompletedData> = {}, id?: string) =>
      stored('assessment.assessment-completed.v1', { ...assessment, ...change }, id);

    it('asks for a budget for the needs that the person cannot meet', async () => {
      await whenAssessmentCompletedOpenAllocation(sent).handle(completed());
      expect(sent.commands).toHaveLength(1);
      const [command] = sent.commands as [OpenAllocation];
      expect(command).toBeInstanceOf(OpenAllocation);
      expect(OpenAllocation.schema.parse(command.data)).toEqual({
        allocationId: expect.any(String),
        personId: PERSON,
        assessmentId: ASSESSMENT,
        assessedOn: '2026-03-12',
        eligibleNeeds: 'Eligible needs identified',
        needs: ['nutrition', 'toilet needs'],
      });
    });

    it('says what caused it, for which day, and that no person sent it', async () => {
      await whenAssessmentCompletedOpenAllocation(sent).handle(completed());
      expect(sent.commands[0]!.meta).toEqual({
        tenant: 'E09000012',
        commandId: `when-assessment-completed-open-allocation/${EVENT}`,
        actor: { id: 'process:when-assessment-completed-open-allocation', role: 'process' },
        effectiveOn: '2026-03-12',
        correlationId: 'the-case',
        causationId: EVENT,
        process: 'when-assessment-completed-open-allocation',
      });
    });

    it('sends the very same command when the event is handled again, and another for another event', async () => {
      const process = whenAssessmentCompletedOpenAllocation(sent);
      await process.handle(completed());
      await process.handle(completed());
      await process.handle(completed({}, OTHER_EVENT));
      const [first, again, other] = sent.commands as [OpenAllocation, OpenAllocation, OpenAllocation];
      expect(again).toEqual(first);
      expect(other.meta.commandId).not.toBe(first.meta.commandId);
      expect(other.data.allocationId).not.toBe(first.data.allocationId);
    });

    it.each(['Non-eligible needs identified', 'No needs identified', undefined] as const)(
      'sends nothing when the assessment says: %s',
      async (eligibleNeeds) => {
        await whenAssessmentCompletedOpenAllocation(sent).handle(completed({ eligibleNeeds }));
        expect(sent.commands).toEqual([]);
      },
    );

    it('sends nothing for an assessment that a return tells of', async () => {
      await whenAssessmentCompletedOpenAllocation(sent).handle(completed({ row: { clientType: 'Service user' } }));
      expect(sent.commands).toEqual([]);
    });
  });

  describe('when a budget is allocated, open a support plan', () => {
    it('hands the budget and the needs on to planning, and nothing personal', async () => {
      await whenBudgetAllocatedOpenSupportPlan(sent).handle(stored('budgets.budget-allocated.v1', budget));
      const [command] = sent.commands as [OpenSupportPlan];
      expect(command).toBeInstanceOf(OpenSupportPlan);
      expect(OpenSupportPlan.schema.parse(command.data)).toEqual({
        planId: expect.any(String),
        personId: PERSON,
        allocationId: ALLOCATION,
        allocatedOn: '2026-03-12',
        costPencePerWeek: 44_810,
        personPaysPencePerWeek: 6_480,
        councilPaysPencePerWeek: 38_330,
        needs: ['nutrition', 'toilet needs'],
      });
      expect(command.meta).toMatchObject({ causationId: EVENT, correlationId: 'the-case', effectiveOn: '2026-03-12' });
    });
  });

  describe('when an assessment is completed, receive its answers', () => {
    const completed = (change: Partial<AssessmentCompletedData> = {}) =>
      stored('assessment.assessment-completed.v1', { ...assessment, ...change });

    it('opens the allocation as the other process does, and hands each finding on as an answer', async () => {
      await whenAssessmentCompletedOpenAllocation(sent).handle(completed());
      await whenAssessmentCompletedReceiveAnswers(sent).handle(completed());
      const [opened, again, received] = sent.commands as [OpenAllocation, OpenAllocation, ReceiveAnswers];
      expect(again).toBeInstanceOf(OpenAllocation);
      expect(again.data).toEqual(opened.data);
      expect(ReceiveAnswers.schema.parse(received.data)).toEqual({
        allocationId: opened.data.allocationId,
        sourceEventId: EVENT,
        answers: [
          { question: 'nutrition', answer: 'cannot without help' },
          { question: 'personal hygiene', answer: 'able' },
          { question: 'toilet needs', answer: 'takes much longer' },
        ],
      });
      expect(received.meta).toMatchObject({ causationId: EVENT, effectiveOn: '2026-03-12' });
      expect(new Set(sent.commands.map(({ meta }) => meta.commandId)).size).toBe(3);
    });

    it('sends nothing where needs are not eligible, or a return tells of them', async () => {
      const process = whenAssessmentCompletedReceiveAnswers(sent);
      await process.handle(completed({ eligibleNeeds: 'No needs identified' }));
      await process.handle(completed({ row: { clientType: 'Service user' } }));
      expect(sent.commands).toEqual([]);
    });
  });

  describe('when a carer is assessed', () => {
    const assessed = (change: Partial<CarerAssessedData> = {}) =>
      stored('assessment.carer-assessed.v1', { ...carersAssessment, ...change });

    it('opens an allocation of the carer’s own, for what they cannot achieve and for their health', async () => {
      await whenCarerAssessedOpenAllocation(sent).handle(assessed());
      const [command] = sent.commands as [OpenAllocation];
      expect(command).toBeInstanceOf(OpenAllocation);
      expect(OpenAllocation.schema.parse(command.data)).toEqual({
        allocationId: expect.any(String),
        personId: CARER,
        assessmentId: ASSESSMENT,
        assessedOn: '2026-03-12',
        eligibleNeeds: 'Eligible needs identified',
        needs: ['physical or mental health of the carer', 'recreational activities'],
        ofCarer: true,
      });
      expect(command.meta).toMatchObject({ causationId: EVENT, effectiveOn: '2026-03-12' });
    });

    it('names no need of health where it is not at risk', async () => {
      await whenCarerAssessedOpenAllocation(sent).handle(assessed({ healthAtRisk: false }));
      expect((sent.commands as [OpenAllocation])[0].data.needs).toEqual(['recreational activities']);
    });

    it('hands the findings on, to the same allocation', async () => {
      await whenCarerAssessedOpenAllocation(sent).handle(assessed());
      await whenCarerAssessedReceiveAnswers(sent).handle(assessed());
      const [opened, again, received] = sent.commands as [OpenAllocation, OpenAllocation, ReceiveAnswers];
      expect(again.data).toEqual(opened.data);
      expect(ReceiveAnswers.schema.parse(received.data)).toMatchObject({
        allocationId: opened.data.allocationId,
        sourceEventId: EVENT,
        answers: expect.arrayContaining([
          { question: 'physical or mental health of the carer', answer: 'at risk' },
          { question: 'recreational activities', answer: 'cannot without help' },
          { question: 'nutrition', answer: 'able' },
        ]),
      });
      expect(received.data.answers).toHaveLength(carerOutcomes.length + 1);
      expect(new Set(sent.commands.map(({ meta }) => meta.commandId)).size).toBe(3);
    });

    it.each(['Non-eligible needs identified', 'No needs identified'] as const)(
      'sends nothing when it says: %s',
      async (eligibleNeeds) => {
        await whenCarerAssessedOpenAllocation(sent).handle(assessed({ eligibleNeeds }));
        await whenCarerAssessedReceiveAnswers(sent).handle(assessed({ eligibleNeeds }));
        expect(sent.commands).toEqual([]);
      },
    );

    it('goes on as a carer’s: by the rulebook for carers, to a support plan of theirs', async () => {
      const answers = { allocationId: ALLOCATION, personId: CARER, answers: [], ofCarer: true };
      await whenAnswersReceivedCalculateIndicativeBudget(sent).handle(stored('budgets.answers-received.v1', answers));
      await whenBudgetAllocatedOpenSupportPlan(sent).handle(
        stored('budgets.budget-allocated.v1', { ...budget, personId: CARER, ofCarer: true }),
      );
      expect(sent.commands.map(({ data }) => data)).toMatchObject([
        { rulebookId: rulebookIds.carers },
        { personId: CARER, ofCarer: true },
      ]);
      expect(OpenSupportPlan.schema.parse(sent.commands[1]!.data)).toMatchObject({ ofCarer: true });
    });
  });

  describe('when a person is erased', () => {
    it('destroys their key, in their council, each time it is told', async () => {
      const destroyed: string[][] = [];
      const process = whenPersonErasedDestroyKey({
        destroy: (...of) => {
          destroyed.push(of);
          return Promise.resolve();
        },
      });
      const erased = stored('people.person-erased.v1', { personId: PERSON });
      await process.handle(erased);
      await process.handle(erased);
      expect(destroyed).toEqual([
        ['E09000012', PERSON],
        ['E09000012', PERSON],
      ]);
    });

    it('does not take a failure for done', async () => {
      const away = new Error('The database is away.');
      const process = whenPersonErasedDestroyKey({ destroy: () => Promise.reject(away) });
      await expect(process.handle(stored('people.person-erased.v1', { personId: PERSON }))).rejects.toBe(away);
    });
  });

  describe('when wishes are recorded, close or reopen the allocation', () => {
    const wishes = (change: object) =>
      stored(
        'assessment.wishes-recorded.v1',
        {
          assessmentId: ASSESSMENT,
          personId: PERSON,
          wantsMet: 'none of them',
          needs: [],
          determinedBy: EVENT,
          ...change,
        },
        OTHER_EVENT,
      );

    it('closes the very allocation that the decision on eligibility opened', async () => {
      await whenAssessmentCompletedOpenAllocation(sent).handle(
        stored('assessment.assessment-completed.v1', assessment),
      );
      await whenWishesRecordedCloseAllocation(sent).handle(wishes({}));
      const [opened, closing] = sent.commands as [OpenAllocation, CloseAllocation];
      expect(closing).toBeInstanceOf(CloseAllocation);
      expect(CloseAllocation.schema.parse(closing.data)).toEqual({
        allocationId: opened.data.allocationId,
        personId: PERSON,
        assessmentId: ASSESSMENT,
        because: 'the person wants none of the needs met by the council',
      });
      expect(closing.meta).toMatchObject({ causationId: OTHER_EVENT, effectiveOn: '2026-03-12' });
    });

    it.each(['all of them', 'some of them'])('reopens it where they want %s met', async (wantsMet) => {
      await whenWishesRecordedCloseAllocation(sent).handle(wishes({ wantsMet }));
      expect(sent.commands[0]).toBeInstanceOf(ReopenAllocation);
      expect(ReopenAllocation.schema.parse(sent.commands[0]!.data)).toMatchObject({ assessmentId: ASSESSMENT });
    });

    it('sends nothing where no decision was made here', async () => {
      await whenWishesRecordedCloseAllocation(sent).handle(wishes({ determinedBy: undefined }));
      expect(sent.commands).toEqual([]);
    });

    it('takes a refusal for an answer, and every other error for what it is', async () => {
      const answering = (error: Error) => whenWishesRecordedCloseAllocation({ execute: () => Promise.reject(error) });
      await answering(new RuleViolation([{ rule: 'not-allocated-yet', message: 'It is.' }])).handle(wishes({}));
      const away = new Error('The database is away.');
      await expect(answering(away).handle(wishes({}))).rejects.toBe(away);
    });
  });

  describe('when answers are received, calculate the indicative budget', () => {
    const received = () =>
      stored('budgets.answers-received.v1', { allocationId: ALLOCATION, personId: PERSON, answers: [] });
    const answering = (error: Error) => ({ execute: () => Promise.reject(error) });

    it('asks for the adults’ rulebook on the day of the answers', async () => {
      await whenAnswersReceivedCalculateIndicativeBudget(sent).handle(received());
      const [command] = sent.commands as [CalculateIndicativeBudget];
      expect(CalculateIndicativeBudget.schema.parse(command.data)).toEqual({
        allocationId: ALLOCATION,
        rulebookId: rulebookIds.adults,
      });
      expect(command.meta).toMatchObject({ causationId: EVENT, effectiveOn: '2026-03-12' });
    });

    it('takes a refusal for an answer, and every other error for what it is', async () => {
      const refusal = new RuleViolation([{ rule: 'rulebook-is-in-force', message: 'None is.' }]);
      await whenAnswersReceivedCalculateIndicativeBudget(answering(refusal)).handle(received());
      const away = new Error('The database is away.');
      await expect(whenAnswersReceivedCalculateIndicativeBudget(answering(away)).handle(received())).rejects.toBe(away);
    });
  });

  describe('when a budget is allocated, draft the statement', () => {
    it('hands on what it costs and which event decided it, under the id of the allocation', async () => {
      await whenBudgetAllocatedDraftPersonalBudget(sent).handle(stored('budgets.budget-allocated.v1', budget));
      const [command] = sent.commands as [DraftPersonalBudget];
      expect(DraftPersonalBudget.schema.parse(command.data)).toEqual({
        budgetId: ALLOCATION,
        personId: PERSON,
        assessmentId: ASSESSMENT,
        allocatedEventId: EVENT,
        allocatedOn: '2026-03-12',
        costPencePerWeek: 44_810,
      });
    });
  });

  describe('when a personal budget is agreed or revised', () => {
    const statement: PersonalBudgetAgreedData = {
      budgetId: ALLOCATION,
      personId: PERSON,
      costPencePerWeek: 44_810,
      contributionPencePerWeek: 6_480,
      councilPencePerWeek: 38_330,
      oneOff: [{ purpose: 'a raised chair', pence: 18_000, contributionPence: 8_000, councilPence: 10_000 }],
      financialAssessmentEventId: EVENT,
      allocatedEventId: OTHER_EVENT,
      reasons: 'sealed',
    };
    const inThePlan = {
      costPencePerWeek: 44_810,
      personPaysPencePerWeek: 6_480,
      councilPaysPencePerWeek: 38_330,
      oneOff: [{ purpose: 'a raised chair', pence: 18_000, personPaysPence: 8_000, councilPaysPence: 10_000 }],
    };
    const review = { reviewId: ASSESSMENT, personId: PERSON, planId: CARER, completedOn: '2026-03-10' };
    const revised = (cause: object) => stored('budgets.personal-budget-revised.v1', { ...statement, cause });
    const becauseOfAReview = revised({ kind: 'review (s27)', reviewEventId: EVENT, review });
    const uprated = revised({ kind: 'published uprating', reference: 'Fees', publishedOn: '2026-03-01' });
    const both = async (event: StoredEvent) => {
      await whenPersonalBudgetAgreedStatePlanBudget(sent).handle(event);
      await whenPersonalBudgetRevisedOpenPlanRevision(sent).handle(event);
    };

    it('states it in the plan that was opened when its allocation was made final, one-off sums apart', async () => {
      await whenBudgetAllocatedOpenSupportPlan(sent).handle(stored('budgets.budget-allocated.v1', budget, OTHER_EVENT));
      await whenPersonalBudgetAgreedStatePlanBudget(sent).handle(
        stored('budgets.personal-budget-agreed.v1', statement),
      );
      const [opened, stated] = sent.commands as [OpenSupportPlan, StatePlanBudget];
      expect(StatePlanBudget.schema.parse(stated.data)).toEqual({
        planId: opened.data.planId,
        personId: PERSON,
        budget: inThePlan,
      });
    });
    it('states it again after an uprating, and opens no revision', async () => {
      await both(uprated);
      expect(sent.commands).toHaveLength(1);
      expect(sent.commands[0]).toBeInstanceOf(StatePlanBudget);
    });
    it('opens the plan for revision with it where a review changed it, by the same command each time', async () => {
      await both(becauseOfAReview);
      await both(becauseOfAReview);
      const [first, again] = sent.commands as [OpenPlanRevision, OpenPlanRevision];
      expect(sent.commands).toHaveLength(2);
      expect(OpenPlanRevision.schema.parse(first.data)).toEqual({
        planId: CARER,
        reviewId: ASSESSMENT,
        budget: inThePlan,
      });
      expect(again).toEqual(first);
    });
    it('states what a review changed of which a return tells, because it names no plan', async () => {
      const { planId: _, ...returned } = review;
      await both(revised({ kind: 'review (s27)', reviewEventId: EVENT, review: returned }));
      expect(sent.commands.map((command) => command.constructor)).toEqual([StatePlanBudget]);
    });
    it('leaves alone what was agreed before statements named their allocation’s event', async () => {
      const { allocatedEventId: _, ...old } = statement;
      await whenPersonalBudgetAgreedStatePlanBudget(sent).handle(stored('budgets.personal-budget-agreed.v1', old));
      expect(sent.commands).toEqual([]);
    });
    it('takes a refusal for an answer, and every other error for what it is', async () => {
      const refusal = new RuleViolation([{ rule: 'revision-cites-its-review', message: 'It is open already.' }]);
      const asked: Command[] = [];
      const refusing = { execute: (command: Command) => (asked.push(command), Promise.reject(refusal)) };
      await whenPersonalBudgetRevisedOpenPlanRevision(refusing).handle(becauseOfAReview);
      expect(asked.map((command) => command.constructor)).toEqual([OpenPlanRevision, StatePlanBudget]);
      expect(new Set(asked.map(({ meta }) => meta.commandId)).size).toBe(2);
      const away = new Error('The database is away.');
      await expect(
        whenPersonalBudgetRevisedOpenPlanRevision({ execute: () => Promise.reject(away) }).handle(becauseOfAReview),
      ).rejects.toBe(away);
    });
  });

  it('are named as their files, take the events that exist, and have names of their own', () => {
    const all = processes(sent, { destroy: () => Promise.resolve() });
    expect(all.map(({ name, types }) => [name, types])).toEqual([
      ['when-assessment-completed-open-allocation', ['assessment.assessment-completed.v1']],
      ['when-assessment-completed-receive-answers', ['assessment.assessment-completed.v1']],
      ['when-carer-assessed-open-allocation', ['assessment.carer-assessed.v1']],
      ['when-carer-assessed-receive-answers', ['assessment.carer-assessed.v1']],
      ['when-wishes-recorded-close-allocation', ['assessment.wishes-recorded.v1']],
      ['when-answers-received-calculate-indicative-budget', ['budgets.answers-received.v1']],
      ['when-budget-allocated-open-support-plan', ['budgets.budget-allocated.v1']],
      ['when-budget-allocated-draft-personal-budget', ['budgets.budget-allocated.v1']],
      [
        'when-personal-budget-agreed-state-plan-budget',
        ['budgets.personal-budget-agreed.v1', 'budgets.personal-budget-revised.v1'],
      ],
      ['when-personal-budget-revised-open-plan-revision', ['budgets.personal-budget-revised.v1']],
      ['when-person-erased-destroy-key', ['people.person-erased.v1']],
    ]);
  });
});
