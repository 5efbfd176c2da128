import { join } from 'node:path';
import { type Account, Allow, maySeeNeedToKnow, SignedIn, type SignedInRequest } from '@caretrail/access';
import { type Clock, londonDate } from '@caretrail/kernel';
import { type AsOfDays, asOfFrom, type CsvColumn, PageRenderer, registerTemplates, sendCsv } from '@caretrail/web';
import { Controller, Get, Header, Inject, Logger, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ChronologyLine, ChronologyPage, DRAWN_MARKS } from './chronology-page.js';
import { type ChronologyChoice, chronologyOrders, chronologyPeriods, chronologyShows } from './chronology-selection.js';
import { markShape } from './swim-lanes.drawing.js';

registerTemplates(join(import.meta.dirname, 'templates'));

type AddressQuery = Readonly<Record<string, unknown>>;

/** One person's chronology across all contexts, for the safeguarding team; for practitioners without what is need-to-know. */
@ApiExcludeController()
@Controller('people/:id')
@Allow('safeguarding', 'practitioner')
export class ChronologyController {
  private readonly log = new Logger('NeedToKnow');

  constructor(
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(ChronologyPage) private readonly chronology: ChronologyPage,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('chronology')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(
    @Param('id') id: string,
    @Query() query: AddressQuery,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest & SignedInRequest,
  ): Promise<string> {
    const asOf = this.asOf(account, query);
    const choice = choiceOf(query);
    const page = pageOf(query);
    const contents = await this.chronology.contents(account, id, choice, asOf, page);
    this.viewed(account);
    const { leftOut, lines, ...shown } = contents;
    return this.pages.render(
      'chronology.njk',
      {
        title: `${contents.label?.name ?? contents.record}: chronology`,
        asOf,
        leftOut: { events: leftOut },
        ...shown,
        lines: lines.map((line) => ({ ...line, shape: shapeOf(line) })),
        choice,
        page,
        drawnMarks: DRAWN_MARKS,
        footerNote: contents.needToKnow ? 'Holds what is need to know' : undefined,
      },
      request,
    );
  }

  @Get('chronology.csv')
  async download(
    @Param('id') id: string,
    @Query() query: AddressQuery,
    @SignedIn() account: Account,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asOf = this.asOf(account, query);
    const lines = await this.chronology.download(account, id, choiceOf(query), asOf);
    this.viewed(account);
    await sendCsv(reply, `chronology-${id.slice(0, 8)}-${asOf.effective}`, csvColumns, lines);
  }

  /** A line in the program's log, without saying whose chronology it was. */
  private viewed(account: Account): void {
    if (maySeeNeedToKnow(account)) this.log.log({ viewed: 'chronology', account: account.id, tenant: account.tenant });
  }

  private asOf(account: Account, query: AddressQuery): AsOfDays {
    return asOfFrom(query, londonDate(this.clock.now(account.tenant)));
  }
}

function choiceOf(query: AddressQuery): ChronologyChoice {
  const choose = <const Value extends string>(name: string, values: readonly [Value, ...Value[]]): Value =>
    values.find((value) => value === query[name]) ?? values[0];
  return {
    period: choose('period', chronologyPeriods),
    show: choose('show', chronologyShows),
    order: choose('order', chronologyOrders),
  };
}

function pageOf(query: AddressQuery): number {
  const page = Number(query['page']);
  return Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1;
}

/** The mark of the drawing, in the list. Drawn of our own shapes alone, so it is safe as it is. */
const shapeOf = (line: ChronologyLine): string =>
  `<svg width="22" height="22" viewBox="0 0 22 22" role="img" aria-label="${line.number}${line.decision ? ', decided' : ''}">${markShape(line, 11, 11)}</svg>`;

const csvColumns: readonly CsvColumn<ChronologyLine>[] = [
  { header: 'No.', value: (line) => line.number },
  { header: 'True on', value: (line) => line.effectiveOn },
  { header: 'Known on', value: (line) => line.knownOn },
  { header: 'Recorded at', value: (line) => line.recordedAt },
  { header: 'Days late', value: (line) => (line.late ? line.daysToKnow : '') },
  { header: 'What happened', value: (line) => line.title },
  { header: 'Context', value: (line) => line.contextTitle },
  { header: 'Decision', value: (line) => (line.decision ? 'yes' : 'no') },
  { header: 'Who decided or recorded it', value: (line) => line.who },
  { header: 'Under which authority', value: (line) => line.authority },
  { header: 'Source', value: (line) => line.source },
  { header: 'Corrects', value: (line) => line.correctsNumber },
  { header: 'Corrected by', value: (line) => line.correctedBy },
  { header: 'Event', value: (line) => line.eventId },
];
