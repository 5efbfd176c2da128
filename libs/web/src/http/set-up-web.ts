import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import { Sessions } from '@caretrail/access';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { PageRenderer } from '../page/page-renderer.js';
import { StyleSheet } from '../page/style-sheet.js';
import { schemaValidation } from './faults.js';
import { OpenApiDocument } from './open-api.js';
import { ProblemFilter } from './problem.filter.js';
import { refuseAddress } from './unreadable-address.js';

const FONTS = join(dirname(createRequire(import.meta.url).resolve('@fontsource/source-sans-3/package.json')), 'files');
const YEAR = 'public, max-age=31536000, immutable';

/**
 * Makes an application with `WebModule` and `AccessModule` ready to listen: cookies, security headers, fonts and styles
 * with caching, schema validation, errors as pages or problem details, OpenAPI. Call it before `app.init()` or `listen()`.
 */
export async function setUpWeb(app: NestFastifyApplication): Promise<void> {
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'script-src': ["'self'"],
        'font-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
  });
  await app.register(fastifyStatic, {
    root: FONTS,
    prefix: '/assets/fonts/',
    allowedPath: (path) => /source-sans-3-latin(-ext)?-(400|600)-normal\.woff2$/.test(path),
    immutable: true,
    maxAge: '365d',
    index: false,
  });
  const styles = app.get(StyleSheet, { strict: false });
  const server = app.getHttpAdapter().getInstance();
  const asset = (type: string, content: string) => (_: unknown, reply: FastifyReply) =>
    reply.type(type).header('cache-control', YEAR).send(content);
  server.get('/assets/caretrail.css', asset('text/css; charset=utf-8', styles.css));
  server.get('/assets/caretrail.js', asset('text/javascript; charset=utf-8', styles.script));
  // PostgreSQL knows no such character, and nobody types it.
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.url.includes('%00')) return done();
    refuseAddress(reply, 'The address holds a character that cannot be looked for (%00). Take it out.');
  });
  // What is personal must not stay behind in a browser or a proxy.
  server.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
  app.useGlobalPipes(schemaValidation());
  app.useGlobalFilters(
    new ProblemFilter(app.get(PageRenderer, { strict: false }), app.get(Sessions, { strict: false })),
  );
  app.get(OpenApiDocument, { strict: false }).describe(app);
}
