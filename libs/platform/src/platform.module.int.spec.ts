import { Controller, Get, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestDatabase, type TestDatabase } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from 'nestjs-pino';
import { Configuration, loadConfiguration } from './configuration.js';
import { Areas } from './councils/areas.js';
import { Councils, platformMigrations, Readiness } from './index.js';
import { HealthModule } from './health/health.module.js';
import { PlatformModule } from './platform.module.js';

@Controller('probe')
class ProbeController {
  constructor(
    @Inject(Councils) private readonly councils: Councils,
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(Areas) private readonly areas: Areas,
  ) {}

  @Get()
  async probe() {
    const [first] = await this.councils.list();
    return {
      first: first?.name,
      port: this.configuration.port,
      areas: (await this.areas.map(first?.tenant ?? '')).size,
    };
  }
}

describe('the platform as Nest sees it', () => {
  let test: TestDatabase;
  let app: NestFastifyApplication;
  beforeAll(async () => {
    test = await createTestDatabase({ migrations: [] });
    const configuration = loadConfiguration({ PORT: '0', LOG_LEVEL: 'silent' });
    const secrets = { masterKey: Buffer.alloc(32), sealingKey: Buffer.alloc(32), sessionSecret: 'x'.repeat(32) };

    @Module({
      imports: [
        PlatformModule.forRoot({ configuration, database: test.database, secrets, migrations: platformMigrations }),
        HealthModule,
      ],
      controllers: [ProbeController],
    })
    class TestModule {}

    app = await NestFactory.create<NestFastifyApplication>(TestModule, new FastifyAdapter(), { bufferLogs: true });
    app.useLogger(app.get(Logger));
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(async () => {
    await app.close();
    await test.drop();
  });

  /** Once PostgreSQL has answered in time: within three seconds, which a busy machine may take. */
  const answered = async () => {
    for (;;) {
      const answer = await app.inject('/health/ready');
      const { checks } = answer.json<{ checks: Record<string, string> }>();
      if (checks['database'] === 'up' && checks['migrations'] === 'up') return answer;
    }
  };

  it('provides its parts to every module', async () => {
    const answer = await app.inject('/probe');
    expect(answer.json()).toEqual({ first: 'Otherbury', port: 0, areas: 0 });
  });

  it('is live and ready, and says of what', async () => {
    expect((await app.inject('/health/live')).json()).toEqual({ status: 'up' });
    const ready = await answered();
    expect(ready.statusCode).toBe(200);
    expect(ready.json()).toEqual({ status: 'up', checks: { database: 'up', migrations: 'up' } });
  });

  it('is not ready while a part is down, and does not tell strangers why', async () => {
    let fails = true;
    app
      .get(Readiness)
      .register('projections', () => (fails ? Promise.reject(new Error('stuck at 42')) : Promise.resolve()));
    const down = await answered();
    expect(down.statusCode).toBe(503);
    expect(down.json()).toEqual({ status: 'down', checks: { database: 'up', migrations: 'up', projections: 'down' } });
    expect((await app.inject('/health/live')).statusCode).toBe(200);
    fails = false;
    expect((await answered()).statusCode).toBe(200);
  });
});
