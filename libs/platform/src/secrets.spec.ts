import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Unavailable } from '@caretrail/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfiguration } from './configuration.js';
import { keepSecret, loadSecrets, secretFile } from './secrets.js';

describe('the secrets', () => {
  let dataDir: string;
  beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), 'caretrail-secrets-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('are made on first start, and are the same ever after', () => {
    const first = loadSecrets(loadConfiguration({ DATA_DIR: dataDir }));
    expect(first.masterKey).toHaveLength(32);
    expect(first.sealingKey).toHaveLength(32);
    expect(first.sealingKey).not.toEqual(first.masterKey);
    expect(first.sessionSecret.length).toBeGreaterThanOrEqual(32);
    expect(loadSecrets(loadConfiguration({ DATA_DIR: dataDir }))).toEqual(first);
  });

  it('can be read by nobody else, and leave no draft behind', () => {
    loadSecrets(loadConfiguration({ DATA_DIR: dataDir }));
    const files = readdirSync(join(dataDir, 'secrets'));
    expect(files.sort()).toEqual(['master.key', 'sealing.key', 'session.key']);
    for (const file of files) expect(statSync(join(dataDir, 'secrets', file)).mode & 0o777).toBe(0o600);
  });

  it('come from the environment where they are given, and are then not kept', () => {
    const masterKey = Buffer.alloc(32, 9);
    const sealingKey = Buffer.alloc(32, 8);
    const given = {
      DATA_DIR: dataDir,
      MASTER_KEY: masterKey.toString('base64'),
      SEALING_KEY: sealingKey.toString('base64'),
      SESSION_SECRET: 'x'.repeat(40),
    };
    expect(loadSecrets(loadConfiguration(given))).toEqual({ masterKey, sealingKey, sessionSecret: 'x'.repeat(40) });
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('are not made anew for data that was written under a key that is gone', () => {
    keepSecret(secretFile(dataDir, 'postgres-superuser'));
    const load = () => loadSecrets(loadConfiguration({ DATA_DIR: dataDir }));
    expect(load).toThrow(Unavailable);
    expect(load).toThrow(/master\.key is gone.*backup, or set MASTER_KEY/);
  });

  it('are made in no place that cannot be a folder, and the sentence says which setting to change', () => {
    const taken = join(dataDir, 'a-file');
    writeFileSync(taken, '');
    expect(() => loadSecrets(loadConfiguration({ DATA_DIR: taken }))).toThrow(
      /a-file cannot be made or written in .*DATA_DIR/,
    );
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('are made in no place where the system makes no folder, and that is said at once', () => {
    expect(() => loadSecrets(loadConfiguration({ DATA_DIR: '/proc/nope/data' }))).toThrow(
      /\/proc\/nope\/data cannot be made or written in \(ENOENT\).*DATA_DIR/,
    );
  });
});
