import { localAccountId } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import {
  type Command,
  type CommandMeta,
  type CommandResult,
  InvalidInput,
  londonDate,
  RuleViolation,
  type Tenant,
  Unavailable,
} from '@caretrail/kernel';
import { CouncilClocks, Councils } from '@caretrail/platform';
import { SubjectIndex } from '@caretrail/privacy';
import { SubscriptionRunner } from '@caretrail/projections';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type CaseIds, type CaseStage, caseStages, caseSteps } from './case-steps.js';
import { ALLOCATION_OPENED, BUDGET_DRAFTED, openedFor, PLAN_OPENED } from './opened-for.js';

const IDS = 'synthetic-case';
const SEED = /^[\w-]{1,40}$/;
const PATIENCE_MS = 60_000;

/** A case that was driven to a stage, and the paths of the pages on which it stands. */
export interface DrivenCase extends CaseIds {
  readonly stage: CaseStage;
  readonly links: readonly { readonly text: string; readonly path: string }[];
}

/** Drives one synthetic case to a named stage, through the command bus. The subscriptions must be running somewhere. */
@Injectable()
export class SyntheticCase {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(SubjectIndex) private readonly index: SubjectIndex,
    @Inject(Councils) private readonly councils: Councils,
    @Inject(SubscriptionRunner) private readonly runner: SubscriptionRunner,
    @Inject('CLOCK') private readonly clock: CouncilClocks,
  ) {}

  /**
   * The same seed is the same case: what was done is not done again, and a later stage goes on from there.
   * @param seed 1–40 letters, digits, `_` or `-`
   * @throws NotFound for a council that is not set up, RuleViolation for a real one, InvalidInput for a wrong seed
   */
  async drive(tenant: Tenant, seed: string, to: CaseStage): Promise<DrivenCase> {
    const { simulated } = await this.councils.get(tenant);
    if (!simulated)
      throw new RuleViolation([
        {
          rule: 'case-of-a-simulated-council',
          message: 'Only a simulated council gets synthetic cases; this one is real.',
        },
      ]);
    if (!SEED.test(seed))
      throw new InvalidInput([
        {
          rule: 'case-seed',
          field: '--seed',
          message: 'The seed must be 1 to 40 letters, digits, hyphens or underscores.',
        },
      ]);
    let ids = await this.idsOf(tenant, seed);
    const last = caseStages.indexOf(to);
    for (const [at, step] of caseSteps.entries()) {
      if (caseStages.indexOf(step.stage) > last) break;
      if (step.needs && !ids[step.needs]) ids = { ...ids, ...(await this.openedOf(tenant, ids.personId)) };
      if (step.needs && !ids[step.needs])
        throw new Unavailable(
          `The case cannot go on: no process has opened what “${step.stage}” needs. Look at /operations.`,
        );
      await this.clock.lookUp(tenant);
      const effectiveOn = londonDate(this.clock.now(tenant));
      const by = (who: string): CommandMeta => ({
        tenant,
        commandId: `${IDS}/${seed}/${at}`,
        actor: {
          id: localAccountId(tenant, who === 'person' ? `person/${ids.personId}` : who),
          role: who,
        },
        effectiveOn,
        ...(who === 'person' && { onBehalfOf: ids.personId }),
      });
      const { position } = await this.bus.execute<Command, CommandResult>(step.command(ids, by, seed));
      if (!(await this.runner.reached(tenant, position, PATIENCE_MS)))
        throw new Unavailable('The views and processes are behind. Give the same command again: the case goes on.');
    }
    const opened = { ...ids, ...(await this.openedOf(tenant, ids.personId)) };
    return { ...opened, stage: to, links: linksOf(opened) };
  }

  /** Random ids, the same for the same seed. */
  private async idsOf(tenant: Tenant, seed: string): Promise<CaseIds> {
    const names = ['person', 'episode', 'assessment', 'line-1', 'line-2'].map((name) => `${seed}/${name}`);
    const [personId, episodeId, assessmentId, ...lines] = await this.index.claim(tenant, IDS, names);
    return { personId: personId!, episodeId: episodeId!, assessmentId: assessmentId!, lineIds: [lines[0]!, lines[1]!] };
  }

  private async openedOf(
    tenant: Tenant,
    personId: string,
  ): Promise<Pick<CaseIds, 'allocationId' | 'budgetId' | 'planId'>> {
    const allocationId = await openedFor(this.store, tenant, personId, ALLOCATION_OPENED);
    const budgetId = await openedFor(this.store, tenant, personId, BUDGET_DRAFTED);
    const planId = await openedFor(this.store, tenant, personId, PLAN_OPENED);
    return { ...(allocationId && { allocationId }), ...(budgetId && { budgetId }), ...(planId && { planId }) };
  }
}

const linksOf = ({ personId, allocationId, budgetId, planId }: CaseIds) => [
  { text: 'Case', path: `/people/${personId}` },
  { text: 'Duties', path: `/people/${personId}/duties` },
  { text: 'Decisions', path: `/people/${personId}/decisions` },
  { text: 'As others see it', path: `/people/${personId}/shoes` },
  ...(allocationId ? [{ text: 'Allocation', path: `/allocations/${allocationId}/budget` }] : []),
  ...(budgetId ? [{ text: 'Personal budget', path: `/personal-budgets/${budgetId}` }] : []),
  ...(planId ? [{ text: 'Plan', path: `/support-plans/${planId}` }] : []),
];
