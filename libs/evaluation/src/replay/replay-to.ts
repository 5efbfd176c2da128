import type { Writable } from 'node:stream';
import type { EventStore } from '@caretrail/event-store';
import { type Fault, InvalidInput, isPlainDate, type PlainDate, type Tenant } from '@caretrail/kernel';
import type { Database } from '@caretrail/platform';
import type { ReplayableView } from '@caretrail/views';
import { formatReplay, type ReplayFormat, replayFormats } from './format-replay.js';
import { replay, type ReplayProgress, type Replayed } from './replay.js';

/** What `caretrail replay` was asked, as typed. */
export interface ReplayOptions {
  /** Name of a view. */
  readonly view: string;
  /** The council's ONS code. */
  readonly council: Tenant;
  readonly asOf: string;
  /** Everything that is known today where it is left out. */
  readonly knownOn?: string;
  /** `table` where it is left out. */
  readonly format?: string;
}

export interface ReplayMeans {
  readonly store: EventStore;
  readonly database: Database;
  readonly views: readonly ReplayableView[];
  readonly today: PlainDate;
  /** Takes the rows; it is not closed. */
  readonly out: Writable;
  readonly onProgress?: (progress: ReplayProgress) => void;
}

/**
 * `caretrail replay`: builds a view as it stood on a day, and writes it as a table, CSV or JSON.
 * @throws InvalidInput for an unknown view or format, or a day that is none
 */
export async function replayTo(options: ReplayOptions, means: ReplayMeans): Promise<Replayed> {
  const { asOf: effectiveOn, council: tenant, knownOn = means.today } = options;
  const view = means.views.find(({ name }) => name === options.view);
  const format = replayFormats.find((known) => known === (options.format ?? 'table'));
  const faults = faultsOf(options, { view, format, views: means.views, today: means.today });
  if (faults.length || !view || !format) throw new InvalidInput(faults);
  const replayed = await replay(
    view,
    { tenant, effectiveOn, knownOn, ...(means.onProgress && { onProgress: means.onProgress }) },
    means,
  );
  const heading = {
    view: view.name,
    council: tenant,
    effectiveOn,
    knownOn,
    events: replayed.known,
    position: replayed.position.toString(),
  };
  await write(means.out, formatReplay(heading, replayed.table, format));
  return replayed;
}

function faultsOf(
  { asOf, knownOn, view: name, format: asked }: ReplayOptions,
  found: { view?: ReplayableView; format?: ReplayFormat; views: readonly ReplayableView[]; today: PlainDate },
): Fault[] {
  const fault = (field: string, rule: string, message: string): Fault => ({ field, rule, message });
  const faults: Fault[] = [];
  if (!found.view) {
    const names = found.views.map((each) => each.name).join(', ') || 'none';
    faults.push(fault('view', 'view-is-known', `There is no view “${name}” to replay. Views: ${names}.`));
  }
  if (!found.format)
    faults.push(fault('format', 'format-is-known', `“${asked}” is no format. Use ${replayFormats.join(', ')}.`));
  if (!isPlainDate(asOf))
    faults.push(fault('asOf', 'day-is-real', 'Give --as-of a calendar day, for example 2025-03-31.'));
  if (knownOn !== undefined && !isPlainDate(knownOn))
    faults.push(fault('knownOn', 'day-is-real', 'Give --known-on a calendar day, for example 2025-06-01.'));
  else if (knownOn !== undefined && knownOn > found.today)
    faults.push(fault('knownOn', 'known-day-has-come', 'Give --known-on today or an earlier day.'));
  return faults;
}

async function write(out: Writable, text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    out.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
