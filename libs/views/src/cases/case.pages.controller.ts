import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, NotFound, formatDate, londonDate } from '@caretrail/kernel';
import { PersonDirectory, recordNumber } from '@caretrail/people/contracts';
import { type AsOfDays, PageRenderer, asOfFrom, asOfSource, registerTemplates, sendCsv } from '@caretrail/web';
import { Controller, Get, Header, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { caseDaysOf } from './case-days.js';
import { factRowOf, lineBelow, nextLinkOf, openAssessmentOf, stepsOf, urgentHelpOf, waitingOf } from './case-rows.js';
import { type Case, type Stage, nextStepOf, stages, turnOf } from './case-stage.js';
import { type CaseList, CasesQuery, type StandingFact } from './cases.query.js';
import { MyRecordQuery } from './my-record.query.js';
import { RepresentedQuery } from './represented.query.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const HTML = 'text/html; charset=utf-8';
const PAGE_SIZE = 25;
const EVERYBODY = 1_000_000;

type Asked = Readonly<Record<string, unknown>>;

/** Where cases stand, for those who take the next step, and for the person whose case it is. */
@ApiExcludeController()
@Controller()
export class CasePagesController {
  constructor(
    @Inject(CasesQuery) private readonly cases: CasesQuery,
    @Inject(MyRecordQuery) private readonly records: MyRecordQuery,
    @Inject(RepresentedQuery) private readonly represented: RepresentedQuery,
    @Inject(PersonDirectory) private readonly directory: PersonDirectory,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('cases')
  @Allow('practitioner', 'broker', 'finance')
  @Header('content-type', HTML)
  async list(@Query() query: Asked, @SignedIn() account: Account, @Req() request: FastifyRequest): Promise<string> {
    const asOf = this.asOf(query, account);
    const { stage, record } = filterOf(query);
    const page = pageOf(query);
    const list = await this.cases.list(account.tenant, {
      ...caseDaysOf(asOf),
      stage,
      record,
      page,
      pageSize: PAGE_SIZE,
    });
    const people = list.cases.map(({ personId }) => personId);
    const labels = await this.directory.labelsOf(account.tenant, people, asOf.isToday ? undefined : asOf.known);
    return this.pages.render(
      'cases.njk',
      {
        title: 'Cases',
        asOf,
        leftOut: { events: list.leftOut },
        stage,
        record,
        page,
        pages: Math.ceil(list.total / PAGE_SIZE),
        source: sourceOf(list, asOf),
        total: list.total,
        byStage: list.byStage,
        everybody: Object.values(list.byStage).reduce((sum, count) => sum + count, 0),
        stages,
        rows: list.cases.map((found) => ({
          ...found,
          record: recordNumber(found.personId),
          name: labels.get(found.personId)?.name,
          waiting: waitingOf(found, asOf.effective),
          next: nextStepOf(found),
          turn: found.step && turnOf[found.step],
          mine: found.step !== undefined && turnOf[found.step] === account.role,
        })),
      },
      request,
    );
  }

  /** The list without names, as far as the filters go. */
  @Get('cases.csv')
  @Allow('practitioner', 'broker', 'finance')
  async download(@Query() query: Asked, @SignedIn() account: Account, @Res() reply: FastifyReply): Promise<void> {
    const asOf = this.asOf(query, account);
    const all = { ...caseDaysOf(asOf), ...filterOf(query), page: 1, pageSize: EVERYBODY };
    const list: CaseList = await this.cases.list(account.tenant, all);
    await sendCsv<Case>(
      reply,
      `cases-${asOf.effective}-known-${asOf.known}`,
      [
        { header: 'Record', value: ({ personId }) => recordNumber(personId) },
        { header: 'Person id', value: ({ personId }) => personId },
        { header: 'As a carer', value: ({ asCarer }) => (asCarer ? 'yes' : '') },
        { header: 'Stage', value: ({ stage }) => stage },
        { header: 'Since', value: ({ since }) => since },
        { header: 'Requested on', value: ({ requestedOn }) => requestedOn },
        { header: 'Assessed on', value: ({ assessedOn }) => assessedOn },
        { header: 'Budget allocated on', value: ({ budgetAllocatedOn }) => budgetAllocatedOn },
        { header: 'Plan agreed on', value: ({ planAgreedOn }) => planAgreedOn },
        { header: 'Next step', value: nextStepOf },
        { header: 'Turn', value: ({ step }) => step && turnOf[step] },
      ],
      list.cases,
    );
  }

  @Get('people/:id')
  @Allow('practitioner', 'broker', 'finance', 'safeguarding')
  @Header('content-type', HTML)
  async show(
    @Param('id') id: string,
    @Query() query: Asked,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    const asOf = this.asOf(query, account);
    const found = await this.cases.ofPerson(account.tenant, id, caseDaysOf(asOf));
    const known = asOf.isToday ? undefined : asOf.known;
    const label = (await this.directory.labelsOf(account.tenant, found ? [id] : [], known)).get(id);
    if (!found) throw new NotFound(await this.nobody(account, id, asOf));
    const names = new Map<string, string>();
    for (const { actorId } of found.facts)
      if (!names.has(actorId)) names.set(actorId, await this.pages.nameOf(account, actorId));
    const rowOf = (fact: (typeof found.facts)[number]) => factRowOf(fact, names.get(fact.actorId) ?? fact.actorId);
    const linkOf = (each: Case) => nextLinkOf(each, account.role, openAssessmentOf(found.facts));
    const placeOf = (each: Case) => ({
      as: each.asCarer ? 'As a carer' : 'For themselves',
      stage: each.stage,
      waiting: waitingOf(each, asOf.effective),
      next: nextStepOf(each),
      turn: each.step && turnOf[each.step],
      link: asOf.isToday ? linkOf(each) : undefined,
      steps: stepsOf(each, found.facts).map((step) => ({ ...step, facts: step.facts.map(rowOf) })),
    });
    return this.pages.render(
      'case.njk',
      {
        title: `Case ${recordNumber(id)}`,
        asOf,
        leftOut: { events: found.leftOut },
        personId: id,
        record: recordNumber(id),
        label,
        below: lineBelow(label, found.case),
        found: found.case,
        place: placeOf(found.case),
        other: found.other && placeOf(found.other),
        nextLink: asOf.isToday ? linkOf(found.case) : undefined,
        mayAssess: asOf.isToday && account.role === 'practitioner' && !found.case.diedOn,
        maySeeChronology: account.role === 'practitioner' || account.role === 'safeguarding',
        facts: found.facts.map(rowOf),
        urgent: found.case.diedOn ? [] : urgentHelpOf(found.facts, asOf.effective),
        assessments: assessmentsOf(found.facts),
        requests: requestsOf(found.facts),
        source: sourceOf(found, asOf),
      },
      request,
    );
  }

  @Get('my-record')
  @Allow('person')
  @Header('content-type', HTML)
  async mine(@Query() query: Asked, @SignedIn() account: Account, @Req() request: FastifyRequest): Promise<string> {
    if (!account.personId) throw new NotFound('Your account is not joined to a record yet. Ask the council to do it.');
    const asOf = this.asOf(query, account);
    const record = await this.records.of(account.tenant, account.personId, caseDaysOf(asOf));
    const nameOf = async (decided: { readonly by: string } | undefined) =>
      decided && (await this.pages.nameOf(account, decided.by));
    return this.pages.render(
      'my-record.njk',
      {
        title: 'My record',
        asOf,
        leftOut: record && { events: record.leftOut },
        record,
        assessedBy: await nameOf(record?.assessment),
        decidedBy: await nameOf(record?.budget),
        firstDecidedBy: await nameOf(record?.budget?.first),
        plannedBy: await nameOf(record?.plan),
        // The register is asked for today: a past day gives nobody a right to speak.
        represented: asOf.isToday ? await this.represented.of(account, asOf.today) : [],
        source: record && sourceOf(record, asOf),
      },
      request,
    );
  }

  private asOf(query: Asked, account: Account): AsOfDays {
    return asOfFrom(query, londonDate(this.clock.now(account.tenant)));
  }

  private async nobody(account: Account, id: string, asOf: AsOfDays): Promise<string> {
    if (asOf.isToday) return 'No person with this id is known here.';
    const today = { effectiveOn: '9999-12-31', knownOn: asOf.today };
    return (await this.cases.ofPerson(account.tenant, id, today))
      ? `Nothing was known of this person on ${formatDate(asOf.known)} that was true on ${formatDate(asOf.effective)}.`
      : 'No person with this id is known here.';
  }
}

/** Those that were offered or made here, each once. */
const assessmentsOf = (facts: readonly StandingFact[]): string[] => [
  ...new Set(
    facts.flatMap(({ kind, factId, returned }) =>
      kind === 'assessment offered' || (kind === 'assessed' && !returned) ? [factId] : [],
    ),
  ),
];

/** Requests that were recorded here. */
const requestsOf = (facts: readonly StandingFact[]): { id: string; on: string }[] =>
  facts.flatMap(({ kind, factId, returned, effectiveFrom }) =>
    kind === 'requested' && !returned ? [{ id: factId, on: effectiveFrom }] : [],
  );

function filterOf(query: Asked): { stage?: Stage; record?: string } {
  const stage = stages.find((known) => known === query['stage']);
  const record = typeof query['record'] === 'string' ? query['record'].trim().slice(0, 50) : '';
  return { ...(stage && { stage }), ...(record && { record }) };
}

function pageOf(query: Asked): number {
  const page = Number(query['page']);
  return Number.isSafeInteger(page) && page > 0 && page < 100_000 ? page : 1;
}

const sourceOf = ({ events, position }: { events: number; position: string }, asOf: AsOfDays) => ({
  from: `${events.toLocaleString('en-GB')} ${events === 1 ? 'event' : 'events'}`,
  position: Number(position),
  asOf: asOfSource(asOf),
});
