import { type Account, Allow, SignedIn } from '@caretrail/access';
import { Evidence, type EvidenceBundle, SealedHistory } from '@caretrail/audit';
import { NotFound } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { Controller, Get, Header, Inject, Logger, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { checkpointNumber, checkpointOf } from './sealed-history.request.js';
import { streamsAbout } from './streams-about.query.js';

/** What safeguarding can give to a third party about a record. */
@ApiTags('sealed history')
@Controller('api/people/:id/evidence')
@Allow('safeguarding')
export class EvidenceApiController {
  private readonly log = new Logger('NeedToKnow');

  constructor(
    @Inject(SealedHistory) private readonly history: SealedHistory,
    @Inject(Evidence) private readonly evidence: Evidence,
    @Inject(Database) private readonly database: Database,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Header('content-disposition', 'attachment; filename="evidence.json"')
  @ApiOperation({
    summary: 'Every event of every stream about a person, with proofs that a third party can check offline',
    description:
      'Personal fields are locked, and no key is in it. `older` is the number of a checkpoint from which it shows that the history goes on. Check it with `caretrail verify-bundle FILE --key PUBLIC_KEY`. Who asked is in the log.',
  })
  @ApiQuery({ name: 'older', required: false })
  async bundle(
    @Param('id') person: string,
    @SignedIn() account: Account,
    @Query('older') older: unknown,
  ): Promise<EvidenceBundle> {
    const { tenant } = account;
    const from = checkpointNumber(older, 'older');
    const streams = await streamsAbout(this.database, tenant, person);
    if (!streams.length) throw new NotFound('There is no record with this id.');
    this.log.log({ viewed: 'evidence', record: person, account: account.id, tenant });
    return this.evidence.bundle(tenant, {
      streams,
      about: `record ${person}`,
      now: new Date().toISOString(),
      ...(from !== undefined && { older: (await checkpointOf(this.history, tenant, from)).note }),
    });
  }
}
