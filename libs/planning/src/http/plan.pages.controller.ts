import { Allow } from '@caretrail/access';
import { PageRenderer, asOfFrom } from '@caretrail/web';
import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SupportPlanQuery } from '../application/support-plan.query.js';
import type { SupportPlan } from '../application/support-plan.reading.js';
import { fivePointsOverTime } from './five-points.chart.js';
import { type AtDesk, Desk, PlanDesk } from './plan-desk.js';
import { putInWords, readerOf } from './put-in-words.js';
import { fivePointTrend, measuresByInstrument, restrictionOf, signedFor, stageInWords } from './plan-words.js';

const HTML = 'text/html; charset=utf-8';

interface Step {
  readonly path: string;
  readonly text: string;
}

/** A plan, for those who make it and for the person whose it is; on any two days. */
@ApiExcludeController()
@Controller('support-plans/:id')
export class PlanPagesController {
  constructor(
    @Inject(PlanDesk) private readonly desk: PlanDesk,
    @Inject(SupportPlanQuery) private readonly plans: SupportPlanQuery,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
  ) {}

  @Get()
  @Allow('practitioner', 'broker', 'finance', 'person')
  @Header('content-type', HTML)
  async show(@Param('id') id: string, @Query() query: unknown, @Desk() desk: AtDesk): Promise<string> {
    const { plan, asOf } = await this.read(id, query, desk);
    const open = plan.stage === 'draft' || plan.stage === 'under revision';
    const me = desk.account.role === 'person' && plan.personId === desk.account.personId;
    const mayWrite = me || desk.account.role === 'practitioner';
    const said = new Set([...plan.lines, ...plan.unmet].map(({ need }) => need));
    const [first, ...steps] = asOf.isToday && mayWrite ? stepsFor(plan, open, me) : [];
    return this.pages.render(
      'support-plan.njk',
      {
        title: me ? 'My support plan' : 'Support plan',
        asOf,
        ...(await this.desk.whose(desk.account, plan, asOf.isToday ? undefined : asOf.known)),
        plan,
        stage: stageInWords(plan.stage),
        open,
        me,
        plain: desk.account.role === 'person',
        words: putInWords(readerOf(desk.account, plan.personId)),
        mayWrite,
        action: first && { text: first.text, href: `/support-plans/${plan.planId}/${first.path}` },
        steps,
        bare: plan.needs.filter((need) => !said.has(need)),
        restrictions: plan.lines.flatMap((line) => {
          const restriction = restrictionOf(line, asOf.effective);
          return restriction ? [{ need: line.need, action: line.action, ...restriction }] : [];
        }),
        versions: await this.named(plan, desk),
        names: await this.namesIn(plan, desk),
        check:
          open && mayWrite && asOf.isToday
            ? await this.plans.check(desk.account.tenant, plan.planId, this.desk.today(desk.account))
            : undefined,
        toChangeBudget: desk.account.role === 'finance' ? toChangeBudget(plan) : [],
        signedFor,
        trend: trendOf(plan),
        measured: measuresByInstrument(plan),
      },
      desk.request,
    );
  }

  /** The plan in plain words, to be printed and kept. */
  @Get('print')
  @Allow('practitioner', 'broker', 'finance', 'person')
  @Header('content-type', HTML)
  async print(@Param('id') id: string, @Query() query: unknown, @Desk() desk: AtDesk): Promise<string> {
    const { plan, asOf } = await this.read(id, query, desk);
    const [newest] = await this.named(plan, desk);
    return this.pages.render(
      'support-plan-print.njk',
      {
        title: plan.ofCarer ? 'Support plan of a carer' : 'Care and support plan',
        asOf,
        ...(await this.desk.whose(desk.account, plan, asOf.isToday ? undefined : asOf.known)),
        plan,
        words: putInWords('person'),
        signedFor,
        signedOffBy: newest?.signedOffName,
      },
      desk.request,
    );
  }

  private async read(id: string, query: unknown, { account }: AtDesk) {
    const asOf = asOfFrom(query, this.desk.today(account));
    const days = asOf.isToday ? {} : { effectiveOn: asOf.effective, knownOn: asOf.known };
    return { plan: await this.plans.readableBy(account, id, this.desk.today(account), days), asOf };
  }

