import { join } from 'node:path';
import { Unavailable } from '@caretrail/kernel';
import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from './configuration.js';

const masterKey = Buffer.alloc(32, 7).toString('base64');
const sealingKey = Buffer.alloc(32, 8).toString('base64');
const sessionSecret = 's'.repeat(32);

describe('the configuration', () => {
  it('needs nothing outside production', () => {
    expect(loadConfiguration({ DATABASE_URL: '', PORT: '' })).toEqual({
      dataDir: join(process.cwd(), '.data'),
      port: 3000,
      host: '127.0.0.1',
      environment: 'development',
      logLevel: 'info',
      demonstration: 'whole',
    });
  });

  it('takes what is given', () => {
    expect(
      loadConfiguration({
        DATABASE_URL: 'postgres://app:a@db/caretrail',
        DATABASE_OWNER_URL: 'postgresql://owner:b@db:5433/caretrail',
        DATA_DIR: '/srv/caretrail',
        PORT: '8080',
        HOST: '0.0.0.0',
        NODE_ENV: 'production',
        MASTER_KEY: masterKey,
        SEALING_KEY: sealingKey,
        SESSION_SECRET: sessionSecret,
        LOG_LEVEL: 'debug',
        DEMONSTRATION: 'small',
      }),
    ).toEqual({
      databaseUrl: 'postgres://app:a@db/caretrail',
      databaseOwnerUrl: 'postgresql://owner:b@db:5433/caretrail',
      dataDir: '/srv/caretrail',
      port: 8080,
      host: '0.0.0.0',
      environment: 'production',
      masterKey,
      sealingKey,
      sessionSecret,
      logLevel: 'debug',
      // Nobody is made up in production, whatever is asked for.
      demonstration: 'none',
    });
    expect(loadConfiguration({ DEMONSTRATION: 'small' }).demonstration).toBe('small');
  });

  it.each([
    ['DATABASE_URL', 'mysql://db/caretrail', 'is not a PostgreSQL address. Write it as postgres://caretrail_app'],
    ['DATABASE_URL', 'postgres://db/caretrail', 'names no role'],
    ['DATABASE_OWNER_URL', 'caretrail', 'is not a PostgreSQL address. Write it as postgres://caretrail_owner'],
    ['PORT', '65536', 'is not a port number. Give a whole number'],
    ['PORT', '3000x', 'is not a port number. Give a whole number'],
    ['HOST', 'http://here', 'is not an address to listen on. Give an IP address'],
    ['NODE_ENV', 'prod', 'is not known. Set it to production, development or test'],
    [
      'MASTER_KEY',
      Buffer.alloc(31).toString('base64'),
      'is not 32 bytes in base64. Make one with `openssl rand -base64 32`',
    ],
    ['SEALING_KEY', 'not a key', 'is not 32 bytes in base64. Make one with `openssl rand -base64 32`'],
    ['SESSION_SECRET', 'short', 'is shorter than 32 characters. Make one'],
    ['LOG_LEVEL', 'loud', 'is not known. Set it to one of fatal'],
    ['DEMONSTRATION', 'huge', 'is not known. Set it to one of whole'],
  ])('refuses %s=%s with a sentence that says what to do', (variable, value, sentence) => {
    const load = () => loadConfiguration({ [variable]: value });
    expect(load).toThrow(Unavailable);
    expect(load).toThrow(`${variable} ${sentence}`);
  });

  it('does not repeat a value, which may hold a password', () => {
    expect(() => loadConfiguration({ DATABASE_URL: 'postgresql//app:open-sesame@db/caretrail' })).not.toThrow(
      'open-sesame',
    );
  });

  it('tells all that is wrong at once, each with its variable', () => {
    try {
      loadConfiguration({ PORT: 'x', LOG_LEVEL: 'y' });
      throw new Error('accepted');
    } catch (error) {
      expect((error as Unavailable).faults?.map(({ field }) => field)).toEqual(['PORT', 'LOG_LEVEL']);
    }
  });

  it('asks for the secrets in production', () => {
    expect(() => loadConfiguration({ NODE_ENV: 'production', SESSION_SECRET: sessionSecret })).toThrow(
      /^MASTER_KEY is missing, and NODE_ENV is production\. Make one/,
    );
    expect(() => loadConfiguration({ NODE_ENV: 'production', MASTER_KEY: masterKey })).toThrow(
      /^SEALING_KEY is missing.* SESSION_SECRET is missing/,
    );
  });

  it('refuses an owner without an app role', () => {
    expect(() => loadConfiguration({ DATABASE_OWNER_URL: 'postgres://owner:b@db/caretrail' })).toThrow(
      'DATABASE_OWNER_URL is set without DATABASE_URL',
    );
  });
});
