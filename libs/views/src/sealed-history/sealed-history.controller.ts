import { join } from 'node:path';
import { type Account, Allow, SignedIn, type SignedInRequest } from '@caretrail/access';
import { SealedHistory, type StoredCheckpoint } from '@caretrail/audit';
import { londonClock, londonDate } from '@caretrail/kernel';
import { SubscriptionControl } from '@caretrail/projections';
import { PageRenderer, registerTemplates, ukDate } from '@caretrail/web';
import { Controller, Get, Header, Inject, Query, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { checkpointNumber } from './sealed-history.request.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const SHOWN = 20;
const COUNTED = 10_000;
const SEALER = 'history-sealer';

/** What was sealed, when and under which key, and how anybody can check it. */
@ApiExcludeController()
@Controller('sealed-history')
@Allow('safeguarding', 'analyst')
export class SealedHistoryController {
  constructor(
    @Inject(SealedHistory) private readonly history: SealedHistory,
    @Inject(SubscriptionControl) private readonly control: SubscriptionControl,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(
    @SignedIn() { tenant, role }: Account,
    @Query('below') below: unknown,
    @Req() request: FastifyRequest & SignedInRequest,
  ): Promise<string> {
    const from = checkpointNumber(below, 'below');
    const [newest, listed, keys, unsealed, subscriptions] = await Promise.all([
      this.history.newest(tenant),
      this.history.latest(tenant, SHOWN, from),
      this.history.keys(tenant),
      this.history.unsealed(tenant, COUNTED),
      this.control.overview(tenant),
    ]);
    const key = keys.find((each) => each.key.keyId === newest?.keyId)?.key;
    const [first, last] = [listed[0], listed.at(-1)];
    return this.pages.render(
      'sealed-history.njk',
      {
        title: 'Sealed history',
        tenant,
        newest: newest && { ...newest, at: moment(newest.sealedAt), position: newest.position.toLocaleString('en-GB') },
        root: newest && Buffer.from(newest.root).toString('base64'),
        key: key && String(key),
        unsealed: unsealed.events,
        unsealedSince: unsealed.since && moment(unsealed.since),
        many: unsealed.events === COUNTED,
        failing: subscriptions.find(({ name }) => name === SEALER)?.failing,
        seesOperations: role === 'analyst',
        seesEvidence: role === 'safeguarding',
        rows: listed.map((each, at) => ({ cells: cellsOf(each, listed[at + 1]) })),
        newer:
          from !== undefined && first && first.number < (newest?.number ?? 0) ? first.number + SHOWN + 1 : undefined,
        older: last && last.number > 1 ? last.number : undefined,
      },
      request,
    );
  }
}

/** @param before the checkpoint before it, where it is known */
function cellsOf({ number, size, sealedAt, keyId, epoch }: StoredCheckpoint, before: StoredCheckpoint | undefined) {
  const isRestored = before !== undefined && before.epoch !== epoch;
  return [
    { text: String(number), href: `/api/sealed-history/checkpoint?number=${number}` },
    { text: moment(sealedAt), ...(isRestored && { tag: { text: 'store restored', colour: 'late' } }) },
    size,
    keyId,
  ];
}

const moment = (instant: string): string => `${ukDate(londonDate(instant))} ${londonClock(instant)}`;
