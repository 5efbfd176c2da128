import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Unavailable } from '@caretrail/kernel';
import type { Configuration } from './configuration.js';
import { makeFolder } from './make-folder.js';

const SECRET_BYTES = 32;

/** What must not be known outside; the class is the token to inject it by. */
export abstract class Secrets {
  /** 32 bytes that wrap the people's data keys. */
  abstract readonly masterKey: Buffer;
  /** 32 bytes, an Ed25519 private key: signs checkpoints of the history. */
  abstract readonly sealingKey: Buffer;
  /** Signs session cookies. */
  abstract readonly sessionSecret: string;
}

/**
 * The secrets from the environment, or, outside production, made on first start and kept in `DATA_DIR/secrets`.
 * @throws Unavailable when the master key of a data folder that is in use is gone: a new one could read nothing.
 */
export function loadSecrets(configuration: Configuration): Secrets {
  const { dataDir, masterKey, sealingKey, sessionSecret } = configuration;
  const masterKeyFile = secretFile(dataDir, 'master');
  const inUse = existsSync(secretFile(dataDir, 'postgres-superuser'));
  if (!masterKey && inUse && !existsSync(masterKeyFile))
    throw new Unavailable(
      `The master key ${masterKeyFile} is gone, and the data in ${dataDir} was written under it. Put the file back from your backup, or set MASTER_KEY to the key that was used before.`,
      [{ rule: 'configuration', field: 'MASTER_KEY', message: 'The master key of this data folder is gone.' }],
    );
  return {
    masterKey: Buffer.from(masterKey ?? keepSecret(masterKeyFile, 'base64'), 'base64'),
    // A new one breaks nothing: what the old one signed is checked with its public half, which is kept.
    sealingKey: Buffer.from(sealingKey ?? keepSecret(secretFile(dataDir, 'sealing'), 'base64'), 'base64'),
    sessionSecret: sessionSecret ?? keepSecret(secretFile(dataDir, 'session'), 'base64'),
  };
}

/** Where a secret of the given name is kept. */
export const secretFile = (dataDir: string, name: string): string => join(dataDir, 'secrets', `${name}.key`);

/**
 * The secret in the file, made first when there is none: 32 random bytes in the given writing, readable by the owner
 * alone. Of several processes at once the first one's secret is everybody's.
 * @throws Unavailable when the data folder cannot be written in
 */
export function keepSecret(file: string, encoding: 'base64' | 'base64url' = 'base64url'): string {
  if (!existsSync(file)) {
    const draft = `${file}.${randomUUID()}`;
    const dataDir = dirname(dirname(file));
    try {
      // Only the folder of secrets is closed: PostgreSQL, under a user of its own, has to enter the one above it.
      makeFolder(dataDir, 0o755);
      makeFolder(dirname(file), 0o700);
      writeFileSync(draft, `${randomBytes(SECRET_BYTES).toString(encoding)}\n`, { mode: 0o600 });
    } catch (error) {
      throw new Unavailable(
        `The data folder ${dataDir} cannot be made or written in (${(error as NodeJS.ErrnoException).code}). Give DATA_DIR a folder that is yours to write in.`,
        [{ rule: 'configuration', field: 'DATA_DIR', message: 'The data folder cannot be written in.' }],
      );
    }
    try {
      linkSync(draft, file); // unlike a rename it never replaces the file of a faster process
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft);
    }
  }
  return readFileSync(file, 'utf8').trim();
}
