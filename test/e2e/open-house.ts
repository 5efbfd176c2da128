import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfiguration, loadSecrets, type Platform } from '@caretrail/platform';
import { createTestDatabase } from '@caretrail/testing';
import { StyleSheet } from '@caretrail/web';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CaretrailModule } from '../../apps/platform/src/caretrail.module.js';
import { platformParts } from '../../apps/platform/src/house.js';
import './one-day.js';

/** The platform's modules over a real PostgreSQL, without a server: what the command line has. */
export interface OpenHouse {
  readonly app: INestApplicationContext;
  readonly platform: Platform;
  readonly dataDir: string;
  readonly ownerUrl: string;
  close(): Promise<void>;
}

/** A database and a data folder of its own, and what opens both as a start would. */
export async function testPlatform(): Promise<Omit<OpenHouse, 'app'>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'caretrail-house-'));
  const testDatabase = await createTestDatabase(platformParts);
  const configuration = loadConfiguration({
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
    DEMONSTRATION: 'small',
  });
  const platform: Platform = {
    configuration,
    secrets: loadSecrets(configuration),
    database: testDatabase.database,
    migrations: platformParts.migrations,
    close: () => Promise.resolve(),
  };
  const close = async () => {
    await testDatabase.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { platform, dataDir, ownerUrl: testDatabase.ownerUrl, close };
}

export async function openHouse(): Promise<OpenHouse> {
  const opened = await testPlatform();
  const module = CaretrailModule.forRoot(opened.platform, { styles: new StyleSheet('') });
  const app = await NestFactory.createApplicationContext(module, { logger: ['error'], abortOnError: false });
  const close = async () => {
    await app.close();
    await opened.close();
  };
  return { ...opened, app, close };
}
