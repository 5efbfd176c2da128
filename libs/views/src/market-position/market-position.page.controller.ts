import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, NotFound } from '@caretrail/kernel';
import { PageRenderer, registerTemplates, sendCsv } from '@caretrail/web';
import { Controller, Get, Header, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { downloadOf, marketTables } from './market-csv.js';
import { marketPage } from './market-page.js';
import { MarketPositionQuery } from './market-position.query.js';
import { marketRequest } from './market-position.request.js';

registerTemplates(join(import.meta.dirname, 'templates'));

/** The commissioner's first page: what is bought, where, for how much, and after how long a wait. */
@ApiExcludeController()
@Allow('commissioner', 'analyst')
@Controller()
export class MarketPositionPageController {
  constructor(
    @Inject(MarketPositionQuery) private readonly market: MarketPositionQuery,
    @Inject(PageRenderer) private readonly renderer: PageRenderer,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('market-position')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@SignedIn() account: Account, @Req() request: FastifyRequest, @Query() query: Record<string, unknown>) {
    const { scope, asOf } = marketRequest(account, query, this.clock);
    const report = await this.market.report(scope, asOf.today);
    return this.renderer.render(
      'market-position.njk',
      marketPage(report, asOf, { opensEvents: account.role === 'analyst' }),
      request,
    );
  }

  /** One table with the filters and days of the page. @throws NotFound for a table that the page does not have */
  @Get('market-position.csv')
  async download(@SignedIn() account: Account, @Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    const table = marketTables.find((name) => name === query['table']);
    if (!table)
      throw new NotFound(`Ask for one of the tables ${marketTables.join(', ')}: /market-position.csv?table=areas`);
    const { scope, asOf } = marketRequest(account, query, this.clock);
    const { columns, rows } = downloadOf(await this.market.report(scope, asOf.today), table);
    return sendCsv(reply, `market-position-${table}-${scope.effectiveOn}-known-${scope.knownOn}`, columns, rows);
  }
}
