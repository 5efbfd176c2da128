import { describe, expect, it } from '@jest/globals';
import { addDays, type Command, type DomainEvent, londonDate, type RoutedCommand } from '@caretrail/kernel';
import { safeguardingEvents, safeguardingRoutes } from '@caretrail/safeguarding';
import { alert, conclusion, decision, ownership, protectionPlan, protectionReview } from './demonstration-case.js';
import { type DemonstrationConcern, demonstrationConcerns } from './demonstration-people.js';

const NOW = '2026-11-23T10:00:00.000Z';
const HOUR_MS = 3_600_000;
const [concernId, ...people] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`) as [string, string];

type By = Parameters<typeof decision>[2];
/** Hours before now, and what is asked then. */
type Step = readonly [hoursAgo: number, ask: (by: By) => Command];

/** What is done about a concern, in order. */
function told(concern: DemonstrationConcern): readonly Step[] {
  const adults = people.slice(0, concern.adults.length);
  const ids = { concernId, adult: adults[0]! };
  const { owner, decision: decided, enquiry } = concern;
  const steps: Step[] = [
    [concern.hoursAgo, (by) => alert(concern, { concernId, reference: 'SC-2026-0001', adults }, by)],
  ];
  if (owner) steps.push([concern.hoursAgo - 0.5, (by) => ownership(concernId, owner, by)]);
  if (decided) steps.push([decided.hoursAgo, (by) => decision(concern, concernId, by)]);
  if (enquiry)
    steps.push(
      [enquiry.hoursAgo, (by) => conclusion(concern, ids, by)],
      [enquiry.plan.hoursAgo, (by) => protectionPlan(concern, ids, by)],
      [enquiry.review.hoursAgo, (by) => protectionReview(concern, ids, by)],
    );
  return steps;
}

/** The events of a concern as the rules let it happen. */
function lived(concern: DemonstrationConcern): readonly DomainEvent[] {
  const [{ decider }] = safeguardingRoutes as [(typeof safeguardingRoutes)[number]];
  let state = decider.initial;
  return told(concern).flatMap(([hoursAgo, asked]) => {
    const now = new Date(Date.parse(NOW) - hoursAgo * HOUR_MS).toISOString();
    const today = londonDate(now);
    const command = asked((slug) => ({
      tenant: 'E09000012',
      commandId: 'one',
      actor: { id: slug, role: 'safeguarding' },
      effectiveOn: today,
    }));
    (command.constructor as RoutedCommand).schema.parse(command.data);
    const { actor, effectiveOn } = command.meta;
    const events = decider.decide(command, state, { now, today, effectiveOn, actor });
    for (const event of events) state = decider.evolve(state, { ...event, id: 'one', effectiveOn });
    return events;
  });
}

describe('the concerns that are written out', () => {
  it.each(demonstrationConcerns.map((concern) => [concern.slug, concern] as const))(
    '%s is let happen',
    (_, concern) => {
      const events = lived(concern);
      expect(events).toHaveLength(told(concern).length);
      for (const { type, data } of events) safeguardingEvents.find((each) => each.type === type)!.schema.parse(data);
    },
  );

  it('hold one whose enquiry is concluded, with a plan that was reviewed and goes on past today', () => {
    const concluded = demonstrationConcerns.filter(({ enquiry }) => enquiry);
    expect(concluded).toHaveLength(1);
    const last = lived(concluded[0]!).at(-1)!;
    expect(last).toMatchObject({
      type: 'safeguarding.protection-plan-reviewed.v1',
      data: { next: 'the plan goes on' },
    });
    expect((last.data as { reviewOn: string }).reviewOn > addDays(londonDate(NOW), 60)).toBe(true);
  });
});
