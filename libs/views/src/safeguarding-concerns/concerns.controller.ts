import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Account, Allow, SignedIn, type SignedInRequest } from '@caretrail/access';
import { type Clock, londonDate } from '@caretrail/kernel';
import {
  type AsOfDays,
  asOfFrom,
  asOfQuery,
  type CsvColumn,
  PageRenderer,
  registerTemplates,
  sendCsv,
} from '@caretrail/web';
import { Controller, Get, Header, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { locationsOfRisk, typesOfRisk } from '@caretrail/safeguarding/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessLog } from './access-log.js';
import type { ConcernCard } from './concern-card.js';
import { ConcernPage } from './concern-page.js';
import { ConcernQueue, concernStages, type ConcernWeek } from './concern-queue.query.js';
import { QueuePage } from './queue-page.js';
import { queueRequest } from './queue-request.js';

registerTemplates(join(import.meta.dirname, 'templates'));

type PageRequest = FastifyRequest & SignedInRequest;
type AddressQuery = Readonly<Record<string, unknown>>;
const HTML = 'text/html; charset=utf-8';
const CSV_LIMIT = 50_000;
const stageNames = {
  'to-decide': 'Section 42 decision',
  duty: 'Duty to enquire',
  concluded: 'Enquiry concluded',
  'no-duty': 'No duty',
} as const;
const choices = (values: readonly string[], any: string) => [
  { value: '', text: any },
  ...values.map((value) => ({ value, text: value })),
];

/** The queue of the safeguarding team, and a concern with all that is known of it. */
@ApiExcludeController()
@Controller()
@Allow('safeguarding')
export class ConcernQueueController {
  constructor(
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(QueuePage) private readonly queuePage: QueuePage,
    @Inject(ConcernPage) private readonly concernPage: ConcernPage,
    @Inject(ConcernQueue) private readonly queue: ConcernQueue,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('concerns')
  @Header('content-type', HTML)
  async list(@Query() query: AddressQuery, @SignedIn() account: Account, @Req() request: PageRequest): Promise<string> {
    const asOf = this.asOf(account, query);
    const contents = await this.queuePage.contents(account, query, asOf);
    this.accessLog.viewed(account, 'concern queue');
    const { filter, stage } = contents.request;
    const chosen = new URLSearchParams(filter as Record<string, string>).toString();
    const keep = `${chosen && `&${chosen}`}${asOfQuery(asOf)}`;
    return this.pages.render(
      'concern-queue.njk',
      {
        title: 'Concern queue',
        asOf,
        leftOut: { events: contents.evidence.leftOut },
        ...contents,
        evidence: { ...contents.evidence, position: BigInt(contents.evidence.position) },
        commandId: randomUUID(),
        filtered: chosen !== '',
        clearHref: `/concerns?stage=${stage}${asOfQuery(asOf)}`,
        query: `stage=${stage}${keep}`,
        tabs: concernStages.map((name) => ({
          text: `${stageNames[name]} (${contents.counts[name]})`,
          href: `/concerns?stage=${name}${keep}`,
          active: name === stage,
        })),
        types: choices(typesOfRisk, 'Any'),
        locations: choices(locationsOfRisk, 'Anywhere'),
        ownerChoices: [
          { value: '', text: 'Anyone' },
          { value: 'nobody', text: 'No owner' },
          ...contents.owners.map(({ id, name }) => ({ value: id, text: name })),
        ],
        team: contents.owners.filter(({ inTeam }) => inTeam).map(({ id, name }) => ({ value: id, text: name })),
        footerNote: 'Concerns are need to know',
      },
      request,
    );
  }

  @Get('concerns.csv')
  async csv(@Query() query: AddressQuery, @SignedIn() account: Account, @Res() reply: FastifyReply): Promise<void> {
    const asOf = this.asOf(account, query);
    const { stage, filter } = queueRequest(query);
    const rows = await this.queue.rows(account.tenant, asOf, filter, stage, { limit: CSV_LIMIT, offset: 0 });
    this.accessLog.viewed(account, 'concern queue download');
    await sendCsv(
      reply,
      `concerns-${stage}-${asOf.effective}`,
      csvColumns,
      await this.queuePage.cards(account, rows, asOf),
    );
  }

  @Get('concerns/weeks.csv')
  async weeks(@Query() query: AddressQuery, @SignedIn() account: Account, @Res() reply: FastifyReply): Promise<void> {
    const asOf = this.asOf(account, query);
    const { filter } = queueRequest(query);
    const rows = await this.queue.weeks(account.tenant, asOf, filter, 52);
    await sendCsv(reply, `concerns-by-week-${asOf.effective}`, weekColumns, rows);
  }

  @Get('concerns/:id')
  @Header('content-type', HTML)
  async one(
    @Param('id') id: string,
    @Query() query: AddressQuery,
    @SignedIn() account: Account,
    @Req() request: PageRequest,
  ): Promise<string> {
    const asOf = this.asOf(account, query);
    const contents = await this.concernPage.contents(account, id, asOf);
    this.accessLog.viewed(account, 'concern', contents.concern.reference);
    return this.pages.render(
      'concern.njk',
      {
        title: contents.concern.reference,
        asOf,
        ...contents,
        commandId: randomUUID(),
        footerNote: `Concern ${contents.concern.reference}, need to know`,
      },
      request,
    );
  }

  private asOf(account: Account, query: AddressQuery): AsOfDays {
    return asOfFrom(query, londonDate(this.clock.now(account.tenant)));
  }
}

const csvColumns: readonly CsvColumn<ConcernCard>[] = [
  { header: 'Reference', value: (card) => card.reference },
  { header: 'Records', value: (card) => card.people.map(({ record }) => record).join(', ') },
  { header: 'Types of risk', value: (card) => card.typesOfRisk.join(', ') },
  { header: 'Source of risk', value: (card) => card.sourceOfRisk },
  { header: 'Location of risk', value: (card) => card.locationOfRisk },
  { header: 'Happened on', value: (card) => card.happenedOn },
  { header: 'Raised on', value: (card) => card.raisedOn },
  { header: 'Known on', value: (card) => card.knownOn },
  { header: 'Recorded at', value: (card) => card.recordedAt },
  { header: 'Decision due at', value: (card) => card.clock?.dueAt },
  { header: 'Clock', value: (card) => card.clock?.words },
  { header: 'Owner', value: (card) => card.owner },
  {
    header: 'Duty to enquire',
    value: (card) => (card.dutyToEnquire === null ? '' : card.dutyToEnquire ? 'yes' : 'no'),
  },
  { header: 'If no duty', value: (card) => card.ifNoDuty },
  { header: 'Decided on', value: (card) => card.decidedOn },
  { header: 'Decided by', value: (card) => card.decidedBy },
  { header: 'Concluded on', value: (card) => card.concludedOn },
  { header: 'Concluded by', value: (card) => card.concludedBy },
  { header: 'Risk assessment outcome', value: (card) => card.riskAssessmentOutcome },
  { header: 'Risk outcome', value: (card) => card.riskOutcome },
];

const weekColumns: readonly CsvColumn<ConcernWeek>[] = [
  { header: 'Week from Monday', value: (week) => week.monday },
  { header: 'Raised', value: (week) => week.raised },
  { header: 'Decided', value: (week) => week.decided },
];
