import { type Account, actorOf } from '@caretrail/access';
import { InvalidInput, unreachable } from '@caretrail/kernel';
import { DECISION_REASONS, type DecisionReason, type SubscriptionControl } from '@caretrail/projections';

export const DECISIONS = ['release', 'skip', 'start over', 'rebuild', 'give up', 'roll back', 'drop previous'] as const;
/** These are about one key that is parked; the others about all of a view or process. */
const ABOUT_A_KEY: readonly string[] = ['release', 'skip'];
const WORKERS = ['1', '2', '3', '4'];
const USUAL_WORKERS = '2';

/** What somebody decided about a subscription; the key is left out where it is about all of it. */
export interface OperationsDecision {
  readonly decision: (typeof DECISIONS)[number];
  readonly subscription: string;
  readonly key: string;
  /** How many fill the rows side by side; only for a rebuild. */
  readonly workers: number;
  readonly reason: DecisionReason;
}

/** @throws InvalidInput that names the field */
export function decisionFrom(body: unknown): OperationsDecision {
  const typed = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const textOf = (field: string): string => (typeof typed[field] === 'string' ? typed[field] : '');
  const decision = DECISIONS.find((each) => each === typed['decision']);
  const reason = DECISION_REASONS.find((each) => each === typed['reason']);
  const [subscription, key] = [textOf('subscription'), textOf('key')];
  const workers = typed['workers'] === undefined ? USUAL_WORKERS : textOf('workers');
  const faults = [
    ...(decision ? [] : [fault('decision', `Choose one of: ${DECISIONS.join(', ')}.`)]),
    ...(subscription ? [] : [fault('subscription', 'Name the subscription.')]),
    ...(key || (decision && !ABOUT_A_KEY.includes(decision)) ? [] : [fault('key', 'Name the key that is parked.')]),
    ...(WORKERS.includes(workers) ? [] : [fault('workers', 'Choose how many workers, from 1 to 4.')]),
    ...(reason ? [] : [fault('reason', `Choose why. One of: ${DECISION_REASONS.join('; ')}.`)]),
  ];
  if (!decision || !reason || faults.length) throw new InvalidInput(faults);
  return { decision, subscription, key, workers: Number(workers), reason };
}

/** Does what was decided, in the name of the account. @returns a sentence that says what came of it */
export async function carryOut(
  control: SubscriptionControl,
  account: Account,
  { decision, subscription, key, workers, reason }: OperationsDecision,
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
    case 'rebuild':
      await control.rebuild(tenant, subscription, workers, by);
      return 'Its rows are built anew. Pages show those of before until they are complete.';
    case 'give up':
      await control.giveUp(tenant, subscription, by);
      return 'The rebuild was given up, and what it had built is gone. Pages show what they showed before.';
    case 'roll back':
      await control.rollBack(tenant, subscription, by);
      return 'The rows of before are shown again, and catch up from where they stood.';
    case 'drop previous':
      await control.dropPrevious(tenant, subscription, by);
      return 'The rows of before are removed.';
    default:
      return unreachable(decision);
  }
}

const fault = (field: string, message: string) => ({ rule: 'decision-is-complete', field, message });
