import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, InvalidInput, londonDate, NotFound } from '@caretrail/kernel';
import { PersonDirectory, recordNumber } from '@caretrail/people/contracts';
import { type AsOfDays, asOfFrom, asOfSource, PageRenderer, registerTemplates, sendCsv } from '@caretrail/web';
import { Controller, Get, Header, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { shownCounts } from './shown-counts.js';
import { RETURN_DAYS, SignpostingQuery } from './signposting.query.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const NOBODY = 'No person with this id was known here on that day.';

type Asked = Readonly<Record<string, unknown>>;
const days = z.object({
  /** What was true on this day, `yyyy-mm-dd`; the known day where it is left out. */
  effective: z.iso.date().optional(),
  /** As it was known by the end of this day; today where it is left out. */
  known: z.iso.date().optional(),
});

/** What came of pointing people to universal services: who came back within 90 days. */
@ApiTags('signposting')
@Controller()
@Allow('commissioner', 'safeguarding', 'analyst', 'practitioner', 'broker', 'finance')
export class SignpostingController {
  constructor(
    @Inject(SignpostingQuery) private readonly signposting: SignpostingQuery,
    @Inject(PersonDirectory) private readonly people: PersonDirectory,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('signposting')
  @ApiExcludeEndpoint()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Query() query: Asked, @SignedIn() account: Account, @Req() request: FastifyRequest): Promise<string> {
    const asOf = this.asOf(query, account);
    const returns = shownCounts(await this.signposting.byService(account.tenant, daysOf(asOf)));
    return this.pages.render(
      'signposting.njk',
      {
        title: 'What came of signposting',
        asOf,
        ...returns,
        days: RETURN_DAYS,
        source: {
          from: 'the signposts, requests, assessments and deaths that were recorded',
          position: Number(await this.signposting.position(account.tenant)),
          asOf: asOfSource(asOf),
        },
      },
      request,
    );
  }

  /** To what one person was pointed, and what came of it. */
  @Get('people/:id/signposts')
  @Allow('safeguarding', 'practitioner', 'broker', 'finance')
  @ApiExcludeEndpoint()
  @Header('content-type', 'text/html; charset=utf-8')
  async showPerson(
    @Param('id') id: string,
    @Query() query: Asked,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    const asOf = this.asOf(query, account);
    const label = (await this.people.labelsOf(account.tenant, [id], asOf.isToday ? undefined : asOf.known)).get(id);
    if (!label) throw new NotFound(NOBODY);
    return this.pages.render(
      'person-signposts.njk',
      {
        title: 'What came of signposting',
        asOf,
        personId: id,
        record: recordNumber(id),
        personName: label.name,
        signposts: await this.signposting.ofPerson(account.tenant, id, daysOf(asOf)),
        days: RETURN_DAYS,
        source: {
          from: 'the signposts, requests, assessments and the death that were recorded',
          position: Number(await this.signposting.position(account.tenant)),
          asOf: asOfSource(asOf),
        },
      },
      request,
    );
  }

  @Get('signposting.csv')
  @ApiExcludeEndpoint()
  async download(@Query() query: Asked, @SignedIn() account: Account, @Res() reply: FastifyReply): Promise<void> {
    const asOf = this.asOf(query, account);
    const { services, all } = shownCounts(await this.signposting.byService(account.tenant, daysOf(asOf)));
    await sendCsv(
      reply,
      `signposting-${asOf.effective}-known-${asOf.known}`,
      [
        { header: 'Service', value: ({ service }) => service },
        { header: 'Service id', value: ({ serviceId }) => serviceId },
        { header: '90 days over', value: ({ over }) => over },
        { header: 'Came back', value: ({ returned }) => returned },
        { header: 'Came back, per cent', value: ({ share }) => share },
        { header: 'Died', value: ({ died }) => died },
        { header: 'Not over yet', value: ({ waiting }) => waiting },
      ],
      [...services, { service: 'All services', serviceId: undefined, ...all }],
    );
  }

  /** Signposts by service: whose 90 days are over, and how many came back. Counts of 1 to 4 are `*`, others to the nearest 5. */
  @Get('api/signposting')
  async answer(@Query({ schema: days }) query: z.infer<typeof days>, @SignedIn() account: Account) {
    const asked = this.daysAsked(query, account);
    const returns = shownCounts(await this.signposting.byService(account.tenant, asked));
    return { ...asked, returnDays: RETURN_DAYS, ...returns };
  }

  /** To what one person was pointed, and whether they came back within 90 days. */
  @Get('api/people/:id/signposts')
  @Allow('safeguarding', 'practitioner', 'broker', 'finance')
  async ofPerson(
    @Param('id') id: string,
    @Query({ schema: days }) query: z.infer<typeof days>,
    @SignedIn() account: Account,
  ) {
    const asked = this.daysAsked(query, account);
    if (!(await this.people.labelsOf(account.tenant, [id], asked.knownOn)).has(id)) throw new NotFound(NOBODY);
    const signposts = await this.signposting.ofPerson(account.tenant, id, asked);
    return { ...asked, personId: id, returnDays: RETURN_DAYS, signposts };
  }

  private daysAsked(query: z.infer<typeof days>, account: Account) {
    const read = this.asOf(query, account);
    const faults = Object.entries(read.error ?? {}).map(([field, message]) => ({
      rule: 'input-shape',
      field,
      message,
    }));
    if (faults.length) throw new InvalidInput(faults);
    return daysOf(read);
  }

  private asOf(query: unknown, account: Account): AsOfDays {
    return asOfFrom(query, londonDate(this.clock.now(account.tenant)));
  }
}

const daysOf = ({ effective, known }: AsOfDays) => ({ effectiveOn: effective, knownOn: known });
