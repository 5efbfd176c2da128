import { type Account, Allow, SignedIn } from '@caretrail/access';
import { Evidence, type EvidenceBundle, SealedHistory, type StoredCheckpoint } from '@caretrail/audit';
import { NotFound } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { Controller, Get, Header, Inject, Logger, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { checkpointNumber, evidenceRequest } from './sealed-history.request.js';
import { streamsAbout } from './streams-about.query.js';

const SHOWN = 100;
const COUNTED = 10_000;
const NOTE = 'text/plain; charset=utf-8';

/** The sealed history for other systems: to keep its checkpoints elsewhere, and to ask for evidence. */
@ApiTags('sealed history')
@Controller('api/sealed-history')
@Allow('safeguarding', 'analyst')
export class SealedHistoryApiController {
  private readonly log = new Logger('NeedToKnow');

  constructor(
    @Inject(SealedHistory) private readonly history: SealedHistory,
    @Inject(Evidence) private readonly evidence: Evidence,
    @Inject(Database) private readonly database: Database,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The checkpoints of the council’s sealed history, the newest first, and its public keys',
    description:
      'A checkpoint is signed (C2SP tlog-checkpoint, Ed25519): `note` is its text, for whoever keeps it. `unsealed` counts events that came after the newest, up to 10,000. Positions are text. `below` gives those with a lower number.',
  })
  @ApiQuery({ name: 'below', required: false })
  async show(@SignedIn() { tenant }: Account, @Query('below') below: unknown) {
    const [checkpoints, keys, unsealed] = await Promise.all([
      this.history.latest(tenant, SHOWN, checkpointNumber(below, 'below')),
      this.history.keys(tenant),
      this.history.unsealed(tenant, COUNTED),
    ]);
    return {
      checkpoints: checkpoints.map(said),
      keys: keys.map(({ key, since }) => ({ id: key.keyId, key: String(key), since })),
      unsealed,
    };
  }

  @Get('checkpoint')
  @Header('content-type', NOTE)
  @ApiOperation({
    summary: 'The newest signed checkpoint as it is to be kept elsewhere, or the one with a number',
    description: 'Text: keep it exactly as it is, where nobody who can write to this database can.',
  })
  @ApiQuery({ name: 'number', required: false })
  async checkpoint(@SignedIn() { tenant }: Account, @Query('number') number: unknown): Promise<string> {
    return (await this.found(tenant, checkpointNumber(number, 'number'))).note;
  }

  @Get('evidence')
  @Allow('safeguarding')
  @Header('cache-control', 'no-store')
  @Header('content-disposition', 'attachment; filename="evidence.json"')
  @ApiOperation({
    summary: 'Events of a stream, or of every stream about a person, with proofs that a third party can check offline',
    description:
      'Personal fields are locked, and no key is in it. `older` is the number of a checkpoint from which it shows that the history goes on. Check it with `caretrail verify-bundle FILE --key PUBLIC_KEY`. Who asked is in the log.',
  })
  @ApiQuery({ name: 'stream', required: false })
  @ApiQuery({ name: 'person', required: false })
  @ApiQuery({ name: 'older', required: false })
  async bundle(@SignedIn() account: Account, @Query() query: unknown): Promise<EvidenceBundle> {
    const { tenant } = account;
    const { stream, person, older } = evidenceRequest(query);
    const streams = new Set([
      ...(stream === undefined ? [] : [stream]),
      ...(person === undefined ? [] : await streamsAbout(this.database, tenant, person)),
    ]);
    if (!streams.size) throw new NotFound('There is no record with this id.');
    const about = person === undefined ? stream! : `record ${person}`;
    this.log.log({ viewed: 'evidence', about, account: account.id, tenant });
    return this.evidence.bundle(tenant, {
      streams: [...streams],
      about,
      now: new Date().toISOString(),
      ...(older !== undefined && { older: (await this.found(tenant, older)).note }),
    });
  }

  private async found(tenant: string, number: number | undefined): Promise<StoredCheckpoint> {
    const found = await (number === undefined ? this.history.newest(tenant) : this.history.checkpoint(tenant, number));
    if (!found)
      throw new NotFound(
        number === undefined
          ? 'Nothing is sealed yet. A worker seals within a minute of the first event.'
          : 'There is no checkpoint with this number.',
      );
    return found;
  }
}

const said = ({ number, size, root, position, epoch, sealedAt, keyId, note }: StoredCheckpoint) => ({
  number,
  size,
  root: Buffer.from(root).toString('base64'),
  position: position.toString(),
  epoch,
  sealedAt,
  keyId,
  note,
});
