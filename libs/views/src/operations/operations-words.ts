import { londonClock, londonDate } from '@caretrail/kernel';
import type { RebuildProgress } from '@caretrail/projections';
import { ukDate } from '@caretrail/web';

const PERCENT = 100;
const SECONDS_A_MINUTE = 60;

/** Day and time of an instant, as people write them. */
export const moment = (instant: string): string => `${ukDate(londonDate(instant))} ${londonClock(instant)}`;

/** `42% filling, 12,300 events a second, 2 minutes left`. */
export function progressWords({ stage, done, eventsPerSecond, secondsLeft }: RebuildProgress): string {
  if (stage === 'asked for') return 'asked for, and about to begin';
  const left = secondsLeft === undefined ? 'time left not known yet' : `${timeWords(secondsLeft)} left`;
  return `${Math.floor(done * PERCENT)}% ${stage}, ${eventsPerSecond.toLocaleString('en-GB')} events a second, ${left}`;
}

function timeWords(seconds: number): string {
  if (seconds < SECONDS_A_MINUTE) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  const minutes = Math.ceil(seconds / SECONDS_A_MINUTE);
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
}
