import { type Account, Allow, SignedIn } from '@caretrail/access';
import { SealedHistory, type StoredCheckpoint } from '@caretrail/audit';
import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { checkpointNumber, checkpointOf } from './sealed-history.request.js';

const SHOWN = 100;
const COUNTED = 10_000;
const NOTE = 'text/plain; charset=utf-8';

/** The sealed history for other systems: to keep its checkpoints elsewhere. */
@ApiTags('sealed history')
@Controller('api/sealed-history')
@Allow('safeguarding', 'analyst')
export class SealedHistoryApiController {
  constructor(@Inject(SealedHistory) private readonly history: SealedHistory) {}

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
    return (await checkpointOf(this.history, tenant, checkpointNumber(number, 'number'))).note;
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
