import { type Account, Allow, SignedIn } from '@caretrail/access';
import type { Clock } from '@caretrail/kernel';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { marketPositionSchema } from './market-position.schema.js';
import { MarketPositionQuery } from './market-position.query.js';
import { marketRequest, refuseFaults } from './market-position.request.js';
import type { MarketReport } from './market-report.js';
import { serviceGroups } from './service-group.js';

/** The figures of the page as JSON. */
@ApiTags('market position')
@Allow('commissioner', 'analyst')
@Controller('api')
export class MarketPositionApiController {
  constructor(
    @Inject(MarketPositionQuery) private readonly market: MarketPositionQuery,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('market-position')
  @ApiOperation({
    summary: 'People, hours or beds, cost, prices and waits, by area and service, on any day as known by any day.',
    description:
      'Counts of 1 to 4 people, and what would give them away, are "*"; null is no figure. Money is pence. Counts are to the nearest 5, sums so coarse that no one person can be told from two of them.',
  })
  @ApiQuery({ name: 'service', required: false, enum: serviceGroups.map(({ id }) => id) })
  @ApiQuery({ name: 'area', required: false, description: 'Name of an area, as in the answer' })
  @ApiQuery({ name: 'effective', required: false, description: 'The day in the world, yyyy-mm-dd; the known day' })
  @ApiQuery({ name: 'known', required: false, description: 'Known by the end of this day, yyyy-mm-dd; today' })
  @ApiOkResponse({ schema: marketPositionSchema })
  async show(@SignedIn() account: Account, @Query() query: Record<string, unknown>) {
    const request = marketRequest(account, query, this.clock);
    refuseFaults(request);
    return answerOf(await this.market.report(request.scope, request.asOf.today));
  }
}

/** Positions as text: they are larger than a number of JSON may be. */
function answerOf({ scope, sources, empty: _, ...report }: MarketReport) {
  const source = ({ events, position }: { events: number; position: bigint }) => ({
    events,
    position: position.toString(),
  });
  return {
    effectiveOn: scope.effectiveOn,
    knownOn: scope.knownOn,
    service: scope.service ?? null,
    area: scope.area ?? null,
    ...report,
    sources: {
      packages: source(sources.packages),
      requests: source(sources.requests),
      deaths: source(sources.deaths),
      knownLater: sources.later,
    },
  };
}
