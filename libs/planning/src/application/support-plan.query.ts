import { type Account, Representatives } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import {
  type AsOf,
  type DecisionContext,
  type Fault,
  NotFound,
  type PlainDate,
  type Policy,
  type Recorded,
  standingEvents,
} from '@caretrail/kernel';
import { PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { type Proposal, contentPolicies, proposalOfDraft } from '../domain/support-plan/agreement.policies.js';
import { type SupportPlanEvent, supportPlanStream } from '../domain/support-plan/support-plan.decider.js';
import type { SupportPlanState } from '../domain/support-plan/support-plan.state.js';
import { type SupportPlan, readPlan } from './support-plan.reading.js';

/** What stands between a draft and its signatures, and what is not there yet but bars nobody. */
export interface PlanCheck {
  readonly bars: readonly Fault[];
  readonly missing: readonly string[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** In what a representative speaks for whom they may read the plan. */
const READ_BY_REPRESENTATIVES = ['support planning', 'reviews'];
const KEPT_FROM_THE_PERSON = 'Somebody else, whose name is kept from this page.';

/** Reads one support plan from its own stream, so that it is never behind. */
@Injectable()
export class SupportPlanQuery {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
    @Inject(Representatives) private readonly representatives: Representatives,
  ) {}

  /**
   * The plan as it was true and known on two days; left out, as it is known now.
   * @throws NotFound for an id that this council has not opened a plan under by then
   */
  async get(tenant: string, planId: string, days: AsOf = {}): Promise<SupportPlan> {
    return (await this.read(tenant, planId, days)).plan;
  }

  /**
   * The plan for whoever signed in: the person sees their own alone, without the names of others whom a restriction
   * is for (they are third parties).
   * @throws NotFound also for somebody else's plan
   */
  async for(account: Account, planId: string, days: AsOf = {}): Promise<SupportPlan> {
    const plan = await this.get(account.tenant, planId, days);
    if (account.role !== 'person') return plan;
    if (plan.personId !== account.personId) throw unknownPlan();
    return withoutThirdParties(plan);
  }

  /**
   * The plan for whoever reads it: as `for`, and for a representative who on that day speaks for the person in planning or
   * reviews. They read, and write nothing here.
   * @throws NotFound for everybody else
   */
  async readableBy(account: Account, planId: string, today: PlainDate, days: AsOf = {}): Promise<SupportPlan> {
    const plan = await this.get(account.tenant, planId, days);
    if (plan.personId === account.personId || account.role !== 'person') return this.for(account, planId, days);
    if (!(await this.representatives.speaksFor(account, plan.personId, READ_BY_REPRESENTATIVES, today)))
      throw unknownPlan();
    return withoutThirdParties(plan);
  }

  /** What a signature on the draft would be refused for today, and what good practice still misses. */
  async check(tenant: string, planId: string, today: string): Promise<PlanCheck> {
    const { plan, state } = await this.read(tenant, planId, {});
    return { bars: barsOf(state, today), missing: missingIn(plan) };
  }

  private async read(tenant: string, planId: string, { effectiveOn, knownOn }: AsOf) {
    const stored = UUID.test(planId) ? await this.store.readStream(tenant, supportPlanStream({ planId })) : [];
    const actors = new Map(stored.map(({ id, metadata: { actorId, actorRole } }) => [id, { actorId, actorRole }]));
    const inEffect = stored.filter(({ metadata }) => effectiveOn === undefined || metadata.effectiveOn <= effectiveOn);
    const events = standingEvents(await this.codec.open(inEffect), { knownOn });
    const found = readPlan(
      events.map((event) => ({ ...(event as Recorded<SupportPlanEvent>), ...actors.get(event.id)! })),
    );
    if (!found) throw unknownPlan();
    return found;
  }
}

const unknownPlan = () => new NotFound('No support plan with this id is known here.');

function barsOf(state: SupportPlanState, today: string): Fault[] {
  const context: DecisionContext = {
    now: `${today}T12:00:00.000Z`,
    today,
    effectiveOn: today,
    actor: { id: '', role: '' },
  };
  const proposal = proposalOfDraft(state);
  return contentPolicies.flatMap((policy: Policy<Proposal, SupportPlanState, DecisionContext>) =>
    (policy.check(proposal, state, context) ?? []).map((found) => ({
      rule: policy.rule,
      ...(policy.section && { section: policy.section }),
      ...found,
    })),
  );
}

function missingIn({ about, options, needs, lines, fivePointChecks, measures }: SupportPlan): string[] {
  const offered = new Set(options.map(({ need }) => need));
  const withoutOptions = needs.filter((need) => !offered.has(need));
  return [
    ...(about?.whatMatters ? [] : ['What matters to the person is not written down (section 25(1)(d)).']),
    ...(about?.strengths ? [] : ['Strengths are not written down.']),
    ...(about?.circle.length ? [] : ['The circle of support is not written down.']),
    ...(about?.contingency ? [] : ['There is no contingency: what is done when support falls away.']),
    ...(about?.prevention ? [] : ['There is no advice on preventing, delaying or reducing needs (section 25(1)(f)).']),
    ...(withoutOptions.length ? [`No options are recorded as offered for ${withoutOptions.join(', ')}.`] : []),
    ...(lines.some(({ outcome }) => outcome) ? [] : ['No line says which outcome it is for (section 25(1)(d)).']),
    ...(lines.some(({ writtenBy }) => writtenBy === 'person') ? [] : ['No line is the person’s own.']),
    ...(fivePointChecks.length ? [] : ['The five-point check of self-directed support is not made.']),
    ...(measures.some(({ moment }) => moment === 'before')
      ? []
      : ['No outcome is measured before the support: later there is nothing to compare with.']),
  ];
}

function withoutThirdParties(plan: SupportPlan): SupportPlan {
  const masked = <Line extends SupportPlan['lines'][number]>(line: Line): Line =>
    line.protection && line.protection.beneficiary !== 'the person'
      ? { ...line, protection: { ...line.protection, beneficiaryName: KEPT_FROM_THE_PERSON } }
      : line;
  const versions = plan.versions.map((version) => ({ ...version, lines: version.lines.map(masked) }));
  const signedOff = versions.at(-1);
  return { ...plan, lines: plan.lines.map(masked), versions, ...(signedOff && { signedOff }) };
}
