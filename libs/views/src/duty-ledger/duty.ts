import type { Role } from '@caretrail/access';
import type { EventDefinition, PlainDate, StoredEvent } from '@caretrail/kernel';

/**
 * What an event does to a duty: `opens` it where it is not open; `restates` until when it is due, and opens it where it
 * is not; `renews` it (what was due is done, and the next begins on that day); `discharges` it.
 */
export type Effect = 'opens' | 'restates' | 'renews' | 'discharges';

/** One effect on one duty, as a row of the ledger's journal. */
export interface DutyMark {
  readonly effect: Effect;
  readonly personId: string;
  /** Which of several duties of one kind: a concern, a plan, or the person where there is one at a time. */
  readonly scope: string;
  readonly effectiveOn: PlainDate;
  readonly dueOn?: PlainDate;
}

/** What one type of event does to one duty; none where its data do not call for it. */
export interface DutyRule {
  readonly type: string;
  readonly marks: (event: StoredEvent) => readonly DutyMark[];
}

/** A duty of the council towards one person. */
export interface Duty {
  /** Kebab-case, stable: addresses and rows carry it. */
  readonly name: string;
  /** What is to be done, in words: `Assess the needs for care and support`. */
  readonly words: string;
  readonly section: string;
  /** Whose turn it is while the duty is open. */
  readonly turn: Role;
  /** By when, where law or guidance says so: in words, with the source. */
  readonly due?: string;
  /** Kept to safeguarding: for everybody else it does not exist. */
  readonly needToKnow?: boolean;
  /** False where it is owed also after the person's death. */
  readonly endsWithDeath: boolean;
  readonly rules: readonly DutyRule[];
}

type Data = { readonly personId: string };

/** What a rule may say of an event beside its effect. */
export interface RuleDetails<D> {
  /** Whether the event has this effect; always when left out. */
  readonly where?: (data: D, event: StoredEvent) => boolean;
  /** The id of the one duty that is meant; the person's where they have one of the kind at a time. */
  readonly of?: (data: D) => string | undefined;
  /** The day of the effect, where it is not the day from which the event is true. */
  readonly on?: (data: D) => PlainDate | undefined;
  readonly due?: (on: PlainDate, data: D) => PlainDate | undefined;
}

const rule =
  (effect: Effect) =>
  <D extends Data>(
    definition: Pick<EventDefinition<string, D>, 'type' | 'schema'>,
    details: RuleDetails<D> = {},
  ): DutyRule => ({
    type: definition.type,
    marks: (event) => {
      const data = event.data as D;
      if (details.where && !details.where(data, event)) return [];
      const effectiveOn = details.on?.(data) ?? event.metadata.effectiveOn;
      const dueOn = details.due?.(effectiveOn, data);
      const scope = details.of?.(data) ?? data.personId;
      return [{ effect, personId: data.personId, scope, effectiveOn, ...(dueOn && { dueOn }) }];
    },
  });

export const opens = rule('opens');
export const restates = rule('restates');
export const renews = rule('renews');
export const discharges = rule('discharges');
