import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Configuration } from './configuration.js';
import { Areas } from './councils/areas.js';
import { Councils } from './councils/councils.js';
import { Database } from './database/database.js';
import { assertNothingPending } from './database/migrations.js';
import { Readiness } from './health/readiness.js';
import { loggingOptions } from './logging/logging.js';
import type { Platform } from './open-platform.js';
import { Secrets } from './secrets.js';

/**
 * What every other module stands on, provided everywhere. It closes nothing: others still need the database while they
 * stop, so whoever opened the platform closes it after the application (`shutDownOnSignal`).
 */
@Module({})
export class PlatformModule {
  static forRoot({
    configuration,
    database,
    secrets,
    migrations,
  }: Pick<Platform, 'configuration' | 'database' | 'secrets' | 'migrations'>): DynamicModule {
    const readiness = new Readiness();
    readiness.register('database', () => database.pool.query('select 1'));
    readiness.register('migrations', () => assertNothingPending(database.pool, migrations));
    const providers = [
      { provide: Configuration, useValue: configuration },
      { provide: Secrets, useValue: secrets },
      { provide: Database, useValue: database },
      { provide: Readiness, useValue: readiness },
      Councils,
      Areas,
    ];
    return {
      module: PlatformModule,
      global: true,
      imports: [LoggerModule.forRoot(loggingOptions(configuration))],
      providers,
      exports: providers,
    };
  }
}
