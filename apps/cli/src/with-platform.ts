import { userInfo } from 'node:os';
import type { Actor } from '@caretrail/kernel';
import { loadConfiguration, openPlatform, type Platform, shutDownOnSignal } from '@caretrail/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CaretrailModule } from '../../platform/src/caretrail.module.js';
import { platformParts } from '../../platform/src/house.js';

/** Whoever typed the command, by the name that the operating system has for them. */
export const operator = (): Actor => ({ id: `os:${userInfo().username}`, role: 'operator' });

/** What a shell gives a command that Ctrl-C ended. */
const INTERRUPTED = 130;

/**
 * Opens the platform's database and modules, without a server and without following events; closes them after.
 * Ctrl-C gives the embedded PostgreSQL back, also while it starts; what was stored so far stays.
 */
export async function withPlatform<Result>(work: (app: INestApplicationContext) => Promise<Result>): Promise<Result> {
  let stopping = false;
  const opening = openPlatform(loadConfiguration(process.env), platformParts);
  const waitUntilOpen = () => {
    stopping = true;
    return opening;
  };
  const end = () => {
    process.stderr.write('Stopped. What was stored so far stays, and the same command can be given again.\n');
    return process.exit(INTERRUPTED);
  };
  shutDownOnSignal([waitUntilOpen, async () => (await opening).close(), end], () => undefined);
  try {
    return await workWith(await opening, work);
  } catch (error) {
    // What was under way fails when its connection closes, which is no error to tell; the shutdown ends the process.
    if (stopping) await new Promise(() => undefined);
    throw error;
  }
}

async function workWith<Result>(
  platform: Platform,
  work: (app: INestApplicationContext) => Promise<Result>,
): Promise<Result> {
  try {
    const app = await NestFactory.createApplicationContext(CaretrailModule.forRoot(platform), {
      logger: ['error'],
      abortOnError: false,
    });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  } finally {
    await platform.close();
  }
}
