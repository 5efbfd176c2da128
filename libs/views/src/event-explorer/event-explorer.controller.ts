import { type Account, Accounts, Allow, SignedIn, maySeeNeedToKnow } from '@caretrail/access';
import { type Clock, InvalidInput, NotFound, formatDate, londonClock, londonDate } from '@caretrail/kernel';
import {
  type AsOfDays,
  PageRenderer,
  asOfFrom,
  asOfSource,
  columns,
  registerTemplates,
  streamCsv,
} from '@caretrail/web';
import { Controller, Get, Header, Inject, Param, ParseUUIDPipe, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { join } from 'node:path';
import { type EventFilter, eventFilterSchema, unreadableDays } from './event-filter.js';
import { EventPage } from './event-page.js';
import type { ExploredEvent } from './explored-event.entity.js';
import { ExploreEvents, type MonthCount, PAGE_SIZE, type Reader } from './explore-events.query.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const FILTERS = [
  'type',
  'about',
  'who',
  'tied',
  'recordedFrom',
  'recordedTo',
  'trueFrom',
  'trueTo',
  'late',
  'corrections',
  'decisions',
] as const;

const LABELS: Readonly<Record<(typeof FILTERS)[number], string>> = {
  type: 'Type',
  about: 'About',
  who: 'Who',
  tied: 'Tied to',
  recordedFrom: 'Recorded from',
  recordedTo: 'Recorded to',
  trueFrom: 'True from',
  trueTo: 'True to',
  late: 'Recorded late',
  corrections: 'Corrections',
  decisions: 'Decisions',
};

/** The analyst's first page: every event, by its envelope. */
@ApiTags('events')
@Controller()
@Allow('analyst', 'safeguarding')
export class EventExplorerController {
  constructor(
    @Inject(ExploreEvents) private readonly explore: ExploreEvents,
    @Inject(EventPage) private readonly page: EventPage,
    @Inject(PageRenderer) private readonly renderer: PageRenderer,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('events')
  @ApiExcludeEndpoint()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@SignedIn() account: Account, @Req() request: FastifyRequest, @Query() query: Record<string, unknown>) {
    const { asOf, reader, filter } = await this.asked(account, query);
    const typed = eventFilterSchema.parse(query);
    const { events, total } = await this.explore.find(reader, filter);
    const months = await this.explore.byMonth(reader, filter);
    const opened = filter.event ? await this.page.open(reader, account, filter.event) : undefined;
    const position = Number(await this.explore.position(account.tenant));
    return this.renderer.render(
      'event-explorer.njk',
      {
        title: 'Event explorer',
        asOf,
        filter: typed,
        errors: unreadableDays(typed),
        chosen: chosenFilters(typed),
        lines: await this.page.lines(reader, events),
        total,
        pages: Math.ceil(total / PAGE_SIZE),
        opened,
        notFound: filter.event !== undefined && !opened,
        chart: months.length ? drawn(months) : undefined,
        monthRows: months.map(({ month, happened, decided }) => ({
          cells: [monthName(month), happened.toLocaleString('en-GB'), decided.toLocaleString('en-GB')],
        })),
        source: asOfSource(asOf),
        position,
        footerNote: `Read model “event-explorer” stands at position ${position.toLocaleString('en-GB')}`,
      },
      request,
    );
  }

  @Get('events.csv')
  @ApiExcludeEndpoint()
  async download(@SignedIn() account: Account, @Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    const { reader, filter } = await this.exactly(account, query);
    return streamCsv(
      reply,
      'events',
      [
        { header: 'Position', value: ({ event }) => BigInt(event.position) },
        { header: 'Recorded', value: ({ event: { recordedAt } }) => londonMoment(recordedAt.toISOString()) },
        { header: 'True on', value: ({ event }) => event.effectiveOn },
        { header: 'Known on', value: ({ event }) => event.knownOn },
        { header: 'Event', value: ({ event }) => event.type },
        { header: 'Stream', value: ({ event }) => event.stream },
        { header: 'By', value: ({ by }) => by },
        { header: 'Role', value: ({ event }) => event.actorRole },
        { header: 'Decision', value: ({ event }) => (event.decision ? 'yes' : 'no') },
        { header: 'Corrects', value: ({ event }) => event.corrects },
        { header: 'Because of', value: ({ event }) => event.causationId },
        { header: 'Tied to', value: ({ event }) => event.correlationId },
        { header: 'Event id', value: ({ event }) => event.eventId },
      ],
      this.named(reader, filter),
    );
  }

