import { Public } from '@caretrail/access';
import { SealedHistory } from '@caretrail/audit';
import { Forbidden } from '@caretrail/kernel';
import { Councils } from '@caretrail/platform';
import { SubscriptionControl, SubscriptionRunner } from '@caretrail/projections';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Metrics } from './metrics.js';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * For a Prometheus on the same machine. It has no account to sign in with, and sees the numbers of all councils, which
 * nobody with an account may: so it is known by where it asks from, and a request that a proxy passed on is not from here.
 */
@ApiExcludeController()
@Controller('metrics')
@Public()
export class MetricsController {
  constructor(
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(SubscriptionControl) private readonly control: SubscriptionControl,
    @Inject(SubscriptionRunner) private readonly runner: SubscriptionRunner,
    @Inject(Councils) private readonly councils: Councils,
    @Inject(SealedHistory) private readonly history: SealedHistory,
  ) {}

  /** @throws Forbidden to whoever asks from another machine */
  @Get()
  async show(@Req() { socket, headers }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const passedOn = headers['x-forwarded-for'] ?? headers['x-real-ip'] ?? headers.forwarded ?? headers.via;
    if (passedOn !== undefined || !LOOPBACK.test(socket.remoteAddress ?? ''))
      throw new Forbidden(
        'Metrics are for this machine alone. An analyst finds those of their council on /operations.',
      );
    const councils = (await this.councils.list()).map(({ tenant }) => tenant);
    const text = await this.metrics.text(councils, this.control, this.runner, this.history);
    await reply.header('cache-control', 'no-store').type(this.metrics.contentType).send(text);
  }
}
