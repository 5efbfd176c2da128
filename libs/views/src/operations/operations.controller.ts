import { join } from 'node:path';
import { type Account, Allow, SignedIn, type SignedInRequest } from '@caretrail/access';
import { AppendActivity, type AppendFigures } from '@caretrail/event-store';
import { DECISION_REASONS, SubscriptionControl, type SubscriptionOverview } from '@caretrail/projections';
import { formState, PageRenderer, registerTemplates } from '@caretrail/web';
import { Body, Controller, Get, Header, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { carryOut, decisionFrom } from './operations-decision.js';
import { moment, progressWords } from './operations-words.js';

registerTemplates(join(import.meta.dirname, 'templates'));

type PageRequest = FastifyRequest & SignedInRequest;
const HTML = 'text/html; charset=utf-8';
const OK = 200;
const UNPROCESSABLE = 422;
const DECISIONS_SHOWN = 20;

/** What keeps the views and processes of a council from going on, and what can be done about it. */
@ApiExcludeController()
@Controller('operations')
@Allow('analyst')
export class OperationsController {
  constructor(
    @Inject(SubscriptionControl) private readonly control: SubscriptionControl,
    @Inject(AppendActivity) private readonly activity: AppendActivity,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
  ) {}

  @Get()
  @Header('content-type', HTML)
  show(@SignedIn() account: Account, @Req() request: PageRequest): Promise<string> {
    return this.page(account, request, {});
  }

  @Post()
  async decide(
    @Body() typed: unknown,
    @SignedIn() account: Account,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      const outcome = await carryOut(this.control, account, decisionFrom(typed));
      await reply
        .status(OK)
        .type(HTML)
        .send(await this.page(account, request, { outcome }));
    } catch (error) {
      const { summary } = formState(typed, error);
      // One page has many of these forms: the summary says what is wrong, without a link to one of them.
      const form = { ...formState({}), summary: summary.map(({ text }) => ({ text })) };
      await reply
        .status(UNPROCESSABLE)
        .type(HTML)
        .send(await this.page(account, request, { form }));
    }
  }

  private async page(account: Account, request: PageRequest, said: Readonly<Record<string, unknown>>): Promise<string> {
    const { tenant } = account;
    const [subscriptions, decisions] = await Promise.all([
      this.control.overview(tenant),
      this.control.decisions(tenant, DECISIONS_SHOWN),
    ]);
    return this.pages.render(
      'operations.njk',
      {
        title: 'Operations',
        form: formState({}),
        ...said,
        rows: subscriptions.map((each) => ({ edge: each.failing ? 'own' : undefined, cells: cellsOf(each) })),
        head: (subscriptions[0]?.head ?? 0n).toString(),
        waiting: subscriptions.reduce((sum, { parked }) => sum + parked.length, 0),
        parked: subscriptions.flatMap(({ parked }) =>
          parked.map((key) => ({ ...key, since: moment(key.parkedAt.toISOString()) })),
        ),
        failing: subscriptions.filter(({ failing }) => failing),
        appends: appendsShown(this.activity.of(tenant)),
        reasons: DECISION_REASONS,
        decisions: await Promise.all(
          decisions.map(async (each) => ({
            cells: [
              moment(each.decidedAt.toISOString()),
              await this.pages.nameOf(account, each.actorId),
              each.decision,
              each.subscription,
              each.key ?? 'all of it',
              each.reason,
            ],
          })),
        ),
      },
      request,
    );
  }
}

const OUTCOMES = [
  { kind: 'written', text: 'Written' },
  { kind: 'repeated', text: 'Sent again, and there already' },
  { kind: 'conflict', text: 'Somebody else wrote first (conflict)' },
  { kind: 'failed', text: 'Failed' },
] as const;
const PERCENT = 100;

/** How many appends there were, what became of them, and how many shared a transaction. */
function appendsShown({ since, all, recent, recentMinutes, groups }: AppendFigures) {
  const total = (counts: typeof all) => OUTCOMES.reduce((sum, { kind }) => sum + counts[kind], 0);
  const share = (part: number, of: number) => `${(of ? (part * PERCENT) / of : 0).toFixed(1)}%`;
  const perMinute = (count: number) => (count / recentMinutes).toFixed(1);
  return {
    since: moment(since.toISOString()),
    sentence: `${perMinute(total(recent))} appends and ${perMinute(recent.events)} events a minute lately; ${share(recent.conflict, total(recent))} of these appends were conflicts.`,
    rows: OUTCOMES.map(({ kind, text }) => ({
      edge: kind === 'failed' && recent.failed ? 'own' : undefined,
      cells: [text, recent[kind], perMinute(recent[kind]), all[kind], share(all[kind], total(all))],
    })),
    groups: groups.map(({ most, transactions }, index) => {
      const least = (groups[index - 1]?.most ?? 0) + 1;
      return { cells: [least === most ? most : `${least} to ${most}`, transactions] };
    }),
  };
}

const KINDS: Readonly<Record<SubscriptionOverview['kind'], string>> = {
  projection: 'view',
  process: 'process',
  sealing: 'seal',
};

function cellsOf({ name, kind, position, lag, heldBy, failing, rebuilding, parked }: SubscriptionOverview) {
  const state = failing
    ? { text: failing, tag: { text: 'stopped', colour: 'late' } }
    : rebuilding
      ? {
          text: progressWords(rebuilding),
          tag: { text: 'rebuilding' },
        }
      : { text: lag.events ? 'behind' : 'up to date' };
  return [
    kind === 'process'
      ? name
      : { text: name, href: kind === 'sealing' ? '/sealed-history' : `/operations/views/${name}` },
    state,
    lag.orMore ? `${lag.events.toLocaleString('en-GB')} or more` : lag.events,
    parked.length,
    position.toString(),
    KINDS[kind],
    heldBy ?? 'nobody at this moment',
  ];
}
