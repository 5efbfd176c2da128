import type {} from '@fastify/cookie';
import type { Account } from '@caretrail/access';
import type { CommandResult } from '@caretrail/kernel';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { Freshness } from './freshness.port.js';

const COOKIE = 'caretrail_position';
const HEADER = 'caretrail-position';
const PATIENCE_MS = 1_000;

/** Set on a request whose page may not yet show what its reader just did. */
export interface MaybeBehind {
  behind?: boolean;
}

/** Lets the position of a command's effect travel with the session: in a cookie for pages, in a header for APIs. */
export function rememberPosition(reply: FastifyReply, result: CommandResult): void {
  void reply.header(HEADER, result.position.toString());
  void reply.setCookie(COOKIE, result.position.toString(), { httpOnly: true, sameSite: 'lax', path: '/', maxAge: 60 });
}

/** Makes a read wait, a second at most, until the views show what this session wrote; then it says that it is behind. */
@Injectable()
export class ReadYourWrites implements NestInterceptor {
  constructor(@Inject(Freshness) private readonly freshness: Freshness) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest & MaybeBehind & { account?: Account }>();
    const position = request.cookies?.[COOKIE] ?? request.headers[HEADER];
    if (request.method === 'GET' && request.account && typeof position === 'string' && /^\d{1,18}$/.test(position))
      request.behind = !(await this.freshness.reached(request.account.tenant, BigInt(position), PATIENCE_MS));
    return next.handle();
  }
}
