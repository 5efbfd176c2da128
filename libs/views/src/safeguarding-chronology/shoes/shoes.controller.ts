import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, formatDate, londonDate, NotFound } from '@caretrail/kernel';
import { recordNumber } from '@caretrail/people/contracts';
import { type AsOfDays, asOfFrom, asOfSource, PageRenderer, registerTemplates } from '@caretrail/web';
import { Controller, Get, Header, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Shoe, shoes } from './shoe.js';
import { type SeenEvent, ShoesPage } from './shoes-page.js';

registerTemplates(join(import.meta.dirname, '../templates'));

type Asked = Readonly<Record<string, unknown>>;

const words: Readonly<Record<Shoe, string>> = {
  person: 'the person',
  carer: 'their carer',
  practitioner: 'a practitioner',
  provider: 'the provider',
  commissioner: 'a commissioner',
};

/** One history as each may see it, for those who see most of it and answer for what the others see. */
@ApiTags('people')
@Controller()
@Allow('practitioner', 'safeguarding')
export class ShoesController {
  constructor(
    @Inject(ShoesPage) private readonly histories: ShoesPage,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('people/:id/shoes')
  @ApiExcludeEndpoint()
  @Header('content-type', 'text/html; charset=utf-8')
  async page(
    @Param('id') id: string,
    @Query() query: Asked,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    const [shoe, asOf] = [shoeOf(query), this.asOf(query, account)];
    const { events, kept, label, position } = await this.histories.history(account, id, shoe, asOf);
    return this.pages.render(
      'shoes.njk',
      {
        title: `History as ${words[shoe]} sees it`,
        asOf,
        personId: id,
        record: recordNumber(id),
        label,
        shoe,
        words,
        shoes,
        events: inWords(events),
        kept,
        source: sourceOf(events, position, asOf),
      },
      request,
    );
  }

  /** The person’s own history, in their own shoes. */
  @Get('my-record/history')
  @Allow('person')
  @ApiExcludeEndpoint()
  @Header('content-type', 'text/html; charset=utf-8')
  async mine(@Query() query: Asked, @SignedIn() account: Account, @Req() request: FastifyRequest): Promise<string> {
    if (!account.personId) throw new NotFound('Your account is not joined to a record yet. Ask the council to do it.');
    const asOf = this.asOf(query, account);
    const { events, kept, position } = await this.histories.history(account, account.personId, 'person', asOf);
    return this.pages.render(
      'my-history.njk',
      { title: 'My history', asOf, events: inWords(events), kept, source: sourceOf(events, position, asOf) },
      request,
    );
  }

  /** The same history as a shoe sees it: `?as=carer`; the practitioner where it is left out. */
  @Get('api/people/:id/shoes')
  async answer(@Param('id') id: string, @Query() query: Asked, @SignedIn() account: Account) {
    const [shoe, asOf] = [shoeOf(query), this.asOf(query, account)];
    const { events, kept, position } = await this.histories.history(account, id, shoe, asOf);
    return { as: shoe, effectiveOn: asOf.effective, knownOn: asOf.known, position, events, kept };
  }

  /** The same of whoever signed in, for a page of the council's own. */
  @Get('api/my-record/history')
  @Allow('person')
  async myAnswer(@Query() query: Asked, @SignedIn() account: Account) {
    if (!account.personId) throw new NotFound('Your account is not joined to a record yet. Ask the council to do it.');
    const asOf = this.asOf(query, account);
    const { events, kept, position } = await this.histories.history(account, account.personId, 'person', asOf);
    return { as: 'person', effectiveOn: asOf.effective, knownOn: asOf.known, position, events, kept };
  }

  private asOf(query: Asked, account: Account): AsOfDays {
    return asOfFrom(query, londonDate(this.clock.now(account.tenant)));
  }
}

const shoeOf = (query: Asked): Shoe => shoes.find((shoe) => shoe === query['as']) ?? 'practitioner';

const inWords = (events: readonly SeenEvent[]) =>
  events.map((event) => ({ ...event, on: dayInWords(event.on), knownOn: dayInWords(event.knownOn) }));

const sourceOf = ({ length }: readonly SeenEvent[], position: string, asOf: AsOfDays) => ({
  from: `${length} ${length === 1 ? 'event' : 'events'}`,
  position: Number(position),
  asOf: asOfSource(asOf),
});

/** `2026-03-14` → `14 Mar 2026`; `2026-03` → `Mar 2026`. */
const dayInWords = (day: string): string =>
  day.length === 7 ? formatDate(`${day}-01`, 'shortYear').slice(2) : formatDate(day, 'shortYear');
