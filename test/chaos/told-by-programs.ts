/** What the programs of a chaos run are told when they are started, as JSON in the variable CHAOS. */
export interface Order {
  readonly name: string;
  readonly url: string;
  readonly tenant: string;
  readonly seed: number;
  readonly streams: readonly string[];
  /** Where it appends a line for each thing that happened. */
  readonly log: string;
  /** It ends when this file is there. */
  readonly stop: string;
}

/** One line of a writer's log: what it is about to do, or what became of it. `key` joins the two. */
export interface WriterLine {
  readonly key: string;
  readonly stream: string;
  readonly expected: number | 'none' | 'exists' | 'any';
  readonly ids: readonly string[];
  /** Left out before there is an answer. */
  readonly outcome?: 'written' | 'conflict' | 'rolled back';
  /** How a transaction ends that is rolled back. */
  readonly how?: string;
  readonly position?: number;
  readonly version?: number;
  readonly actual?: number;
}

/** An event as a reader writes it down: position, id, stream, version. */
export type SeenEvent = readonly [number, string, string, number];

/** One line of a reader's log. */
export interface ReaderLine {
  readonly reader: string;
  /** Of a reader from zero: which pass, and how many events at its beginning are those of the pass before. */
  readonly pass?: number;
  readonly same?: number;
  readonly events: readonly SeenEvent[];
  readonly checkpoint: number;
}
