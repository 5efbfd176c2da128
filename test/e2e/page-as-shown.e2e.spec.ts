import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OpenAllocation } from '@caretrail/budgets/contracts';
import { addDays, type CommandResult, londonDate } from '@caretrail/kernel';
import { openBrowser, WRENBRIDGE } from '@caretrail/testing';
import { ViewPositions } from '@caretrail/web';
import { CommandBus } from '@nestjs/cqrs';
import { type Caller, type House, startHouse } from './house.js';

const today = londonDate(new Date());
const pictures = process.env['PICTURES'];

describe('the page on which somebody decided', () => {
  let house: House;
  let finance: Caller;
  let practitioner: Caller;
  const personId = randomUUID();
  const allocationId = randomUUID();
  const page = `/allocations/${allocationId}/budget`;
  let decision: string;

  beforeAll(async () => {
    house = await startHouse();
    [finance, practitioner] = await Promise.all([house.as('finance'), house.as('practitioner')]);
    const details = { firstName: 'Paula', lastName: 'Synthetic' };
    await practitioner.post('/api/people', { effectiveOn: addDays(today, -9), personId, details });
    const opening = {
      allocationId,
      personId,
      assessmentId: randomUUID(),
      assessedOn: addDays(today, -5),
      eligibleNeeds: 'Eligible needs identified' as const,
      needs: ['nutrition', 'personal hygiene'],
    };
    const actor = { id: 'process:test', role: 'process' };
    const meta = { tenant: WRENBRIDGE, commandId: randomUUID(), actor, effectiveOn: addDays(today, -5) };
    const { position } = await house.app
      .get(CommandBus, { strict: false })
      .execute<OpenAllocation, CommandResult>(new OpenAllocation(opening, meta));
    // A page says how far all views had read: here, so far at least.
    const views = house.app.get(ViewPositions, { strict: false });
    while ((await views.upTo(WRENBRIDGE)) < position) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  afterAll(() => house?.stop());

  const main = (html: string): string => /<main[\s\S]*<\/main>/.exec(html)![0];

  it('is drawn again as it was, and leads nowhere', async () => {
    const form = (await finance.get<string>(page)).body;
    expect(main(form)).toContain('name="reasons"');
    const vouched = /name="shown" value="([^"]+)"/.exec(form)![1]!;
    // What they did not see: it was recorded after the page was drawn.
    const answered = { effectiveOn: today, answers: [{ question: 'nutrition', answer: 'able' }] };
    expect((await practitioner.post(`/api/allocations/${allocationId}/answers`, answered)).status).toBe(201);
    const decided = await finance.post<{ eventIds: string[] }>(
      `/api${page}`,
      {
        effectiveOn: today,
        costPencePerWeek: 30_000,
        personPaysPencePerWeek: 0,
        councilPaysPencePerWeek: 30_000,
        reasons: 'Two calls a day.',
      },
      { 'caretrail-shown': vouched },
    );
    expect(decided.status).toBe(201);
    decision = decided.body.eventIds.at(-1)!;
    const now = (await finance.get<string>(page)).body;
    expect(main(now)).toContain('Two calls a day.');

    const again = await finance.get<string>(`${page}?decision=${decision}`);
    expect(again.status).toBe(200);
    expect(again.body).toContain('as it was shown to Colin Marsh on');
    expect(again.body).toContain(`/people/${personId}/decisions/${decision}`);
    expect(main(again.body)).not.toContain('Two calls a day.');
    expect(main(again.body)).toContain('name="reasons"');
    expect(main(again.body)).not.toMatch(/<button(?! disabled)/);
    // But for the mark, the buttons and the ids of its forms it is the page that was drawn, to the letter.
    const bare = (html: string) =>
      main(html)
        .replaceAll('<button disabled', '<button')
        .replaceAll(/(name="(?:shown|commandId)" value=)"[^"]*"/g, '$1')
        .replaceAll(/\?[^"]*(?=")/g, '');
    expect(bare(again.body)).toBe(bare(form));
  });

  it('is linked from the decision', async () => {
    let record = await practitioner.get<string>(`/people/${personId}/decisions/${decision}`);
    for (const end = Date.now() + 240_000; record.status === 404 && Date.now() < end;)
      record = await practitioner.get<string>(`/people/${personId}/decisions/${decision}`);
    expect(record.body).toContain(`href="${page}?decision=${decision}"`);
  });

  it('says whose screen it was, on a phone as well', async () => {
    const browser = await openBrowser();
    try {
      for (const width of [390, 1280]) {
        const screen = await browser.window(house.address, { width });
        await screen.raw.goto(`${house.address}/sign-in`);
        const button = screen.raw
          .locator('section', { hasText: 'Wrenbridge' })
          .getByRole('button', { name: 'Colin Marsh' });
        await Promise.all([screen.raw.waitForEvent('load'), button.click()]);
        expect(await screen.open(`${page}?decision=${decision}`)).toBe(200);
        expect(await screen.text()).toContain('Nothing can be sent from it.');
        expect(await screen.raw.locator('main button:not([disabled])').count()).toBe(0);
        if (pictures) await screen.screenshot(`${pictures}/page-as-shown-${width}.png`);
      }
    } finally {
      await browser.close();
    }
  });

  it('is opened by whoever may open it, for the decision that was made on it alone', async () => {
    expect((await practitioner.get(`${page}?decision=${decision}`)).status).toBe(403);
    expect((await finance.get(`/people/${personId}?decision=${decision}`)).status).toBe(404);
    expect((await finance.get(`${page}?decision=${randomUUID()}`)).status).toBe(404);
    const elsewhere = await house.as('finance', 'E09000099');
    expect((await elsewhere.get(`${page}?decision=${decision}`)).status).toBe(404);
    const commissioner = await house.as('commissioner');
    expect((await commissioner.get(`/market-position?decision=${decision}`)).status).toBe(404);
  });
});
