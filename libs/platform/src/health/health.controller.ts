import { Controller, Get, Header, HttpStatus, Logger, Res, SetMetadata } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Readiness } from './readiness.js';

interface Reply {
  status(code: number): unknown;
}

/** For whoever watches over the process: is it there, and may it be given requests. Open to everybody, tells nothing else. */
// What `@Public()` of the access lib sets, which this one may not import.
@SetMetadata('caretrail:access', 'public')
@ApiExcludeController()
@Controller('health')
export class HealthController {
  private readonly log = new Logger('Health');

  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  live() {
    return { status: 'up' };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: Reply) {
    const { ready, checks, reasons } = await this.readiness.report();
    if (!ready) {
      for (const [name, reason] of Object.entries(reasons)) this.log.warn({ err: reason, check: name }, 'not ready');
      reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    }
    return { status: ready ? 'up' : 'down', checks };
  }
}
