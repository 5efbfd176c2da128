import { type Account, actorOf } from '@caretrail/access';
import { InvalidInput, unreachable } from '@caretrail/kernel';
import { DECISION_REASONS, type DecisionReason, type SubscriptionControl } from '@caretrail/projections';

export const DECISIONS = ['release', 'skip', 'start over'] as const;

/** What somebody decided about a subscription; the key is left out where all of it is started over. */
export interface OperationsDecision {
  readonly decision: (typeof DECISIONS)[number];
  readonly subscription: string;
  readonly key: string;
  readonly reason: DecisionReason;
}

/** @throws InvalidInput that names the field */
export function decisionFrom(body: unknown): OperationsDecision {
  const typed = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const textOf = (field: string): string => (typeof typed[field] === 'string' ? typed[field] : '');
  const decision = DECISIONS.find((each) => each === typed['decision']);
  const reason = DECISION_REASONS.find((each) => each === typed['reason']);
  const [subscription, key] = [textOf('subscription'), textOf('key')];
  const faults = [
    ...(decision ? [] : [fault('decision', `Choose one of: ${DECISIONS.join(', ')}.`)]),
    ...(subscription ? [] : [fault('subscription', 'Name the subscription.')]),
    ...(key || decision === 'start over' ? [] : [fault('key', 'Name the key that is parked.')]),
    ...(reason ? [] : [fault('reason', `Choose why. One of: ${DECISION_REASONS.join('; ')}.`)]),
  ];
  if (!decision || !reason || faults.length) throw new InvalidInput(faults);
  return { decision, subscription, key, reason };
}

/** Does what was decided, in the name of the account. @returns a sentence that says what came of it */
export async function carryOut(
  control: SubscriptionControl,
  account: Account,
  { decision, subscription, key, reason }: OperationsDecision,
): Promise<string> {
  const by = { actor: actorOf(account), reason };
  const { tenant } = account;
  switch (decision) {
    case 'release': {
      const events = await control.release(tenant, subscription, key, by);
      return `Released: ${events} ${events === 1 ? 'event was' : 'events were'} handled, and the key goes on.`;
    }
    case 'skip': {
      const { waiting } = await control.skip(tenant, subscription, key, by);
      return waiting
        ? `Skipped one event. The next one fails too, so ${waiting} still wait.`
        : 'Skipped one event. What followed it was handled, and the key goes on.';
    }
    case 'start over':
      await control.startOver(tenant, subscription, by);
      return 'It starts over.';
    default:
      return unreachable(decision);
  }
}

const fault = (field: string, message: string) => ({ rule: 'decision-is-complete', field, message });
