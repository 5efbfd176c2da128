import { type Account, Accounts, maySeeNeedToKnow, maySeePersonal } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import { ageOn, EventCatalogue, formatDate, londonDate, NotFound, type StoredEvent } from '@caretrail/kernel';
import { PersonDirectory, type PersonLabel, recordNumber } from '@caretrail/people/contracts';
import { alertRaised, type AlertRaisedData } from '@caretrail/safeguarding/contracts';
import { type AsOfDays, asOfQuery } from '@caretrail/web';
import { Inject, Injectable } from '@nestjs/common';
import { Chronology, type ChronologyReader } from './chronology.query.js';
import {
  type ChronologyChoice,
  type ChronologySelection,
  type NumberedEntry,
  selectEntries,
} from './chronology-selection.js';
import { type ChronologyMark, drawSwimLanes, type HarmLine } from './swim-lanes.drawing.js';

export const LIST_PAGE = 100;
/** More marks than this are not told apart at a glance. */
export const DRAWN_MARKS = 60;
const READ_AT_ONCE = 500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const contexts = ['people', 'assessment', 'budgets', 'planning', 'commissioning', 'safeguarding'];

/** An entry with the words that are computed when it is shown. */
export interface ChronologyLine extends NumberedEntry {
  readonly title: string;
  readonly who: string;
  readonly contextTitle: string;
  readonly state: ChronologyMark['state'];
  /** When it was learnt and stored: `same day`, `19 Mar 2026`. */
  readonly learnt: string;
  /** Where it was learnt from a dated source before it was stored here. */
  readonly stored?: string;
  readonly eventHref?: string;
}

export interface ChronologyContents {
  readonly personId: string;
  readonly record: string;
  readonly label?: PersonLabel;
  readonly age?: number;
  readonly needToKnow: boolean;
  readonly concerns: readonly { readonly reference: string; readonly concernId: string }[];
  readonly selection: ChronologySelection;
  readonly lines: readonly ChronologyLine[];
  readonly drawing?: string;
  /** Events of the choice that the drawing leaves out. */
  readonly notDrawn: number;
  readonly pages: number;
  readonly streams: number;
  readonly leftOut: number;
  readonly position: bigint;
}

