import type { StoredEvent } from '@caretrail/kernel';

/**
 * Brings the data of one version of an event to the next; pure, so that every replay gives the same.
 * A personal value may be moved or left out, and never looked into: projections hand it over as ciphertext.
 */
export interface Upcaster {
  /** Stored name that is brought forward: `budgets.budget-allocated.v1` becomes `budgets.budget-allocated.v2`. */
  readonly from: string;
  up(data: unknown): unknown;
}

const VERSIONED = /^(?<name>.+)\.v(?<version>[1-9]\d*)$/;

/** Old events as the newest version of their type. The store keeps them as they were written. */
export class Upcasters {
  private readonly steps = new Map<string, Upcaster>();

  /**
   * @param steps one per version left behind, in any order.
   * @param published every stored name that the contexts publish; the highest version of each is the current one.
   * A version that was left behind stays published: its definition says which fields of the stored event are personal.
   * @throws Error at the start of the program when a version cannot be brought to the current one, when two steps
   * start from the same version, when a step leads to a version that nobody published, or when it starts from one.
   */
  constructor(steps: readonly Upcaster[], published: readonly string[]) {
    const current = new Map<string, number>();
    for (const type of published) {
      const { name, version } = parts(type);
      current.set(name, Math.max(current.get(name) ?? 0, version));
    }
    for (const step of steps) {
      const { name, version } = parts(step.from);
      if (this.steps.has(step.from)) throw new Error(`Two upcasters start from ${step.from}.`);
      if (version >= (current.get(name) ?? 0))
        throw new Error(`The upcaster from ${step.from} leads to a version that no context published.`);
      this.steps.set(step.from, step);
    }
    for (const from of this.steps.keys())
      if (!published.includes(from))
        throw new Error(`No context publishes ${from} any more; its definition is needed to open what was stored.`);
    for (const [name, newest] of current)
      for (let version = 1; version < newest; version++)
        if (!this.steps.has(`${name}.v${version}`))
          throw new Error(`No upcaster starts from ${name}.v${version}, and the current version is v${newest}.`);
  }

  /** True where every event is current as it is stored. */
  get none(): boolean {
    return this.steps.size === 0;
  }

  /**
   * The event with the type and data of the current version, and `asStored` what it was brought forward from;
   * the same object when it is current already.
   */
  upcast(event: StoredEvent): StoredEvent {
    let { type, data } = event;
    for (let step = this.steps.get(type); step; step = this.steps.get(type)) {
      data = step.up(data);
      type = nextOf(type);
    }
    return type === event.type ? event : { ...event, type, data, asStored: { type: event.type, data: event.data } };
  }

  /** The stored names under which events of these current types may stand: their own, and those left behind. */
  storedTypes(types: readonly string[]): string[] {
    const wanted = new Set(types);
    const behind = [...this.steps.keys()].filter((from) => {
      let type = from;
      while (this.steps.has(type)) type = nextOf(type);
      return wanted.has(type);
    });
    return [...new Set([...types, ...behind])];
  }
}

const nextOf = (type: string): string => {
  const { name, version } = parts(type);
  return `${name}.v${version + 1}`;
};

function parts(type: string): { name: string; version: number } {
  const found = VERSIONED.exec(type)?.groups;
  if (!found) throw new Error(`The stored name “${type}” carries no version.`);
  return { name: found['name']!, version: Number(found['version']) };
}