  /** The name of whoever entered or changed a line, by the id of the account. */
  private async namesIn({ lines }: SupportPlan, { account }: AtDesk): Promise<Readonly<Record<string, string>>> {
    const roles = new Map(
      lines
        .flatMap(({ entered, changed }) => [entered ?? [], changed ?? []].flat())
        .map(({ actorId, actorRole }) => [actorId, actorRole]),
    );
    const named = [...roles].map(async ([id, role]) => [id, await this.pages.nameOf(account, id, role)] as const);
    return Object.fromEntries(await Promise.all(named));
  }

  /** The versions, newest first, with the name of whoever signed for the council. */
  private named({ versions }: SupportPlan, { account }: AtDesk) {
    return Promise.all(
      versions.toReversed().map(async (version) => ({
        ...version,
        signedOffName: await this.pages.nameOf(account, version.signedOffBy),
      })),
    );
  }
}

/** The checks as a table, and as a line where there are several of them. */
function trendOf(plan: SupportPlan) {
  const trend = fivePointTrend(plan);
  const { times, holding } = trend;
  const [first, last] = [holding.at(0), holding.at(-1)];
  return {
    ...trend,
    chart: fivePointsOverTime(times.map(({ on }, at) => ({ on, holding: holding[at] ?? 0 }))),
    answer:
      first === last
        ? `${last} points hold, as at the first check.`
        : `${last} points hold; ${first} did at the first check.`,
  };
}

/** Reviews that change the budget, for which the plan was not opened yet. */
const toChangeBudget = ({ reviews, revisions, stage }: SupportPlan) =>
  stage === 'closed'
    ? []
    : reviews.filter(
        ({ consequence, reviewId }) =>
          consequence === 'the plan and the budget are revised' &&
          !revisions.some((each) => each.reviewId === reviewId),
      );

/** What can be done next, the most likely first. */
function stepsFor(plan: SupportPlan, open: boolean, me: boolean): Step[] {
  const { stage, signedOff, requests, reviews, revisions, signature } = plan;
  if (stage === 'closed') return [];
  const step = (path: string, text: string): Step => ({ path, text });
  const asked = requests.some(({ declined, answeredOn }) => !declined && !answeredOn);
  const opened = new Set(revisions.map(({ reviewId }) => reviewId));
  const toRevise = reviews.some(
    ({ reviewId, consequence }) => consequence?.endsWith('revised') && !opened.has(reviewId),
  );
  const unsigned = signature === undefined && (open || signedOff?.signature === undefined);
  if (me)
    return [
      ...(open ? [step('line', 'Add a line of my own')] : []),
      ...(unsigned ? [step('signature', 'Sign my plan')] : []),
      step('about', 'About me'),
      ...(open ? [step('dissent', 'Say what I do not agree with')] : []),
      step('measure', 'Say how life is'),
      step('five-point-check', 'Answer the five points'),
      ...(signedOff ? [step('review-request', 'Ask for a review')] : []),
    ];
  return [
    ...(open ? [step('line', 'Add a line'), step('agreement', 'Check and sign')] : []),
    ...(!open && toRevise ? [step('revision', 'Open the plan for revision')] : []),
    ...(!open && !plan.startedOn ? [step('start', 'Support begins')] : []),
    ...(signedOff ? [step('review', 'Complete a review'), step('copy', 'Given in writing')] : []),
    step('about', 'About the person'),
    ...(open
      ? [
          step('options', 'Options for a need'),
          step('unmet-need', 'A need that is not met'),
          step('dissent', 'Dissent'),
        ]
      : []),
    ...(unsigned ? [step('signature', 'The person’s side signs')] : []),
    step('five-point-check', 'Five-point check'),
    step('measure', 'Measure quality of life'),
    step('measure?instrument=Independent+living', 'Measure independent living'),
    ...(signedOff
      ? [step('review-request', 'A review is asked for'), step('review-due', 'Bring the review forward')]
      : []),
    ...(asked ? [step('review-declined', 'Decline a request')] : []),
    step('closure', 'End the plan'),
  ];
}
