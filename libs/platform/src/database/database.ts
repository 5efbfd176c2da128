import { type Tenant, Unavailable } from '@caretrail/kernel';
import pg from 'pg';
import { DataSource, type EntityManager, type EntitySchema } from 'typeorm';

/** A class with TypeORM's `@Entity`, or a schema. */
export type EntityClass = (new (...parameters: never[]) => object) | EntitySchema;

export interface DatabaseOptions {
  readonly entities: readonly EntityClass[];
  /** Connections of each of the two pools. */
  readonly poolSize?: number;
}

/** How a unit of work sees the rows. */
export interface UnitOfWork {
  /** Every query sees the rows as they stood at the first one, and nothing can be written. */
  readonly snapshot?: boolean;
}

/** Parameterised SQL within a unit of work; answers with the rows. */
export type Asking = Pick<EntityManager, 'query'>;

const POOL_SIZE = 10;
/** What PostgreSQL lists a unit of work with a snapshot as. */
export const SNAPSHOT_READER = 'caretrail snapshot';

/** The database as services see it: as the app role, whose every row is guarded by the council's policy. */
export class Database {
  private closing = false;

  constructor(
    readonly dataSource: DataSource,
    readonly pool: pg.Pool,
    readonly url: string,
  ) {}

  /** New connections go there: PostgreSQL came up elsewhere. Those of before ended with it. */
  moveTo(url: string): void {
    const { master } = this.dataSource.driver as DataSource['driver'] & { readonly master: pg.Pool };
    for (const pool of [this.pool, master]) pool.options.connectionString = url;
  }

  /**
   * Runs `work` in one transaction that sees the rows of this council alone. The setting ends with the transaction, so
   * that the next borrower of the pooled connection does not inherit it.
   */
  async inTenant<T>(
    tenant: Tenant,
    work: (manager: EntityManager) => Promise<T>,
    { snapshot = false }: UnitOfWork = {},
  ): Promise<T> {
    if (!tenant) throw new Error('A unit of work names its council.');
    this.refuseWhenClosing();
    const run = async (manager: EntityManager): Promise<T> => {
      // Neither takes the snapshot yet: whoever has one can be told by its name, and waited for.
      if (snapshot) await manager.query(`set transaction read only; set local application_name = '${SNAPSHOT_READER}'`);
      await manager.query("select set_config('app.tenant', $1, true)", [tenant]);
      return work(manager);
    };
    // The isolation level is the transaction's first statement: after a query PostgreSQL refuses to change it. READ COMMITTED
    // is what it has by itself, and to say so would be one more round trip for each unit of work.
    return snapshot ? this.dataSource.transaction('REPEATABLE READ', run) : this.dataSource.transaction(run);
  }

  /**
   * As `inTenant`, but nothing waits: statements go out as they are asked, behind those that are not answered yet, and the
   * commit behind the last of them. So a unit of work whose statements need not know each other's answers is one round
   * trip. Whether an answer is waited for or not, a statement that fails undoes all of it.
   * @throws what the first statement failed with
   */
  async inOneGo<T>(tenant: Tenant, work: (manager: Asking) => Promise<T>): Promise<T> {
    if (!tenant) throw new Error('A unit of work names its council.');
    this.refuseWhenClosing();
    const client = await this.pool.connect();
    const answers: Promise<unknown>[] = [];
    const sent = <Answer>(answer: Promise<Answer>): Promise<Answer> => {
      answer.catch(() => undefined); // all of them are looked at before it ends
      answers.push(answer);
      return answer;
    };
    let lost: Error | undefined;
    const noted = (error: Error) => void (lost = error);
    client.on('error', noted);
    try {
      void sent(client.query(`begin; select set_config('app.tenant', ${pg.escapeLiteral(tenant)}, true)`));
      const done = await work({
        query: <Rows>(sql: string, parameters: unknown[] = []) =>
          sent(client.query(sql, parameters).then(({ rows }) => rows as Rows)),
      });
      void sent(client.query('commit'));
      await Promise.all(answers);
      return done;
    } catch (error) {
      // Behind the first that fails PostgreSQL refuses the others, with less to say.
      const first = await Promise.all(answers).then(
        () => error,
        (failed: unknown) => failed,
      );
      await client.query('rollback').catch(noted);
      throw first;
    } finally {
      client.off('error', noted);
      client.release(lost);
    }
  }

  /** Parameterised SQL without a council: tables with row-level security show nothing and take nothing. */
  async query<Row = Record<string, unknown>>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    this.refuseWhenClosing();
    return this.dataSource.query<Row[]>(sql, [...parameters]);
  }

  /**
   * Closes both pools, and takes no work from now on. What is under way with TypeORM is cut off and undone. May be called twice.
   */
  async close(): Promise<void> {
    // TypeORM gives busy connections back to its pool when it closes: whoever borrowed one now would queue behind a stranger.
    this.closing = true;
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
    if (!this.pool.ended) await this.pool.end();
  }

  private refuseWhenClosing(): void {
    if (this.closing) throw new Unavailable('The platform is stopping. Send it again when it is back.');
  }
}

/** May break between the pool's hands and its borrower's, where nobody listens: the next query on it fails, and not the process. */
class Connection extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** Connects to the database of the URL; the schema is never changed from here, only by migrations. */
export async function openDatabase(url: string, options: DatabaseOptions): Promise<Database> {
  const max = options.poolSize ?? POOL_SIZE;
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    entities: [...options.entities],
    synchronize: false,
    logging: false,
    installExtensions: false,
    poolSize: max,
    applicationName: 'caretrail',
    // An idle connection that breaks is replaced by the next query; without a listener it would end the process.
    poolErrorHandler: () => undefined,
    extra: { Client: Connection },
  });
  await dataSource.initialize();
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'caretrail',
    pipeline: true,
    Client: Connection,
  });
  pool.on('error', () => undefined); // as above
  return new Database(dataSource, pool, url);
}
