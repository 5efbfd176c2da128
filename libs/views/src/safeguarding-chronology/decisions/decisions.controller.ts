import { type Account, Allow, SignedIn } from '@caretrail/access';
import { NotFound } from '@caretrail/kernel';
import { PersonDirectory, recordNumber } from '@caretrail/people/contracts';
import { PageRenderer } from '@caretrail/web';
import { Controller, Get, Header, Inject, Param, Req } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DecisionPage, type DecisionRecord, readers } from './decision-page.js';

const HTML = 'text/html; charset=utf-8';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the maker of each decision was shown, for those who have to answer for it. */
@ApiTags('people')
@Controller()
@Allow(...readers)
export class DecisionsController {
  constructor(
    @Inject(DecisionPage) private readonly decisions: DecisionPage,
    @Inject(PersonDirectory) private readonly people: PersonDirectory,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
  ) {}

  @Get('people/:id/decisions')
  @ApiExcludeEndpoint()
  @Header('content-type', HTML)
  async list(@Param('id') id: string, @SignedIn() account: Account, @Req() request: FastifyRequest): Promise<string> {
    const lines = await this.listed(account, id);
    const label = (await this.people.labelsOf(account.tenant, [id])).get(id);
    return this.pages.render(
      'decisions.njk',
      { title: `Decisions about ${recordNumber(id)}`, personId: id, record: recordNumber(id), label, lines },
      request,
    );
  }

  @Get('people/:id/decisions/:event')
  @ApiExcludeEndpoint()
  @Header('content-type', HTML)
  async show(
    @Param('id') id: string,
    @Param('event') event: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    const decision = await this.decisions.record(account, asUuid(id), asUuid(event));
    return this.pages.render(
      'decision.njk',
      { title: `What was shown: ${decision.title}`, record: recordNumber(id), decision, again: pageAgain(decision) },
      request,
    );
  }

  /** The decisions about a person, and which of them keep what their maker was shown. */
  @Get('api/people/:id/decisions')
  async answerList(@Param('id') id: string, @SignedIn() account: Account) {
    return { personId: id, decisions: await this.listed(account, id) };
  }

  /** A decision and the history as its maker had it before them. */
  @Get('api/people/:id/decisions/:event')
  async answer(@Param('id') id: string, @Param('event') event: string, @SignedIn() account: Account) {
    const { shown, label: _, ...decision } = await this.decisions.record(account, asUuid(id), asUuid(event));
    return { ...decision, ...(shown && { shown: { ...shown, position: shown.position.toString() } }) };
  }

  private async listed(account: Account, id: string) {
    const lines = await this.decisions.of(account, asUuid(id));
    if (!lines.length && !(await this.people.labelsOf(account.tenant, [id])).has(id))
      throw new NotFound('No person with this id is known here.');
    return lines;
  }
}

/** The address of the page itself, as it was shown; a program that was sent data had none. */
const pageAgain = ({ shown, eventId }: DecisionRecord): string | undefined =>
  shown && !shown.page.startsWith('/api/')
    ? `${shown.page}${shown.page.includes('?') ? '&' : '?'}decision=${eventId}`
    : undefined;

/** @throws NotFound for what can be no id */
function asUuid(id: string): string {
  if (UUID.test(id)) return id.toLowerCase();
  throw new NotFound('Nothing with this id is known here.');
}
