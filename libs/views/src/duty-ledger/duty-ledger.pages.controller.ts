import { join } from 'node:path';
import { type Account, Allow, maySeePersonal, SignedIn } from '@caretrail/access';
import { type Clock, londonDate, NotFound } from '@caretrail/kernel';
import { PersonDirectory, recordNumber } from '@caretrail/people/contracts';
import { type AsOfDays, asOfFrom, asOfSource, PageRenderer, registerTemplates, sendCsv } from '@caretrail/web';
import { Controller, Get, Header, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toYou } from './duties-to-you.js';
import { dutiesFor, type DutyFilter, DutyLedgerQuery } from './duty-ledger.query.js';
import { type DutyLine, lineOf } from './duty-rows.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const HTML = 'text/html; charset=utf-8';
const PAGE_SIZE = 25;
const EVERYTHING = 1_000_000;

type Asked = Readonly<Record<string, unknown>>;

/** The duties of the council: as a queue, and towards one person. */
@ApiExcludeController()
@Controller()
export class DutyLedgerPagesController {
  constructor(
    @Inject(DutyLedgerQuery) private readonly ledger: DutyLedgerQuery,
    @Inject(PersonDirectory) private readonly directory: PersonDirectory,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('duties')
  @Allow('commissioner', 'safeguarding', 'analyst', 'practitioner', 'broker', 'finance')
  @Header('content-type', HTML)
  async queue(@Query() query: Asked, @SignedIn() account: Account, @Req() request: FastifyRequest): Promise<string> {
    const asOf = this.asOf(query, account);
    const filter = filterOf(query, account);
    const page = pageOf(query);
    const queue = await this.ledger.queue(account, daysOf(asOf), filter, { page, pageSize: PAGE_SIZE });
    const people = maySeePersonal(account) ? queue.duties.map(({ personId }) => personId) : [];
    const labels = await this.directory.labelsOf(account.tenant, people, asOf.isToday ? undefined : asOf.known);
    const known = dutiesFor(account);
    return this.pages.render(
      'duties.njk',
      {
        title: 'Duties',
        asOf,
        filter,
        page,
        pages: Math.ceil(queue.total / PAGE_SIZE),
        total: queue.total,
        overdue: queue.overdue,
        turns: [...new Set(known.map(({ turn }) => turn))],
        kinds: known.map(({ name, words, section }) => ({ name, words, section, owed: queue.byDuty[name] ?? 0 })),
        mayOpen: maySeePersonal(account),
        rows: queue.duties.map((owed) => ({
          ...lineOf(owed, asOf.effective),
          record: recordNumber(owed.personId),
          person: labels.get(owed.personId)?.name,
        })),
        source: sourceOf(queue.position, asOf),
      },
      request,
    );
  }

  /** The queue without names, as far as the filters go. */
  @Get('duties.csv')
  @Allow('commissioner', 'safeguarding', 'analyst', 'practitioner', 'broker', 'finance')
  async download(@Query() query: Asked, @SignedIn() account: Account, @Res() reply: FastifyReply): Promise<void> {
    const asOf = this.asOf(query, account);
    const all = { page: 1, pageSize: EVERYTHING };
    const { duties } = await this.ledger.queue(account, daysOf(asOf), filterOf(query, account), all);
    await sendCsv<DutyLine>(
      reply,
      `duties-${asOf.effective}-known-${asOf.known}`,
      [
        { header: 'Record', value: ({ personId }) => recordNumber(personId) },
        { header: 'Person id', value: ({ personId }) => personId },
        { header: 'Duty', value: ({ words }) => words },
        { header: 'Section', value: ({ section }) => section },
        { header: 'Turn', value: ({ turn }) => turn },
        { header: 'Open since', value: ({ openedOn }) => openedOn },
        { header: 'Days open', value: ({ days }) => days },
        { header: 'Due on', value: ({ dueOn }) => dueOn },
        { header: 'Days over', value: ({ daysOver }) => daysOver },
        { header: 'Opened by event', value: ({ openedBy }) => openedBy },
      ],
      duties.map((owed) => lineOf(owed, asOf.effective)),
    );
  }

  @Get('people/:id/duties')
  @Allow('safeguarding', 'practitioner', 'broker', 'finance')
  @Header('content-type', HTML)
  async ofPerson(
    @Param('id') id: string,
    @Query() query: Asked,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    const asOf = this.asOf(query, account);
    const label = (await this.directory.labelsOf(account.tenant, [id], asOf.isToday ? undefined : asOf.known)).get(id);
    if (!label) throw new NotFound('No person with this id was known here on that day.');
    const lines = (await this.ledger.ofPerson(account, id, daysOf(asOf))).map((owed) => lineOf(owed, asOf.effective));
    return this.pages.render(
      'person-duties.njk',
      {
        title: `Duties towards ${recordNumber(id)}`,
        asOf,
        personId: id,
        record: recordNumber(id),
        label,
        open: lines.filter(({ dischargedOn }) => !dischargedOn),
        discharged: lines.filter(({ dischargedOn }) => dischargedOn).reverse(),
        source: sourceOf(await this.ledger.position(account.tenant), asOf),
      },
      request,
    );
  }

  /** What the council owes to whoever signed in, in plain words. */
  @Get('my-record/duties')
  @Allow('person')
  @Header('content-type', HTML)
  async mine(@Query() query: Asked, @SignedIn() account: Account, @Req() request: FastifyRequest): Promise<string> {
    if (!account.personId) throw new NotFound('Your account is not joined to a record yet. Ask the council to do it.');
    const asOf = this.asOf(query, account);
    const owed = await this.ledger.ofPerson(account, account.personId, daysOf(asOf));
    const lines = owed.map((each) => lineOf(each, asOf.effective)).map((line) => ({ ...line, toYou: toYou(line) }));
    return this.pages.render(
      'my-duties.njk',
      {
        title: 'What the council still has to do for me',
        asOf,
        open: lines.filter(({ dischargedOn }) => !dischargedOn),
        discharged: lines.filter(({ dischargedOn }) => dischargedOn).reverse(),
        source: sourceOf(await this.ledger.position(account.tenant), asOf),
      },
      request,
    );
  }

  private asOf(query: Asked, account: Account): AsOfDays {
    return asOfFrom(query, londonDate(this.clock.now(account.tenant)));
  }
}

const daysOf = ({ effective, known }: AsOfDays) => ({ effectiveOn: effective, knownOn: known });

/** What does not exist for the reader filters nothing. */
function filterOf(query: Asked, account: Account): DutyFilter {
  const known = dutiesFor(account);
  const duty = known.find(({ name }) => name === query['duty'])?.name;
  const turn = known.find(({ turn: whose }) => whose === query['turn'])?.turn;
  return { ...(duty && { duty }), ...(turn && { turn }), ...(query['overdue'] === 'yes' && { overdue: true }) };
}

function pageOf(query: Asked): number {
  const page = Number(query['page']);
  return Number.isSafeInteger(page) && page > 0 && page < 100_000 ? page : 1;
}

const sourceOf = (position: string, asOf: AsOfDays) => ({
  from: 'the events that open and discharge duties',
  position: Number(position),
  asOf: asOfSource(asOf),
});
