import type { Tenant } from '@caretrail/kernel';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { EventStore } from '../port/event-store.port.js';

const CHANNEL = 'caretrail_appends';
/** What is appended so soon after a notice goes into the next: a NOTIFY in each append would cost half of their rate. */
const GATHER_MS = 3;
const RECONNECT_MS = 1_000;
/** A notice holds 8,000 bytes. */
const COUNCILS_IN_ONE = 200;

/**
 * Tells the other processes of a database which councils have new events, and hears it from them, over a connection of its
 * own. A hint to look sooner and no more: while the connection is lost nobody is told, and whoever follows goes on asking.
 */
export class AppendNotices {
  private readonly self = randomUUID();
  private readonly appended = new Set<Tenant>();
  private client: pg.Client | undefined;
  private sending: NodeJS.Timeout | undefined;
  private connecting: NodeJS.Timeout | undefined;
  private stopListening: (() => void) | undefined;

  /**
   * @param pool whose database it is; none of its connections is used
   * @param heard called with a council to which another process has appended; must not throw
   */
  constructor(
    private readonly pool: pg.Pool,
    private readonly store: Pick<EventStore, 'onAppend'>,
    private readonly heard: (tenant: Tenant) => void,
  ) {}

  async start(): Promise<void> {
    this.stopListening = this.store.onAppend((tenant) => this.tellSoon(tenant));
    await this.connect();
  }

  async stop(): Promise<void> {
    this.stopListening?.();
    this.stopListening = undefined;
    clearTimeout(this.sending);
    clearTimeout(this.connecting);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client(this.pool.options);
    client.on('notification', ({ payload = '' }) => this.hear(payload));
    client.on('error', () => undefined); // the end follows
    client.once('end', () => this.lost(client));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      if (!this.stopListening) return await client.end();
      this.client = client;
    } catch {
      client.end().catch(() => undefined);
      this.connectLater();
    }
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.connectLater();
  }

  private connectLater(): void {
    if (!this.stopListening) return;
    clearTimeout(this.connecting);
    this.connecting = setTimeout(() => void this.connect(), RECONNECT_MS).unref();
  }

  /** At once where nothing was told just now; what comes in the time after that is gathered. */
  private tellSoon(tenant: Tenant): void {
    this.appended.add(tenant);
    if (!this.sending) this.tell();
  }

  private tell(): void {
    this.sending = this.appended.size ? setTimeout(() => this.tell(), GATHER_MS).unref() : undefined;
    const tenants = [...this.appended];
    this.appended.clear();
    for (let from = 0; from < tenants.length; from += COUNCILS_IN_ONE) {
      const notice = [this.self, ...tenants.slice(from, from + COUNCILS_IN_ONE)].join(' ');
      this.client?.query('select pg_notify($1, $2)', [CHANNEL, notice]).catch(() => undefined);
    }
  }

  private hear(notice: string): void {
    const [from, ...tenants] = notice.split(' ');
    if (from !== this.self) for (const tenant of tenants) this.heard(tenant);
  }
}
