import { addDays, type Command, type CommandMeta, type PlainDate } from '@caretrail/kernel';
import { v5 as derivedUuid } from 'uuid';

const NAMESPACE = '0d7c4c0e-9c3e-5a3b-8f0d-5a1f6f0f9960';

/** Who acts: a synthetic account of the council, or the person whose record it is. */
export type Who =
  'practitioner' | 'practitioner-2' | 'finance' | 'commissioner' | 'safeguarding' | 'safeguarding-2' | 'person';

/** What is known only once it has been lived: ids that processes gave, and what the rulebook indicated. */
export interface Lived {
  /** The allocation that a process opened for an assessment; also the id of its personal budget. */
  allocationOf(assessmentId: string): string;
  planOf(assessmentId: string): string;
  /** Pence a week; undefined where nothing was indicated. */
  indicationOf(assessmentId: string): number | undefined;
  /** The first event of an earlier step's command. */
  eventOf(stepId: string): Promise<string>;
  /** The next reference of a safeguarding concern. */
  referenceOf(concernId: string, year: number): Promise<string>;
  /** The id of an account. */
  accountOf(who: Who): string;
}

/** One command of a life: when, by whom, and what. Steps with the same `life` follow each other, on one day too. */
export interface LifeStep {
  /** Unique in the council, and the same whenever its life is made: the command's id follows from it. */
  readonly id: string;
  readonly life: string;
  readonly on: PlainDate;
  readonly who: Who;
  /** Where `who` is the person, and of whom a decision's page speaks. */
  readonly personId: string;
  readonly command: (meta: CommandMeta, lived: Lived) => Command | Promise<Command>;
}

/** What the demonstration council is drawn from. */
export const DEMONSTRATION_SEED = 996;

/** An id of the made-up council; the same seed gives the same one. */
export const idOf = (seed: number, slug: string): string => derivedUuid(`${seed}/${slug}`, NAMESPACE);

/** The first day from `day` on that is no weekend, Christmas Day, Boxing Day or New Year's Day. */
export function workingDay(day: PlainDate): PlainDate {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const closed = weekday === 0 || weekday === 6 || ['12-25', '12-26', '01-01'].includes(day.slice(5));
  return closed ? workingDay(addDays(day, 1)) : day;
}

/** What is written down of one life, in the order in which it is lived. */
export class Diary {
  private readonly written: LifeStep[] = [];

  constructor(
    readonly life: string,
    readonly personId: string,
    /** The first day that is not lived. */
    private readonly until: PlainDate,
  ) {}

  /**
   * Notes a step on the next working day from `day` on; what lies past the end of the life is left out.
   * @returns the day on which it stands
   */
  add(
    day: PlainDate,
    who: Who,
    name: string,
    command: LifeStep['command'],
    more: { readonly personId?: string } = {},
  ): PlainDate {
    const on = workingDay(day);
    const { life, personId } = this;
    if (on < this.until) this.written.push({ id: `${life}/${name}`, life, on, who, personId, command, ...more });
    return on;
  }

  /** True where a step that was noted has been lived. */
  has(name: string): boolean {
    return this.written.some(({ id }) => id === `${this.life}/${name}`);
  }

  /** Takes out what was to come after a day, because it ended: all of it, or what is named so. */
  endAfter(day: PlainDate, named = /./): void {
    this.written.splice(0, Infinity, ...this.written.filter(({ on, id }) => on <= day || !named.test(id)));
  }

  /** By day; on one day as they were noted. */
  steps(): readonly LifeStep[] {
    return this.written.toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
  }
}
