import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EvidenceBundle, HistorySealer } from '@caretrail/audit';
import { PostgresEventStore } from '@caretrail/event-store';
import { keepSecret, type Lease, openCluster, openDatabase, secretFile } from '@caretrail/platform';
import { Checkpoints } from '@caretrail/projections';
import { generateCldFile } from '@caretrail/returns';
import { scratchFolder } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { buildOnce, caretrail, postgresOf, superuserOf } from './built-caretrail.js';

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
  const verify = (council = COUNCIL, ...more: string[]) => caretrail(dataDir, 'verify', '--council', council, ...more);
  const kept = (name: 'key' | 'checkpoint' | 'evidence.json' | 'nothing.json') => join(dataDir, name);
  /** What a worker does of itself. */
  const seal = async (): Promise<void> => {
    const database = await openDatabase(lease.appUrl, { entities: [] });
    const seed = Buffer.from(keepSecret(secretFile(dataDir, 'sealing'), 'base64'), 'base64');
    const store = new PostgresEventStore(database.pool, { hashed: true });
    const sealer = new HistorySealer(store, database, new Checkpoints(database), seed);
    for (const { tenant } of COUNCILS) await sealer.advance(tenant);
    await database.close();
  };
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
    await seal();
  });
  afterAll(async () => {
    await intruder?.end();
    await lease?.close();
  });

  it('says how many events were hashed again, and that each is as it was stored', async () => {
    for (const what of ['key', 'checkpoint'] as const) {
      const printed = await caretrail(dataDir, 'seal', what, '--council', COUNCIL);
      expect(printed).toMatchObject({ code: 0, stdout: expect.stringContaining(`caretrail/${COUNCIL}`) });
      writeFileSync(kept(what), printed.stdout);
    }
    const { code, stdout } = await verify(COUNCIL, '--anchor', kept('checkpoint'), '--key', kept('key'));
    expect(stdout).toContain('What was sealed is what is stored.\nSo is the checkpoint that was kept elsewhere.');
    expect(stdout).toContain(`Hackleton (${COUNCIL}): ${await counted(COUNCIL)} events up to position `);
    expect(stdout).toContain('Each is as it was stored.');
    expect(code).toBe(0);
  });

  it('writes evidence that anybody can check without a database, and finds out what was changed in it', async () => {
    const [{ stream }] = (await rows('select * from event where tenant = $1 order by position limit 1', [COUNCIL])) as [
      Row,
    ];
    const asked = [
      '--council',
      COUNCIL,
      '--stream',
      stream,
      '--older',
      kept('checkpoint'),
      '--out',
      kept('evidence.json'),
    ];
    expect(await caretrail(dataDir, 'evidence', ...asked)).toMatchObject({ code: 0 });
    const nobody = ['--council', COUNCIL, '--person', randomUUID(), '--out', kept('nothing.json')];
    const none = await caretrail(dataDir, 'evidence', ...nobody);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('Nothing is stored here of record ')]);
    const elsewhere = join(dataDir, 'elsewhere');
    const check = () =>
      caretrail(elsewhere, 'verify-bundle', kept('evidence.json'), '--key', kept('key'), '--older', kept('checkpoint'));
    const proved = await check();
    expect(proved.stdout).toContain(`Proved: ${stream}, of ${COUNCIL}.`);
    expect(proved.stdout).toContain('The history goes on from the checkpoint of ');
    expect(proved.code).toBe(0);
    const altered = JSON.parse(readFileSync(kept('evidence.json'), 'utf8')) as EvidenceBundle;
    altered.events[0]!.event.recordedAt = '2001-01-01T00:00:00.000Z';
    writeFileSync(kept('evidence.json'), JSON.stringify(altered));
    const refused = await check();
    expect(refused.stdout).toContain(`${stream} version 1, event ${altered.events[0]!.event.id}: it is not the event`);
    expect(refused.code).toBe(ALTERED);
    expect(postgresOf(elsewhere)).toBeUndefined();
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
