import type { Account } from '@caretrail/access';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { SHOWN_FIELD, SHOWN_HEADER, WhatWasShown } from './what-was-shown.js';

type Carrying = FastifyRequest & { account?: Account; shown?: string; vouchedFor?: string };

/**
 * Takes what was shown out of a form or a header before anybody looks at them, for `commandMetaOf`; lets pages say in
 * their forms what they show, and gives API reads the header that a command may send back. A form that is refused and
 * shown again goes on vouching for what was there when it was first shown, not for what came since.
 */
@Injectable()
export class CarryShown implements NestInterceptor {
  constructor(@Inject(WhatWasShown) private readonly shown: WhatWasShown) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Carrying>();
    const { account, method, url } = request;
    if (!account) return next.handle();
    if (method !== 'GET') {
      const token = takenFrom(request);
      if (token) {
        request.shown = this.shown.read(account, token);
        request.vouchedFor = token;
      }
    }
    const isApi = url.startsWith('/api/');
    if (isApi && method !== 'GET') return next.handle();
    request.vouchedFor ??= await this.shown.vouchFor(account, url);
    if (isApi) void http.getResponse<FastifyReply>().header(SHOWN_HEADER, request.vouchedFor);
    return next.handle();
  }
}

function takenFrom({ body, headers }: FastifyRequest): string | undefined {
  const header = headers[SHOWN_HEADER];
  if (typeof header === 'string' && header) return header;
  if (typeof body !== 'object' || body === null || !(SHOWN_FIELD in body)) return undefined;
  const value = body[SHOWN_FIELD];
  delete body[SHOWN_FIELD];
  return typeof value === 'string' && value ? value : undefined;
}
