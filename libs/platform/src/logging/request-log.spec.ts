import { Writable } from 'node:stream';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LoggerModule } from 'nestjs-pino';
import { loggingOptions, requestIds } from './logging.js';

@Controller('echo')
class EchoController {
  @Get()
  echo() {
    return {};
  }
}

describe('the log of a request', () => {
  let written = '';
  let app: NestFastifyApplication;
  beforeAll(async () => {
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        written += chunk.toString();
        done();
      },
    });
    @Module({
      imports: [LoggerModule.forRoot(loggingOptions({ logLevel: 'info' }, stream))],
      controllers: [EchoController],
    })
    class LoggingModule {}
    app = await NestFactory.create<NestFastifyApplication>(LoggingModule, new FastifyAdapter(requestIds), {
      logger: false,
    });
    await app.listen(0, '127.0.0.1');
  });
  afterAll(() => app.close());

  interface Line {
    readonly req: { readonly id: string };
    readonly res: object;
  }
  const requests = () =>
    written
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
      .filter((line) => line.res);
  const ask = async (headers: Record<string, string>, path = '/echo') =>
    fetch(`${await app.getUrl()}${path}?q=secret-query`, { headers });

  it('has its path and status, and nothing that could be about a person', async () => {
    await ask({
      cookie: 'session=secret-cookie',
      authorization: 'Bearer secret-token',
      referer: '/people?name=secret-referer',
    });
    const [request] = requests();
    expect(request?.req).toMatchObject({ method: 'GET', path: '/echo' });
    expect(request?.res).toEqual({ statusCode: 200 });
    expect(written).not.toContain('secret');
  });

  it('has the home page too', async () => {
    await ask({}, '/');
    expect(requests().at(-1)).toMatchObject({ req: { path: '/' }, res: { statusCode: 404 } });
  });

  it('carries the id of the request, the caller’s own where it is one', async () => {
    await ask({ 'x-request-id': 'abc-12345' });
    await ask({ 'x-request-id': 'Quillon Example' });
    const ids = requests().map(({ req }) => req.id);
    expect(ids).toContain('abc-12345');
    expect(ids.at(-1)).toMatch(/^[0-9a-f-]{36}$/);
    expect(written).not.toContain('Quillon');
  });
});
