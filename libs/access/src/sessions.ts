import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Account } from './account.js';
import { Accounts } from './accounts.js';
import { type EndedSessions, EndedSessionsHere } from './ended-sessions.port.js';

export const SESSION_COOKIE = 'caretrail_session';
/** A working day. */
export const SESSION_SECONDS = 12 * 3600;
const ISSUER = 'caretrail';

/** What signing in leaves on a request. */
export interface SignedInRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly cookies?: Readonly<Record<string, string | undefined>>;
  account?: Account;
}

/** What stands in a token: who it is for, which one it is, and until when it lasts, in seconds since 1970. */
type Claims = Required<Pick<JWTPayload, 'sub' | 'jti' | 'exp'>> & { readonly tenant: string };

/** Signed tokens (JWT, HS256) that say which account of which council is there; nothing else stands in them. */
@Injectable()
export class Sessions {
  private readonly key: Uint8Array;

  /** @param secret at least 32 characters, the same in every process that serves the same people */
  constructor(
    secret: string,
    private readonly accounts: Accounts,
    private readonly ended: EndedSessions = new EndedSessionsHere(),
  ) {
    this.key = new TextEncoder().encode(secret);
  }

  async issue(account: Pick<Account, 'id' | 'tenant'>): Promise<string> {
    return new SignJWT({ tenant: account.tenant })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(account.id)
      .setJti(randomUUID())
      .setIssuer(ISSUER)
      .setIssuedAt()
      .setExpirationTime(`${SESSION_SECONDS}s`)
      .sign(this.key);
  }

  /** The account of a token; undefined when it is forged, too old or signed out of, or its account is gone. */
  async read(token: string): Promise<Account | undefined> {
    const claims = await this.claimsOf(token);
    if (!claims || (await this.ended.hasEnded(claims.tenant, claims.jti))) return undefined;
    return this.accounts.get(claims.tenant, claims.sub);
  }

  /** Signs out: from now on the token that came with the request opens nothing, whoever kept a copy of it. */
  async signOut(request: SignedInRequest): Promise<void> {
    const token = tokenOf(request);
    const claims = token ? await this.claimsOf(token) : undefined;
    if (claims) await this.ended.end(claims.tenant, claims.jti, new Date(claims.exp * 1_000));
  }

  private async claimsOf(token: string): Promise<Claims | undefined> {
    try {
      const { payload } = await jwtVerify<Claims>(token, this.key, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        requiredClaims: ['sub', 'jti', 'exp', 'tenant'],
      });
      return payload;
    } catch {
      return undefined;
    }
  }

  /** A text that travels through somebody's hands and comes back from the same person, unchanged or not at all. */
  vouchFor(account: Pick<Account, 'id' | 'tenant'>, text: string): string {
    return `${Buffer.from(text).toString('base64url')}.${this.seal(account, text).toString('base64url')}`;
  }

  /** The text that was vouched for; undefined for another one, or from another person. */
  vouched(account: Pick<Account, 'id' | 'tenant'>, token: string): string | undefined {
    const [encoded = '', seal = ''] = token.split('.');
    const text = Buffer.from(encoded, 'base64url').toString();
    const [given, right] = [Buffer.from(seal, 'base64url'), this.seal(account, text)];
    return given.length === right.length && timingSafeEqual(given, right) ? text : undefined;
  }

  private seal({ tenant, id }: Pick<Account, 'id' | 'tenant'>, text: string): Buffer {
    return createHmac('sha256', this.key)
      .update(JSON.stringify(['vouched', tenant, id, text]))
      .digest();
  }

  /** Who sends a request: by its bearer token, else by its cookie. The answer stays on the request. */
  async signIn(request: SignedInRequest): Promise<Account | undefined> {
    if (request.account) return request.account;
    const token = tokenOf(request);
    const account = token ? await this.read(token) : undefined;
    if (account) request.account = account;
    return account;
  }
}

const tokenOf = (request: SignedInRequest): string | undefined =>
  bearerOf(request) ?? request.cookies?.[SESSION_COOKIE];

/** The token of `Authorization: Bearer …`. */
export function bearerOf(request: Pick<SignedInRequest, 'headers'>): string | undefined {
  const header = request.headers['authorization'];
  return typeof header === 'string' ? /^Bearer\s+(\S+)$/i.exec(header)?.[1] : undefined;
}
