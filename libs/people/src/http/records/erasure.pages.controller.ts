import { type Account, Allow, maySeeNeedToKnow, SignedIn } from '@caretrail/access';
import { type Clock, londonDate } from '@caretrail/kernel';
import { PageRenderer } from '@caretrail/web';
import { Controller, Get, Header, Inject, Param, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { openErasureOf, SupportAroundQuery } from '../../application/support-around.query.js';
import { recordNumber } from '../../contracts/index.js';

/** The requests to erase a person, what became of each, and what an erasure takes and leaves. */
@ApiExcludeController()
@Controller('people/:id/erasure')
export class ErasurePagesController {
  constructor(
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(SupportAroundQuery) private readonly around: SupportAroundQuery,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('practitioner', 'safeguarding')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Param('id') id: string, @SignedIn() account: Account, @Req() request: FastifyRequest): Promise<string> {
    const today = londonDate(this.clock.now(account.tenant));
    const found = await this.around.of(account, id, today);
    const erasures = await Promise.all(
      found.erasures.map(async (each) => ({
        ...each,
        ...(each.agreed && { agreedByName: await this.pages.nameOf(account, each.agreed.agreedBy) }),
      })),
    );
    return this.pages.render(
      'erasure.njk',
      {
        title: 'Requests to be erased',
        personId: id,
        record: recordNumber(id),
        personName: found.label.name,
        here: `/people/${id}/erasure`,
        erasures: erasures.reverse(),
        open: openErasureOf(found),
        erased: found.erasures.some(({ erasedOn }) => erasedOn),
        mayDecide: maySeeNeedToKnow(account),
        today,
      },
      request,
    );
  }
}
