import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Forbidden, Unavailable } from '@caretrail/kernel';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AccessGuard, Allow, Public, SignInNeeded } from './access.guard.js';
import { maySeeNeedToKnow, maySeePersonal, ROLES } from './account.js';
import { NoAccounts } from './accounts.js';
import { LocalAccounts, localAccountId } from './local-accounts.js';
import { Sessions, type SignedInRequest } from './sessions.js';

const TENANT = 'E09000012';
const accounts = new LocalAccounts('test');
const sessions = new Sessions('a secret of at least thirty-two characters', accounts);
const guard = new AccessGuard(new Reflector(), sessions);

class Handlers {
  @Allow('commissioner') forCommissioners() {}
  @Allow() forEverybodySignedIn() {}
  @Public() forAnybody() {}
  undeclared() {}
}

const tokenOf = async (slug: string) => sessions.issue({ id: localAccountId(TENANT, slug), tenant: TENANT });

function ask(handler: keyof Handlers, request: Partial<SignedInRequest> & { method?: string } = {}) {
  const whole = { method: 'GET', headers: {}, ...request };
  const context = {
    getHandler: () => Reflect.get(Handlers.prototype, handler),
    getClass: () => Handlers,
    switchToHttp: () => ({ getRequest: () => whole }),
  } as unknown as ExecutionContext;
  return guard.canActivate(context);
}

describe('the guard in front of every handler', () => {
  it('refuses what nobody declared, even to somebody who has signed in', async () => {
    const cookies = { caretrail_session: await tokenOf('commissioner') };
    await expect(ask('undeclared', { cookies })).rejects.toThrow(Forbidden);
  });

  it('lets anybody use what is public', async () => {
    await expect(ask('forAnybody')).resolves.toBe(true);
  });

  it('asks for signing in where a role is needed', async () => {
    await expect(ask('forCommissioners')).rejects.toThrow(SignInNeeded);
    await expect(ask('forEverybodySignedIn')).rejects.toThrow(SignInNeeded);
  });

  it('signs in by cookie and by bearer token', async () => {
    const token = await tokenOf('commissioner');
    await expect(ask('forCommissioners', { cookies: { caretrail_session: token } })).resolves.toBe(true);
    await expect(ask('forCommissioners', { headers: { authorization: `Bearer ${token}` } })).resolves.toBe(true);
  });

  it('asks for signing in again after signing out, wherever a copy of the token is', async () => {
    const [left, kept] = [await tokenOf('commissioner'), await tokenOf('commissioner')];
    await sessions.signOut({ headers: {}, cookies: { caretrail_session: left } });
    await expect(ask('forCommissioners', { cookies: { caretrail_session: left } })).rejects.toThrow(SignInNeeded);
    await expect(ask('forCommissioners', { headers: { authorization: `Bearer ${left}` } })).rejects.toThrow(
      SignInNeeded,
    );
    await expect(ask('forCommissioners', { cookies: { caretrail_session: kept } })).resolves.toBe(true);
    await expect(
      sessions.signOut({ headers: {}, cookies: { caretrail_session: 'no token' } }),
    ).resolves.toBeUndefined();
  });

  it('refuses another role, and lets it use what is for everybody', async () => {
    const cookies = { caretrail_session: await tokenOf('analyst') };
    await expect(ask('forCommissioners', { cookies })).rejects.toThrow('Your role (analyst)');
    await expect(ask('forEverybodySignedIn', { cookies })).resolves.toBe(true);
  });

  it('does not believe a token signed with another secret', async () => {
    const forged = await new Sessions('another secret of at least thirty-two', accounts).issue({
      id: localAccountId(TENANT, 'commissioner'),
      tenant: TENANT,
    });
    await expect(ask('forCommissioners', { cookies: { caretrail_session: forged } })).rejects.toThrow(SignInNeeded);
  });

  it('does not sign in the account of one council at another', async () => {
    const token = await sessions.issue({ id: localAccountId(TENANT, 'commissioner'), tenant: 'E09000001' });
    await expect(ask('forCommissioners', { cookies: { caretrail_session: token } })).rejects.toThrow(SignInNeeded);
  });

  it('refuses a command that another site sends with the cookie', async () => {
    const cookies = { caretrail_session: await tokenOf('commissioner') };
    const headers = { 'sec-fetch-site': 'cross-site' };
    await expect(ask('forCommissioners', { cookies, headers, method: 'POST' })).rejects.toThrow(Forbidden);
    await expect(ask('forCommissioners', { cookies, headers })).resolves.toBe(true);
  });
});

describe('what a role may see', () => {
  it('opens need-to-know to safeguarding alone', () => {
    expect(ROLES.filter((role) => maySeeNeedToKnow({ role }))).toEqual(['safeguarding']);
  });

  it('keeps names from analysts and commissioners', () => {
    expect(ROLES.filter((role) => !maySeePersonal({ role }))).toEqual(['commissioner', 'analyst']);
  });

  it('shows a person their own record alone', () => {
    expect(maySeePersonal({ role: 'person', personId: 'a' }, 'a')).toBe(true);
    expect(maySeePersonal({ role: 'person', personId: 'a' }, 'b')).toBe(false);
  });
});

describe('no accounts', () => {
  it('let nobody sign in', async () => {
    expect(await new NoAccounts().list()).toEqual([]);
    expect(await new NoAccounts().get()).toBeUndefined();
    expect(await new NoAccounts().nameOf(TENANT, 'os:root')).toBe('command line');
  });
});

describe('local accounts', () => {
  it('do not exist in production', () => {
    expect(() => new LocalAccounts('production')).toThrow(Unavailable);
  });

  it('have one for each role once a person is registered, with ids that stay', async () => {
    const fresh = new LocalAccounts('test');
    fresh.registerPerson(TENANT, 'p-1', 'Mary Sample');
    const list = await fresh.list(TENANT);
    expect(new Set(list.map((account) => account.role))).toEqual(new Set(ROLES));
    expect((await fresh.list(TENANT))[0]?.id).toBe((await accounts.list(TENANT))[0]?.id);
    expect((await accounts.list('E09000001'))[0]?.id).not.toBe(list[0]?.id);
  });

  it('name whoever acted', async () => {
    expect(await accounts.nameOf(TENANT, localAccountId(TENANT, 'broker'))).toBe('Sam Irwin');
    expect(await accounts.nameOf(TENANT, 'process:when-a-b')).toBe('process');
    expect(await accounts.nameOf(TENANT, 'os:1000')).toBe('command line');
    expect(await accounts.nameOf(TENANT, 'somebody-else')).toBe('somebody-else');
    expect(await accounts.nameOf(TENANT, 'somebody-else', 'practitioner')).toBe('somebody-else');
    expect(await accounts.nameOf(TENANT, 'somebody-else', 'person')).toBe('the person');
  });
});
