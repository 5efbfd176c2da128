import type { Account } from '@caretrail/access';
import { NotFound } from '@caretrail/kernel';
import { type PageAgain, pageOf } from '@caretrail/web';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import { drawnAsOf } from './as-shown.js';
import { DecisionPage } from './decision-page.js';

type Asked = FastifyRequest & { account?: Account; asShown?: PageAgain; query: Record<string, unknown> };

/**
 * With `?decision=<event>` a page is drawn as the maker of that decision was shown it: the same page, by its own rules of
 * who may open it, from what was there then, for the days that it was shown for. Nothing can be sent from it.
 */
@Injectable()
export class PageAsShown implements NestInterceptor {
  constructor(@Inject(DecisionPage) private readonly decisions: DecisionPage) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Asked>();
    const { account, method, url, query } = request;
    const decision = query['decision'];
    if (!account || method !== 'GET' || typeof decision !== 'string' || url.startsWith('/api/')) return next.handle();
    const { shown, ...again } = await this.decisions.shownTo(account, decision);
    if (shown.page !== pageOf(url))
      throw new NotFound('This is not the page that was shown to whoever made this decision.');
    query['effective'] = shown.effectiveOn;
    query['known'] = shown.knownOn;
    request.asShown = again;
    return new Observable((subscriber) => drawnAsOf(shown, () => next.handle().subscribe(subscriber)));
  }
}
