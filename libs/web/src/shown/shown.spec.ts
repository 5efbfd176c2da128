import { describe, expect, it } from '@jest/globals';
import { type Account, LocalAccounts, Sessions } from '@caretrail/access';
import { InvalidInput } from '@caretrail/kernel';
import { TestClock, WRENBRIDGE } from '@caretrail/testing';
import type { CallHandler, ExecutionContext } from '@nestjs/common';
import { EMPTY } from 'rxjs';
import { commandMetaOf } from '../commands/command-meta.js';
import { CarryShown } from './carry-shown.interceptor.js';
import { type Shown, shownFrom, shownText } from './shown.js';
import { WhatWasShown } from './what-was-shown.js';

const PAGE = '/allocations/4471c0de-0000-4000-8000-000000000005/budget';
const accounts = new LocalAccounts('test');
const sessions = new Sessions('a secret of at least thirty-two characters', accounts);
const clock = new TestClock();
clock.set(WRENBRIDGE, '2026-03-14T10:00:00.000Z');
const shown = new WhatWasShown(sessions, { upTo: () => Promise.resolve(41n) }, clock);
const interceptor = new CarryShown(shown);
const account = async (slug: string): Promise<Account> =>
  (await accounts.list(WRENBRIDGE)).find(({ role }) => role === slug)!;

interface Asked {
  method: string;
  url: string;
  account: Account;
  headers: Record<string, string>;
  body?: Record<string, unknown>;
  shown?: string;
  vouchedFor?: string;
}

async function pass(request: Asked): Promise<Asked & { answered: Record<string, string> }> {
  const answered: Record<string, string> = {};
  const reply = { header: (name: string, value: string) => (answered[name] = value) };
  const context = { switchToHttp: () => ({ getRequest: () => request, getResponse: () => reply }) };
  await interceptor.intercept(context as unknown as ExecutionContext, { handle: () => EMPTY } as CallHandler);
  return { ...request, answered };
}

describe('what was shown', () => {
  const said: Shown = {
    page: PAGE,
    position: 41n,
    effectiveOn: '2026-01-31',
    knownOn: '2026-02-28',
    at: '2026-03-14T10:00:00.000Z',
  };

  it('is one line that reads back as it was, and nothing else does', () => {
    expect(shownFrom(shownText(said))).toEqual(said);
    for (const line of ['', 'page=/x', shownText({ ...said, page: 'elsewhere' }), shownText({ ...said, at: 'noon' })])
      expect(shownFrom(line)).toBeUndefined();
  });

  it('goes out with a page and comes back with the form of the same person, who never sees the field in their data', async () => {
    const finance = await account('finance');
    const url = `${PAGE}?effective=31/1/2026&known=28/2/2026&record=P-4471`;
    const { vouchedFor } = await pass({ method: 'GET', url, account: finance, headers: {} });
    const body = { reasons: 'So.', shown: vouchedFor };
    const request = await pass({ method: 'POST', url: PAGE, account: finance, headers: {}, body });
    expect(request.body).toEqual({ reasons: 'So.' });
    const meta = commandMetaOf(finance, request, { effectiveOn: '2026-03-14' });
    expect(shownFrom(meta.shown!)).toEqual(said);
  });

  it('names the form that was open, and nothing that somebody looked for', async () => {
    const finance = await account('finance');
    const open = '/personal-budgets/4471c0de-0000-4000-8000-000000000005?form=revision';
    const { vouchedFor } = await pass({
      method: 'GET',
      url: `${open}&q=Mary+Sample&known=28/2/2026`,
      account: finance,
      headers: {},
    });
    const request = await pass({
      method: 'POST',
      url: PAGE,
      account: finance,
      headers: {},
      body: { shown: vouchedFor },
    });
    expect(shownFrom(request.shown!)?.page).toBe(open);
  });

  it('stays what it was when the form is refused and shown again', async () => {
    const finance = await account('finance');
    const first = await pass({ method: 'GET', url: PAGE, account: finance, headers: {} });
    const refused = await pass({
      method: 'POST',
      url: `${PAGE}/agreement`,
      account: finance,
      headers: {},
      body: { shown: first.vouchedFor },
    });
    expect(refused.vouchedFor).toBe(first.vouchedFor);
    const without = await pass({ method: 'POST', url: PAGE, account: finance, headers: {}, body: {} });
    expect(without.vouchedFor).toBeDefined();
  });

  it('goes out in a header of an API’s answer, and comes back in one', async () => {
    const finance = await account('finance');
    const url = '/api/allocations/1';
    const { answered } = await pass({ method: 'GET', url, account: finance, headers: {} });
    const headers = { 'caretrail-shown': answered['caretrail-shown']! };
    const request = await pass({ method: 'POST', url, account: finance, headers, body: {} });
    expect(shownFrom(request.shown!)).toMatchObject({ page: url, position: 41n, knownOn: '2026-03-14' });
    expect((await pass({ method: 'POST', url, account: finance, headers: {}, body: {} })).shown).toBeUndefined();
  });

  it('is refused when it was altered, or was shown to somebody else', async () => {
    const [finance, practitioner] = [await account('finance'), await account('practitioner')];
    const token = await shown.vouchFor(finance, PAGE);
    const forged = `${Buffer.from(shownText({ ...said, position: 99n })).toString('base64url')}.${token.split('.')[1]}`;
    for (const [reader, sent] of [
      [finance, forged],
      [finance, 'nonsense'],
      [practitioner, token],
    ] as const)
      await expect(
        pass({ method: 'POST', url: PAGE, account: reader, headers: {}, body: { shown: sent } }),
      ).rejects.toBeInstanceOf(InvalidInput);
  });
});
