import { setTimeout as pause } from 'node:timers/promises';
import { localAccountId, type Role } from '@caretrail/access';

const PATIENCE_MS = 240_000;
const REQUEST_LIMIT_MS = 20_000;
const RETRY_MS = 40;

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** How often it had to be asked until there was an answer. */
  readonly attempts: number;
}

/** Whoever works over the API, and asks again until there is an answer: with the same key, so that it has one effect. */
export class Office {
  private token = '';

  private constructor(private readonly address: string) {}

  static async of(address: string, council: string, role: Role): Promise<Office> {
    const office = new Office(address);
    const account = localAccountId(council, role);
    const { body } = await office.insist('POST', '/api/sessions', { account });
    office.token = body['token'] as string;
    return office;
  }

  /**
   * Until somebody says yes or no: a lost connection, an error of the server and “somebody else is changing it” say neither.
   * @throws Error when nobody answers for three minutes
   */
  async insist(method: 'GET' | 'POST', path: string, body?: object, key?: string): Promise<Answer> {
    const deadline = Date.now() + PATIENCE_MS;
    let last: unknown;
    for (let attempts = 1; Date.now() < deadline; attempts++) {
      try {
        const response = await fetch(new URL(path, this.address), {
          method,
          signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
          headers: {
            ...(this.token && { authorization: `Bearer ${this.token}` }),
            ...(body && { 'content-type': 'application/json' }),
            ...(key && { 'idempotency-key': key }),
          },
          ...(body && { body: JSON.stringify(body) }),
        });
        const answer = (await response.json()) as Answer['body'];
        if (response.status < 500 && response.status !== 409)
          return { status: response.status, body: answer, attempts };
        last = answer['detail'];
      } catch (error) {
        last = error;
      }
      await pause(RETRY_MS);
    }
    throw new Error(`Nobody answered ${method} ${path}.`, { cause: last });
  }
}
