import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, londonDate, NotFound } from '@caretrail/kernel';
import { asOfFrom } from '@caretrail/web';
import { Controller, Get, Inject, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ConcernQueue, type ConcernRow } from './concern-queue.query.js';
import { queueRequest } from './queue-request.js';
import { dueAt } from '@caretrail/safeguarding/contracts';

type AddressQuery = Readonly<Record<string, unknown>>;
const PAGE_SIZE = 100;

/** The concern queue for other systems: as of any two days, without names or what was told. */
@ApiTags('safeguarding')
@Controller('api/concerns')
@Allow('safeguarding')
export class ConcernQueueApiController {
  constructor(
    @Inject(ConcernQueue) private readonly queue: ConcernQueue,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Concerns of one stage: ?stage=to-decide|duty|concluded|no-duty&type=&location=&owner=&page=&effective=&known=',
  })
  async list(@Query() query: AddressQuery, @SignedIn() { tenant }: Account) {
    const asOf = asOfFrom(query, londonDate(this.clock.now(tenant)));
    const { stage, filter, page } = queueRequest(query);
    const [counts, rows, evidence] = await Promise.all([
      this.queue.counts(tenant, asOf, filter),
      this.queue.rows(tenant, asOf, filter, stage, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
      this.queue.evidence(tenant, asOf),
    ]);
    return {
      effective: asOf.effective,
      known: asOf.known,
      position: evidence.position,
      stage,
      counts,
      page,
      concerns: rows.map(withDueTime),
    };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One concern as it stood' })
  async one(@Param('id', ParseUUIDPipe) id: string, @Query() query: AddressQuery, @SignedIn() { tenant }: Account) {
    const asOf = asOfFrom(query, londonDate(this.clock.now(tenant)));
    const row = await this.queue.one(tenant, asOf, id);
    if (!row) throw new NotFound('There is no such concern on that day.');
    return { effective: asOf.effective, known: asOf.known, ...withDueTime(row) };
  }
}

const withDueTime = (row: ConcernRow) => ({ ...row, decisionDueAt: dueAt(row.recordedAt) });
