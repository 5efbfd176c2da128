import { ROLES } from '@caretrail/access';
import { clusterFolder, scratchFolder } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  beginPlatform,
  buildOnce,
  postgresOf,
  type Running,
  type RunningPlatform,
  startPlatform,
  until,
} from './built-caretrail.js';

const SECRETS = {
  MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
  SEALING_KEY: Buffer.alloc(32, 8).toString('base64'),
  SESSION_SECRET: 'a test of production, long enough',
};

describe('the platform as it is started', () => {
  const dataDir = scratchFolder();
  const running: Running[] = [];
  const started = async (more: Record<string, string> = {}, folder = dataDir): Promise<RunningPlatform> => {
    const platform = await startPlatform(folder, more);
    running.push(platform);
    return platform;
  };
  /** One start costs seconds: what a test leaves running the next one uses. */
  let current: RunningPlatform;
  const health = async ({ address }: RunningPlatform, what: 'live' | 'ready') =>
    fetch(`${address}/health/${what}`).then(
      ({ status }) => status,
      () => 0,
    );
  const untilReady = (platform: RunningPlatform) =>
    until('readiness', async () => (await health(platform, 'ready')) === 200);
  const stop = async (platform: Running) => {
    platform.signal('SIGTERM');
    return platform.finished;
  };

  beforeAll(buildOnce);
  afterAll(async () => {
    for (const platform of running) await stop(platform);
  });

  it('says where to go and who can sign in, answers, and ends at SIGTERM with its PostgreSQL', async () => {
    const platform = await started();
    const said = platform.stdout();
    expect(said).toContain(platform.address);
    for (const role of ROLES) expect(said).toMatch(new RegExp(`^ +${role} +\\S+`, 'm'));
    expect(await health(platform, 'live')).toBe(200);
    await untilReady(platform);
    expect(postgresOf(dataDir)).toBeDefined();
    expect(await stop(platform)).toMatchObject({ code: 0, stderr: '' });
    expect(postgresOf(dataDir)).toBeUndefined();
  });

  it('starts again after its own kill -9, with the PostgreSQL that was left', async () => {
    const killed = await started();
    const server = postgresOf(dataDir);
    killed.signal('SIGKILL');
    await killed.finished;
    expect(postgresOf(dataDir)).toBe(server);
    current = await started();
    await untilReady(current);
    expect(current.stdout()).not.toContain('demonstration council');
    expect(postgresOf(dataDir)).toBe(server);
  });

  it('starts again after kill -9 of itself and of PostgreSQL', async () => {
    const server = postgresOf(dataDir)!;
    current.signal('SIGKILL');
    process.kill(server, 'SIGKILL');
    await current.finished;
    await until('the end of PostgreSQL', () => postgresOf(dataDir) === undefined);
    current = await started();
    await untilReady(current);
    expect(postgresOf(dataDir)).not.toBe(server);
  });

  it('is ready again when PostgreSQL alone was killed', async () => {
    const server = postgresOf(dataDir)!;
    process.kill(server, 'SIGKILL');
    await until('another PostgreSQL', () => ![undefined, server].includes(postgresOf(dataDir)));
    await untilReady(current);
  });

  it('refuses a port that is taken with a sentence, and leaves the first one alone', async () => {
    const server = postgresOf(dataDir);
    const { port } = new URL(current.address);
    const second = await beginPlatform(dataDir, { PORT: port }).finished;
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(new RegExp(`^Caretrail could not start\\. [^\\n]*${port}[^\\n]*\\n$`));
    await untilReady(current);
    expect(postgresOf(dataDir)).toBe(server);
    const elsewhere = scratchFolder();
    expect((await beginPlatform(elsewhere, { PORT: port, NODE_ENV: 'production', ...SECRETS }).finished).code).toBe(1);
    expect(postgresOf(elsewhere)).toBeUndefined();
    expect(await stop(current)).toMatchObject({ code: 0 });
    expect(postgresOf(dataDir)).toBeUndefined();
  });

  it('ends at SIGTERM also while it starts', async () => {
    const folder = scratchFolder();
    const platform = beginPlatform(folder);
    await until('PostgreSQL', () => postgresOf(folder) !== undefined);
    await stop(platform);
    expect(postgresOf(folder)).toBeUndefined();
  });

  it('refuses production without secrets, and begins nothing', async () => {
    const folder = scratchFolder();
    const { code, stderr } = await beginPlatform(folder, { NODE_ENV: 'production' }).finished;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Caretrail could not start\. [^\n]*MASTER_KEY[^\n]*SEALING_KEY[^\n]*SESSION_SECRET[^\n]*\n$/,
    );
    expect(postgresOf(folder)).toBeUndefined();
  });

  it('lets nobody sign in locally in production, and makes nobody up', async () => {
    const folder = await clusterFolder();
    const platform = await started({ NODE_ENV: 'production', ...SECRETS }, folder);
    await untilReady(platform);
    expect(platform.stdout()).not.toMatch(/without a password|demonstration|Wrenbridge/);
    const { localAccountId } = await import('@caretrail/access');
    const body = JSON.stringify({ account: localAccountId('E06000996', 'analyst') });
    const headers = { 'content-type': 'application/json' };
    const session = await fetch(`${platform.address}/api/sessions`, { method: 'POST', headers, body });
    expect(session.status).toBeGreaterThanOrEqual(400);
    expect(session.status).toBeLessThan(500);
    expect(await (await fetch(`${platform.address}/sign-in`)).text()).not.toContain('name="account"');
  });
});
