import { AppendNotices } from '@caretrail/event-store';
import { CaretrailError, Unavailable } from '@caretrail/kernel';
import { type Configuration, loadConfiguration, openPlatform, requestIds, shutDownOnSignal } from '@caretrail/platform';
import { SubscriptionRunner } from '@caretrail/projections';
import { answerOnly, setUpWeb, unreadableAddresses } from '@caretrail/web';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { CaretrailModule } from './caretrail.module.js';
import { platformParts } from './house.js';
import { NODE_NEEDED, nodeIsTooOld } from './node-version.js';

/** What one process does of all that the house can do. */
export interface Share {
  /** What its terminal calls it. */
  readonly name: string;
  /** Whether it runs projections and processes; of any number that do, each runs a part. */
  readonly follows: boolean;
  /** The only paths that it answers; all when left out. */
  readonly answers?: readonly string[];
  /** Before it takes requests; `say` writes a line to the terminal. */
  readonly prepare?: (app: INestApplicationContext, say: (line: string) => void) => Promise<void>;
  /** What the terminal says when it is ready, which begins with the name; where to reach it when left out. */
  readonly greet?: (app: INestApplicationContext) => Promise<string>;
}

const BODY_LIMIT = 1_000_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (error: unknown): void =>
  void process.stderr.write(
    `${error instanceof CaretrailError ? error.message : ((error as Error).stack ?? String(error))}\n`,
  );

let stopping = false;

async function start(share: Share, configuration: Configuration): Promise<void> {
  let app: NestFastifyApplication | undefined;
  const opening = openPlatform(configuration, platformParts);
  // From here on, so that a start that is broken off gives PostgreSQL back, too.
  shutDownOnSignal(
    [
      async () => {
        stopping = true;
        await app?.close();
      },
      async () => app?.get(AppendNotices).stop(),
      async () => app?.get(SubscriptionRunner).stop(),
      () => opening,
      async () => (await opening).close(),
    ],
    complain,
  );
  const platform = await opening;
  try {
    const adapter = new FastifyAdapter({ ...requestIds, ...unreadableAddresses, bodyLimit: BODY_LIMIT });
    app = await NestFactory.create<NestFastifyApplication>(CaretrailModule.forRoot(platform, share), adapter, {
      // While it is put together only what is wrong is worth a line; the list of routes is in the API's description.
      logger: ['warn', 'error'],
      abortOnError: false,
    });
    await serve(app, share, configuration);
  } catch (error) {
    // What was under way fails when the shutdown closes its connections; the shutdown ends the process.
    if (stopping) await new Promise(() => undefined);
    await platform.close();
    throw error;
  }
}

async function serve(app: NestFastifyApplication, share: Share, { port, host }: Configuration): Promise<void> {
  if (share.answers) answerOnly(app, share.answers);
  await setUpWeb(app);
  await app.init();
  app.useLogger(app.get(Logger));
  await app.get(SubscriptionRunner).start();
  await app.get(AppendNotices).start();
  await share.prepare?.(app, say);
  await app.listen(port, host).catch((error: NodeJS.ErrnoException) => {
    throw new Unavailable(cannotListen(error, host, port));
  });
  say(share.greet ? await share.greet(app) : `${share.name} is ready: ${await app.getUrl()}`);
}

function cannotListen({ code }: NodeJS.ErrnoException, host: string, port: number): string {
  const why =
    code === 'EADDRINUSE'
      ? 'another program listens there, perhaps a Caretrail that runs already'
      : `the system answers ${code}`;
  return `It cannot listen on ${host}:${port}: ${why}. Stop that program, or set PORT to another number.`;
}

/** Starts this process's share of the house; a start that fails ends the process with a sentence. */
export async function startCaretrail(share: Share): Promise<void> {
  try {
    if (nodeIsTooOld()) throw new Error(NODE_NEEDED);
    const configuration = loadConfiguration(process.env);
    say(`${share.name} is starting.`);
    await start(share, configuration);
  } catch (error) {
    process.stderr.write(`${share.name} could not start. `);
    complain(error);
    process.exit(1);
  }
}