  @Get('api/events')
  @ApiOperation({ summary: 'Events by envelope, newest first; personal data stay locked.' })
  @ApiQuery({ name: 'type', required: false })
  @ApiQuery({ name: 'about', required: false, description: 'Record (P-…), stream, person or event id' })
  @ApiQuery({ name: 'who', required: false })
  @ApiQuery({ name: 'page', required: false })
  @ApiQuery({ name: 'effective', required: false, description: 'True by this day, yyyy-mm-dd' })
  @ApiQuery({ name: 'known', required: false, description: 'Known by this day, yyyy-mm-dd' })
  async list(@SignedIn() account: Account, @Query() query: Record<string, unknown>) {
    const { reader, filter } = await this.exactly(account, query);
    const { events, total } = await this.explore.find(reader, filter);
    return { total, page: filter.page, events: events.map(({ tenant: _, ...event }) => event) };
  }

  @Get('api/events/:id')
  @ApiOperation({ summary: 'One event, what is in it, and what it led to.' })
  async one(
    @SignedIn() account: Account,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: Record<string, unknown>,
  ) {
    const { reader } = await this.exactly(account, query);
    const opened = await this.page.open(reader, account, id);
    if (!opened) throw new NotFound('There is no such event, or not one that your role may see on these days.');
    return opened;
  }

  /** Each event with the name of whoever acted. */
  private async *named(reader: Reader, filter: EventFilter): AsyncGenerator<{ event: ExploredEvent; by: string }> {
    const names = new Map<string, string>();
    for await (const events of this.explore.all(reader, filter))
      for (const event of events) {
        const { actorId, actorRole } = event;
        let by = names.get(actorId);
        if (by === undefined) names.set(actorId, (by = await this.accounts.nameOf(reader.tenant, actorId, actorRole)));
        yield { event, by };
      }
  }

  /** What was asked, where the answer says nothing of what was not understood: a day that is none is refused. */
  private async exactly(account: Account, query: Record<string, unknown>) {
    const asked = await this.asked(account, query);
    const wrong = { ...asked.asOf.error, ...unreadableDays(asked.filter) };
    const faults = Object.entries(wrong).map(([field, message]) => ({ rule: 'input-shape', field, message }));
    if (faults.length) throw new InvalidInput(faults);
    return asked;
  }

  private async asked(
    account: Account,
    query: Record<string, unknown>,
  ): Promise<{ asOf: AsOfDays; reader: Reader; filter: EventFilter & { actors?: string[] } }> {
    const { tenant } = account;
    const asOf = asOfFrom(query, londonDate(this.clock.now(tenant)));
    const filter = eventFilterSchema.parse(query);
    const reader = { tenant, needToKnow: maySeeNeedToKnow(account), effective: asOf.effective, known: asOf.known };
    if (!filter.who) return { asOf, reader, filter };
    const typed = filter.who.toLowerCase();
    const named = (await this.accounts.list(tenant)).filter(({ name }) => name.toLowerCase().includes(typed));
    return { asOf, reader, filter: { ...filter, actors: named.map(({ id }) => id) } };
  }
}

function chosenFilters(filter: EventFilter): { text: string; without: Record<string, string> }[] {
  const unreadable: Record<string, string> = unreadableDays(filter);
  return FILTERS.flatMap((name) => {
    const value = filter[name];
    if (!value || name in unreadable) return [];
    return [{ text: value === true ? LABELS[name] : `${LABELS[name]}: ${value}`, without: { [name]: '', page: '' } }];
  });
}

/** `2026-03-14 09:30:00`, London's clock, which a spreadsheet reads as a moment. */
const londonMoment = (at: string): string => `${londonDate(at)} ${londonClock(at, true)}`;

const monthName = (month: string): string => formatDate(`${month}-01`, 'shortYear').replace(/^1 /, '');

function drawn(months: readonly MonthCount[]) {
  return columns({
    id: 'events-by-month',
    title: `Events by the month in which they were true: ${months.map(({ month, happened, decided }) => `${monthName(month)} ${happened + decided}`).join(', ')}`,
    unit: 'month in which it was true',
    categories: months.map(({ month }) => monthName(month)),
    series: [
      { name: 'happened', own: false, values: months.map(({ happened }) => happened) },
      { name: 'decided', own: true, values: months.map(({ decided }) => decided) },
    ],
  });
}
