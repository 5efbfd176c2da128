import { CaretrailError, Unavailable } from '@caretrail/kernel';
import { type Configuration, loadConfiguration, openPlatform, requestIds, shutDownOnSignal } from '@caretrail/platform';
import { SubscriptionRunner } from '@caretrail/projections';
import { setUpWeb } from '@caretrail/web';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { CaretrailModule } from './caretrail.module.js';
import { demonstrate } from './demonstrate.js';
import { platformParts } from './house.js';
import { NODE_NEEDED, nodeIsTooOld } from './node-version.js';
import { welcome } from './welcome.js';

const BODY_LIMIT = 1_000_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (error: unknown): void =>
  void process.stderr.write(
    `${error instanceof CaretrailError ? error.message : ((error as Error).stack ?? String(error))}\n`,
  );

let stopping = false;

async function start(configuration: Configuration): Promise<void> {
  let app: NestFastifyApplication | undefined;
  const opening = openPlatform(configuration, platformParts);
  // From here on, so that a start that is broken off gives PostgreSQL back, too.
  shutDownOnSignal(
    [
      async () => {
        stopping = true;
        await app?.close();
      },
      async () => app?.get(SubscriptionRunner).stop(),
      () => opening,
      async () => (await opening).close(),
    ],
    complain,
  );
  const platform = await opening;
  try {
    const adapter = new FastifyAdapter({ ...requestIds, bodyLimit: BODY_LIMIT });
    app = await NestFactory.create<NestFastifyApplication>(CaretrailModule.forRoot(platform), adapter, {
      // While it is put together only what is wrong is worth a line; the list of routes is in the API's description.
      logger: ['warn', 'error'],
      abortOnError: false,
    });
    await serve(app, configuration);
  } catch (error) {
    // What was under way fails when the shutdown closes its connections; the shutdown ends the process.
    if (stopping) await new Promise(() => undefined);
    await platform.close();
    throw error;
  }
}

async function serve(app: NestFastifyApplication, { port, host }: Configuration): Promise<void> {
  await setUpWeb(app);
  await app.init();
  app.useLogger(app.get(Logger));
  await app.get(SubscriptionRunner).start();
  await demonstrate(app, say);
  await app.listen(port, host).catch((error: NodeJS.ErrnoException) => {
    throw new Unavailable(cannotListen(error, host, port));
  });
  say(await welcome(app));
}

function cannotListen({ code }: NodeJS.ErrnoException, host: string, port: number): string {
  const why =
    code === 'EADDRINUSE'
      ? 'another program listens there, perhaps a Caretrail that runs already'
      : `the system answers ${code}`;
  return `It cannot listen on ${host}:${port}: ${why}. Stop that program, or set PORT to another number.`;
}

try {
  if (nodeIsTooOld()) throw new Error(NODE_NEEDED);
  const configuration = loadConfiguration(process.env);
  say('Caretrail is starting.');
  await start(configuration);
} catch (error) {
  process.stderr.write('Caretrail could not start. ');
  complain(error);
  process.exit(1);
}
