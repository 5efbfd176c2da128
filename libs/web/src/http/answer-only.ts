import { NotFound } from '@caretrail/kernel';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { problemOf } from './problem.js';

/** For a process that serves a part of the house: `['/api', '/health']`, all that lies below them, and nothing else. */
export function answerOnly(app: NestFastifyApplication, paths: readonly string[]): void {
  const problem = problemOf(new NotFound(`This process answers ${paths.join(', ')} and nothing else.`));
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      const [address = ''] = request.url.split('?');
      if (paths.some((path) => address === path || address.startsWith(`${path}/`))) return done();
      void reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
    });
}
