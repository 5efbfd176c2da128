import {
  type ConcludeRequestData,
  type EndUrgentHelpData,
  eventOutcomes,
  type MeetUrgentNeedData,
  outcomes,
  type RequestSupportData,
  routesOfAccess,
  stepsLeftForLater,
  urgentEndings,
} from '../../contracts/index.js';
import { TypedForm, type Typed } from '../typed-form.js';

type On<Data> = Data & { readonly effectiveOn: string };
const DAY = 'Enter the day, such as 14/3/2026.';

/** What was typed about a request. @throws InvalidInput */
export function requestFrom(typed: Typed): On<Pick<RequestSupportData, 'route'>> {
  const form = new TypedForm(typed);
  const route = form.choice('route', routesOfAccess, 'Say how the request came.');
  const effectiveOn = form.day('effectiveOn', DAY);
  form.done();
  return { route, effectiveOn };
}

/** What was typed about what came of a request. @throws InvalidInput */
export function conclusionFrom(typed: Typed): On<Pick<ConcludeRequestData, 'outcome'>> {
  const form = new TypedForm(typed);
  const outcome = form.choice('outcome', eventOutcomes, 'Say what came of the request.');
  const effectiveOn = form.day('effectiveOn', DAY);
  form.done();
  return { outcome, effectiveOn };
}

/** What was typed about a need that is met at once. What must be said is left to the rules. @throws InvalidInput */
export function urgentNeedFrom(typed: Typed): On<Omit<MeetUrgentNeedData, 'urgentNeedId' | 'personId'>> {
  const form = new TypedForm(typed);
  const chosen = (field: string): unknown[] => [typed[field]].flat();
  const effectiveOn = form.day('effectiveOn', DAY);
  const lookAgainOn = form.day('lookAgainOn', 'Enter the day on which it is looked at again, such as 21/3/2026.');
  form.done();
  return {
    needs: outcomes.filter((outcome) => chosen('needs').includes(outcome)),
    provided: form.text('provided'),
    reasons: form.text('reasons'),
    leftForLater: stepsLeftForLater.filter((step) => chosen('leftForLater').includes(step)),
    lookAgainOn,
    effectiveOn,
  };
}

/** What was typed about the end of urgent help. @throws InvalidInput */
export function endingFrom(typed: Typed): On<Pick<EndUrgentHelpData, 'reason'>> {
  const form = new TypedForm(typed);
  const reason = form.choice('reason', urgentEndings, 'Say why it ends.');
  const effectiveOn = form.day('effectiveOn', DAY);
  form.done();
  return { reason, effectiveOn };
}
