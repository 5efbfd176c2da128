import { type Account, Allow, SignedIn, type SignedInRequest } from '@caretrail/access';
import { NotFound } from '@caretrail/kernel';
import {
  type Comparison,
  DECISION_REASONS,
  differing,
  SubscriptionControl,
  type SubscriptionOverview,
} from '@caretrail/projections';
import { formState, PageRenderer } from '@caretrail/web';
import { Body, Controller, Get, Header, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { carryOut, decisionFrom } from './operations-decision.js';
import { moment, progressWords } from './operations-words.js';

type PageRequest = FastifyRequest & SignedInRequest;
const HTML = 'text/html; charset=utf-8';
const OK = 200;
const UNPROCESSABLE = 422;
const DECISIONS_SHOWN = 50;

/** The rows of one view: which are shown, which are being built, which are kept, and what can be done about them. */
@ApiExcludeController()
@Controller('operations/views')
@Allow('analyst')
export class ViewRowsController {
  constructor(
    @Inject(SubscriptionControl) private readonly control: SubscriptionControl,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
  ) {}

  /** @throws NotFound when there is no such view */
  @Get(':id')
  @Header('content-type', HTML)
  show(@Param('id') view: string, @SignedIn() account: Account, @Req() request: PageRequest): Promise<string> {
    return this.page(view, account, request, {});
  }

  @Post(':id')
  async decide(
    @Param('id') view: string,
    @Body() typed: unknown,
    @SignedIn() account: Account,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = async (status: number, said: Readonly<Record<string, unknown>>): Promise<void> => {
      const page = await this.page(view, account, request, said);
      await reply.status(status).type(HTML).send(page);
    };
    try {
      await answer(OK, { outcome: await carryOut(this.control, account, decisionFrom(typed)) });
    } catch (error) {
      const { summary } = formState(typed, error);
      // One page has several of these forms: the summary says what is wrong, without a link to one of them.
      await answer(UNPROCESSABLE, { form: { ...formState({}), summary: summary.map(({ text }) => ({ text })) } });
    }
  }

  private async page(
    view: string,
    account: Account,
    request: PageRequest,
    said: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const [subscriptions, decisions] = await Promise.all([
      this.control.overview(account.tenant),
      this.control.decisions(account.tenant, DECISIONS_SHOWN),
    ]);
    const found = subscriptions.find(({ name, kind }) => name === view && kind === 'projection');
    if (!found) throw new NotFound('There is no such view.');
    const { rebuilding, previous, failing } = found;
    return this.pages.render(
      'view-rows.njk',
      {
        title: `Rows of ${view}`,
        view,
        form: formState({}),
        ...said,
        failing,
        shown: shownRows(found),
        rebuilding: rebuilding && { ...rebuilding, words: progressWords(rebuilding) },
        previous: previous && {
          since: moment(previous.switchedAt.toISOString()),
          version: previous.version,
          position: previous.position.toLocaleString('en-GB'),
        },
        compared: previous?.comparison && comparedRows(previous.comparison),
        reasons: DECISION_REASONS,
        decisions: await Promise.all(
          decisions
            .filter(({ subscription }) => subscription === view)
            .map(async (each) => ({
              cells: [
                moment(each.decidedAt.toISOString()),
                await this.pages.nameOf(account, each.actorId),
                each.decision,
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

const shownRows = ({ version, position, head, lag, parked }: SubscriptionOverview) => [
  { key: 'Version', text: version || 'none yet' },
  { key: 'Up to position', text: `${position.toLocaleString('en-GB')} of ${head.toLocaleString('en-GB')}` },
  { key: 'Events to come', text: `${lag.events.toLocaleString('en-GB')}${lag.orMore ? ' or more' : ''}` },
  { key: 'Parked keys', text: parked.length },
];

/** What the switch found, and a sentence that says whether it should be so. */
function comparedRows(comparison: Comparison) {
  const unexpected = differing(comparison);
  const same = comparison.tables.every((table) => table.same);
  return {
    alarm: unexpected.length > 0,
    sentence: unexpected.length
      ? 'The rows came out differently, though neither their version nor their events differ. Find out why before the old ones are removed.'
      : same
        ? 'The new rows are the same as those that were shown.'
        : 'The rows came out differently, as they may: the version was raised, or something had been parked or missed.',
    rows: comparison.tables.map((table) => ({
      edge: unexpected.includes(table.table) ? 'over' : undefined,
      cells: [table.table, table.rowsBefore, table.rowsAfter, table.same ? 'the same' : 'not the same'],
    })),
  };
}
