import { SignInNeeded, Sessions, type SignedInRequest } from '@caretrail/access';
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageRenderer, type PageRequest } from '../page/page-renderer.js';
import { TooManyGuesses } from '../session/sign-in-desk.js';
import { type Problem, problemOf } from './problem.js';

/** Answers every error: as problem details to programs, as a page to people. Logs what is ours to repair, without messages. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('HTTP');

  constructor(
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest & SignedInRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500) this.log.error(withoutMessage(error));
    if (reply.sent) return;
    void reply.header('cache-control', 'no-store');
    if (error instanceof TooManyGuesses) void reply.header('retry-after', error.waitSeconds);
    if (!wantsPage(request)) {
      await reply.status(problem.status).type('application/problem+json; charset=utf-8').send(problem);
    } else if (error instanceof SignInNeeded) {
      const next = request.method === 'GET' ? `?next=${encodeURIComponent(request.url)}` : '';
      await reply.redirect(`/sign-in${next}`, 303);
    } else {
      await reply
        .status(problem.status)
        .type('text/html; charset=utf-8')
        .send(await this.page(problem, request));
    }
  }

  private async page(problem: Problem, request: FastifyRequest & SignedInRequest): Promise<string> {
    const drawnFor = (whom: PageRequest) =>
      this.pages.render('pages/problem.njk', { title: problem.title, problem }, whom);
    try {
      // The guard is not asked about an address that does not exist, so who is there is found out here.
      await this.sessions.signIn(request);
      return await drawnFor(request);
    } catch {
      // Nor can that be found out while the database is away: then the page is for nobody in particular.
      return drawnFor({ url: request.url, headers: request.headers });
    }
  }
}

/** True for a browser that asks for a page. */
export function wantsPage({ url, headers }: Pick<FastifyRequest, 'url' | 'headers'>): boolean {
  return !/^\/(api|health|metrics)(\/|\?|$)/.test(url) && (headers.accept ?? '').includes('text/html');
}

/** A message can carry what somebody typed; the kind of error, its code and where it arose cannot. */
export function withoutMessage(error: unknown): string {
  if (!(error instanceof Error)) return `A ${typeof error} was thrown.`;
  const code: unknown = Reflect.get(error, 'code');
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [`${error.name}${typeof code === 'string' ? ` (${code})` : ''}`, ...places].join('\n');
}