/** Puts together one person's chronology for an account, as of two days. */
@Injectable()
export class ChronologyPage {
  constructor(
    @Inject(Chronology) private readonly chronology: Chronology,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(EventCatalogue) private readonly catalogue: EventCatalogue,
    @Inject(PersonDirectory) private readonly people: PersonDirectory,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  /**
   * @param page of the list, from 1
   * @throws NotFound when nobody has this record, or nobody had by then
   */
  async contents(
    account: Account,
    personId: string,
    choice: ChronologyChoice,
    asOf: AsOfDays,
    page: number,
  ): Promise<ChronologyContents> {
    const { selection, label, reader } = await this.selected(account, personId, choice, asOf);
    const drawn = selection.entries.toSorted((a, b) => a.number - b.number).slice(-DRAWN_MARKS);
    const listed = selection.entries.slice((page - 1) * LIST_PAGE, page * LIST_PAGE);
    const alerts = selection.entries.filter(({ type }) => type === alertRaised.type);
    const events = await this.read(account, [...drawn, ...listed, ...alerts]);
    const alertData = alerts.flatMap(({ eventId }) => (events.get(eventId)?.data as AlertRaisedData | undefined) ?? []);
    const line = (entry: NumberedEntry) => this.line(account, entry, events, asOf);
    const place = new Map(selection.entries.map(({ eventId }, index) => [eventId, Math.floor(index / LIST_PAGE) + 1]));
    const inPlace = (entry: NumberedEntry): string => {
      const at = place.get(entry.eventId) ?? page;
      return at === page ? `#entry-${entry.number}` : `?page=${at}${addressOf(choice, asOf)}#entry-${entry.number}`;
    };
    const marks = (await Promise.all(drawn.map(line))).map((one) => markOf(one, one.eventHref ?? inPlace(one)));
    return {
      personId,
      record: recordNumber(personId),
      ...(label && { label }),
      ...(label?.dateOfBirth && { age: ageOn(label.dateOfBirth, asOf.effective) }),
      needToKnow: reader.needToKnow,
      concerns: alertData.map(({ reference, concernId }) => ({ reference, concernId })),
      selection,
      lines: await Promise.all(listed.map(line)),
      ...(marks.length && { drawing: this.draw(marks, drawn, alertData, selection, asOf) }),
      notDrawn: selection.entries.length - drawn.length,
      pages: Math.max(1, Math.ceil(selection.entries.length / LIST_PAGE)),
      streams: new Set(selection.entries.map(({ stream }) => stream)).size,
      leftOut: await this.chronology.leftOut(reader, personId),
      position: BigInt(await this.chronology.position(account.tenant)),
    };
  }

  /** All lines of the choice, for a download. */
  async download(
    account: Account,
    personId: string,
    choice: ChronologyChoice,
    asOf: AsOfDays,
  ): Promise<ChronologyLine[]> {
    const { selection } = await this.selected(account, personId, choice, asOf);
    const events = await this.read(account, selection.entries);
    return Promise.all(selection.entries.map((entry) => this.line(account, entry, events, asOf)));
  }

  private async selected(account: Account, personId: string, choice: ChronologyChoice, asOf: AsOfDays) {
    const unknown = new NotFound(
      asOf.isToday ? 'Nobody has this record.' : 'The council did not know of anybody with this record on that day.',
    );
    if (!UUID.test(personId)) throw unknown;
    const { effective, known, today } = asOf;
    const reader: ChronologyReader = {
      tenant: account.tenant,
      needToKnow: maySeeNeedToKnow(account),
      effective,
      known,
    };
    const entries = await this.chronology.of(reader, personId.toLowerCase());
    const labels = await this.people.labelsOf(account.tenant, [personId], known === today ? undefined : known);
    const label = labels.get(personId);
    if (!label && !entries.length) throw unknown;
    const selection = selectEntries(entries, choice, effective);
    return { selection, reader, label: maySeePersonal(account, personId) ? label : undefined };
  }

  private async read(account: Account, entries: readonly NumberedEntry[]): Promise<ReadonlyMap<string, StoredEvent>> {
    const ids = [...new Set(entries.map(({ eventId }) => eventId))];
    const events = new Map<string, StoredEvent>();
    for (let from = 0; from < ids.length; from += READ_AT_ONCE)
      for (const event of await this.store.readEvents(account.tenant, ids.slice(from, from + READ_AT_ONCE)))
        events.set(event.id, event);
    return events;
  }

  private async line(
    account: Account,
    entry: NumberedEntry,
    events: ReadonlyMap<string, StoredEvent>,
    asOf: AsOfDays,
  ): Promise<ChronologyLine> {
    const stored = londonDate(entry.recordedAt);
    const event = events.get(entry.eventId);
    return {
      ...entry,
      // Titles never use personal fields, so the event is read as it is stored and nothing is opened.
      title: event ? this.catalogue.get(entry.type).title(event.data) : entry.type,
      who: await this.who(account, entry),
      contextTitle: titleOf(entry.context),
      state: stateOf(entry),
      learnt: entry.knownOn === entry.effectiveOn ? 'same day' : formatDate(entry.knownOn, 'shortYear'),
      ...(stored !== entry.knownOn && { stored: formatDate(stored, 'shortYear') }),
      ...(maySeeNeedToKnow(account) && { eventHref: `/events?event=${entry.eventId}${asOfQuery(asOf)}` }),
    };
  }

  private async who(account: Account, { actorId, process }: NumberedEntry): Promise<string> {
    if (process) return `Automatic: ${process.replaceAll('-', ' ')}`;
    const actor = await this.accounts.get(account.tenant, actorId);
    return actor ? `${actor.name}, ${actor.post}` : this.accounts.nameOf(account.tenant, actorId);
  }

  private draw(
    marks: readonly ChronologyMark[],
    drawn: readonly NumberedEntry[],
    alerts: readonly AlertRaisedData[],
    { to }: ChronologySelection,
    asOf: AsOfDays,
  ): string {
    const others = [...new Set(drawn.map(({ context }) => context))].filter((context) => !contexts.includes(context));
    const harms = alerts.map(({ happenedOn, typesOfRisk }): HarmLine => ({
      on: happenedOn,
      label: typesOfRisk.join(', '),
    }));
    const first = drawn[0]!.effectiveOn;
    // What happened shortly before the first event belongs into the drawing; what lies years before would crush it.
    const from = harms.reduce((day, { on }) => (on < day && on.slice(0, 4) === day.slice(0, 4) ? on : day), first);
    return drawSwimLanes(marks, {
      lanes: [...contexts, ...others].map((name) => ({ name, title: titleOf(name) })),
      from,
      to,
      harms,
      lastDay: `${asOf.isToday ? 'today, ' : ''}${formatDate(to, 'short')}`,
      title: `${marks.length} ${marks.length === 1 ? 'event' : 'events'} from ${formatDate(first)} to ${formatDate(to)} on lanes by area of work. The list below has the same.`,
    });
  }
}

const titleOf = (context: string): string => context.charAt(0).toUpperCase() + context.slice(1);

function stateOf({ correctedBy, correctsNumber, late }: NumberedEntry): ChronologyMark['state'] {
  if (correctedBy !== undefined) return 'corrected';
  if (correctsNumber !== undefined) return 'correction';
  return late ? 'late' : 'plain';
}

/** The mark of a line; its label says in words what colour and outline say. */
function markOf(line: ChronologyLine, href: string): ChronologyMark {
  const late = line.late ? `, learnt ${line.daysToKnow} days late` : '';
  const labels = {
    plain: line.title,
    late: `${line.title}${late}`,
    correction: `Correction: ${line.title}${late}`,
    corrected: `${line.title}, corrected${typeof line.correctedBy === 'number' ? ` by ${line.correctedBy}` : ''}`,
  };
  return {
    id: line.eventId,
    lane: line.context,
    label: labels[line.state],
    trueOn: line.effectiveOn,
    learntOn: line.knownOn,
    late: line.late && line.state !== 'corrected',
    number: line.number,
    decision: line.decision,
    state: line.state,
    href,
    spoken: `${line.number} ${labels[line.state]}, ${formatDate(line.effectiveOn)}`,
  };
}

const addressOf = ({ period, show, order }: ChronologyChoice, asOf: AsOfDays): string =>
  `&period=${period}&show=${show}&order=${order}${asOfQuery(asOf)}`;
