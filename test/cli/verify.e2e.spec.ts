import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lease, openCluster } from '@caretrail/platform';
import { generateCldFile } from '@caretrail/returns';
import { scratchFolder } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { buildOnce, caretrail, superuserOf } from './built-caretrail.js';

const COUNCILS = [
  { tenant: 'E09000012', laCode: '997', name: 'Hackleton', rows: 900 },
  { tenant: 'E09000099', laCode: '998', name: 'Otherbury', rows: 20 },
];
const [COUNCIL, NEIGHBOUR] = COUNCILS.map(({ tenant }) => tenant) as [string, string];
const ALTERED = 3;

interface Row {
  readonly position: string;
  readonly id: string;
  readonly stream: string;
  readonly version: number;
}

describe('caretrail verify', () => {
  const dataDir = scratchFolder();
  let lease: Lease;
  /** Behind the program's back: neither policies nor triggers hold for it. */
  let intruder: pg.Client;
  const verify = (council = COUNCIL) => caretrail(dataDir, 'verify', '--council', council);
  const rows = async (sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    (await intruder.query<Row>(sql, parameters)).rows;
  const counted = async (tenant: string): Promise<string> => {
    const found = await rows('select position from event where tenant = $1', [tenant]);
    return found.length.toLocaleString('en-GB');
  };

  beforeAll(async () => {
    await buildOnce();
    for (const { tenant, laCode, name, rows: size } of COUNCILS) {
      const file = join(dataDir, `${laCode}.csv`);
      writeFileSync(file, [...generateCldFile({ laCode, seed: 41, periodEnd: '2025-06-30', rows: size })].join(''));
      for (const args of [
        ['council', 'add', tenant, '--la-code', laCode, '--name', name, '--simulated'],
        ['import', 'cld', file, '--council', tenant, '--json'],
      ]) {
        const { code, stderr } = await caretrail(dataDir, ...args);
        if (code !== 0) throw new Error(stderr);
      }
    }
    // Held, so that PostgreSQL need not start and stop with each command.
    lease = await openCluster(dataDir);
    intruder = await superuserOf(dataDir);
    await intruder.query('set session_replication_role = replica');
  });
  afterAll(async () => {
    await intruder?.end();
    await lease?.close();
  });

  it('says how many events were hashed again, and that each is as it was stored', async () => {
    const { code, stdout } = await verify();
    expect(stdout).toContain(`Hackleton (${COUNCIL}): ${await counted(COUNCIL)} events up to position `);
    expect(stdout).toContain('Each is as it was stored.');
    expect(code).toBe(0);
  });

  it('names each event that was altered behind its back, and ends with a code of its own', async () => {
    const found = await rows('select position, id, stream, version from event where tenant = $1 order by position', [
      COUNCIL,
    ]);
    const [changed, bare] = [found.at(3)!, found.at(-1)!];
    await rows(`update event set data = '{"nothing":"of it"}' where tenant = $1 and position = $2`, [
      COUNCIL,
      changed.position,
    ]);
    await rows('update event set hash = null where tenant = $1 and position = $2', [COUNCIL, bare.position]);

    const { code, stdout } = await verify();
    const line = ({ position, stream, version, id }: Row, what: string) =>
      `  position ${position}, ${stream} version ${version}, event ${id}: ${what}\n`;
    expect(stdout).toContain(`2 are not as stored:\n${line(changed, 'altered')}${line(bare, 'without a hash')}`);
    expect(stdout).not.toContain('Each is as it was stored.');
    expect(code).toBe(ALTERED);
    expect(await verify(NEIGHBOUR)).toMatchObject({ code: 0 });
  });

  it('asks which council is meant where there are two, and knows when there is none of the name', async () => {
    expect(await caretrail(dataDir, 'verify')).toMatchObject({ code: 2, stderr: expect.stringContaining('--council') });
    expect(await verify('E09000077')).toMatchObject({ code: 2 });
  });
});
