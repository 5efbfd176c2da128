import { localAccountId } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import type { Platform } from '@caretrail/platform';
import { SubscriptionRunner } from '@caretrail/projections';
import { DEMONSTRATION } from '@caretrail/simulation';
import { WRENBRIDGE } from '@caretrail/testing';
import { compileStyles, setUpWeb, StyleSheet } from '@caretrail/web';
import { afterAll } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CaretrailModule } from '../../apps/platform/src/caretrail.module.js';
import { demonstrate } from '../../apps/platform/src/demonstrate.js';
import { testPlatform } from './open-house.js';

/** The whole platform, served from this process on a free port, with a real PostgreSQL of its own. */
export interface House {
  readonly app: NestFastifyApplication;
  readonly platform: Platform;
  readonly address: string;
  readonly dataDir: string;
  readonly ownerUrl: string;
  /** Waits until processes and views have handled everything that is stored, and what the processes add to it. */
  followed(): Promise<void>;
  /** Signs a synthetic account in and returns the way to call the API as them. */
  as(slug: string, tenant?: string): Promise<Caller>;
  stop(): Promise<void>;
}

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

export interface Caller {
  readonly token: string;
  get<Body = Record<string, unknown>>(path: string): Promise<Answer<Body>>;
  post<Body = Record<string, unknown>>(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
}

interface HouseOptions {
  /** Makes the demonstration council, as a first start does, but with fewer people. */
  readonly demonstration?: boolean;
  /** Answers at once, as it does for everybody who is not a test: from views that may be behind. */
  readonly atOnce?: boolean;
}

const PATIENCE_MS = 240_000;

/** Those that the file's tests have not stopped, or that still start because a hook ran out of time. */
const starting = new Set<Promise<House>>();
afterAll(async () => {
  for (const house of await Promise.allSettled(starting)) if (house.status === 'fulfilled') await house.value.stop();
});

/** A start that fails leaves nothing running, and what a test file forgets to stop ends with it. */
export function startHouse(options: HouseOptions = {}): Promise<House> {
  const house = open(options);
  starting.add(house);
  return house;
}

async function open(options: HouseOptions): Promise<House> {
  const ends = new AsyncDisposableStack();
  try {
    return await serve(ends, options);
  } catch (error) {
    await ends.disposeAsync();
    throw error;
  }
}

/** @param ends what stops it, in the order of the shutdown */
async function serve(ends: AsyncDisposableStack, options: HouseOptions): Promise<House> {
  const { platform, dataDir, ownerUrl, close } = await testPlatform();
  ends.defer(close);
  const styles = new StyleSheet(await compileStyles());
  const app = await NestFactory.create<NestFastifyApplication>(
    CaretrailModule.forRoot(platform, { styles }),
    new FastifyAdapter(),
    { logger: ['error'], abortOnError: false },
  );
  const runner = app.get(SubscriptionRunner);
  ends.defer(() => runner.stop());
  ends.defer(async () => {
    // A browser that was closed in the middle of a request may leave its connection open for ever.
    app.getHttpServer().closeAllConnections();
    await app.close();
  });
  await setUpWeb(app);
  const store = app.get(EventStore);
  const followed = () => everythingFollowed(store, runner);
  if (!options.atOnce) waitWithEachRequest(app, store, followed);
  await app.init();
  await runner.start();
  if (options.demonstration) await demonstrate(app, () => undefined);
  await app.listen(0, '127.0.0.1');
  const address = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  return {
    app,
    platform,
    address,
    dataDir,
    ownerUrl,
    followed,
    as: (slug, tenant = options.demonstration ? DEMONSTRATION.tenant : WRENBRIDGE) =>
      signIn(address, localAccountId(tenant, slug)),
    stop: () => ends.disposeAsync(),
  };
}

/**
 * A page waits a second for what its own reader wrote, and not at all for what others did. On a busy machine it would be
 * behind now and then: here whoever is signed in finds all that was appended before they asked.
 */
function waitWithEachRequest(app: NestFastifyApplication, store: EventStore, followed: () => Promise<void>): void {
  let [appends, seen] = [0, 0];
  store.onAppend(() => appends++);
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', async ({ headers }) => {
    if (seen === appends || !(headers.cookie ?? headers.authorization)) return;
    const before = appends;
    await followed();
    seen = Math.max(seen, before);
  });
}

/** @throws Error when that took too long, with what is in the way */
async function everythingFollowed(store: EventStore, runner: SubscriptionRunner): Promise<void> {
  for (const tenant of new Set(runner.status().map((each) => each.tenant)))
    for (let head = await store.head(tenant), before = -1n; head !== before; head = await store.head(tenant)) {
      before = head;
      if (await runner.reached(tenant, head, PATIENCE_MS)) continue;
      const behind = runner.status().filter((each) => each.tenant === tenant && each.position < head);
      throw new Error(
        `Behind in ${tenant}: ${behind.map(({ name, failing }) => `${name} ${failing ?? ''}`).join(', ')}`,
      );
    }
}

async function signIn(address: string, account: string): Promise<Caller> {
  const session = await call<{ token: string }>(address, 'POST', '/api/sessions', { body: { account } });
  const headers = { authorization: `Bearer ${session.body.token}` };
  let position = '';
  const remember = <Body>(answer: Answer<Body>): Answer<Body> => {
    position = answer.headers.get('caretrail-position') ?? position;
    return answer;
  };
  const own = () => ({ ...headers, ...(position && { 'caretrail-position': position }) });
  return {
    token: session.body.token,
    get: <Body>(path: string) => call<Body>(address, 'GET', path, { headers: own() }),
    post: async <Body>(path: string, body: unknown, more: Record<string, string> = {}) =>
      remember(await call<Body>(address, 'POST', path, { body, headers: { ...own(), ...more } })),
  };
}

async function call<Body>(
  address: string,
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> },
): Promise<Answer<Body>> {
  const response = await fetch(new URL(path, address), {
    method,
    redirect: 'manual',
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body };
}
