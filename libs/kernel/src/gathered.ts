/**
 * Puts questions together: while one look-up is under way, the keys that are asked for meanwhile wait and go into the
 * next, so that many askers at once cost few round trips and a single asker waits for nobody.
 * A key that is asked for anew is looked up anew: nothing is kept.
 */
export class Gathered<Value> {
  private waiting = new Map<string, Promise<ReadonlyMap<string, Value>>>();
  private next: { readonly keys: Set<string>; readonly answer: Promise<ReadonlyMap<string, Value>> } | undefined;
  private running: Promise<unknown> = Promise.resolve();

  /** @param lookUp finds many keys at once; those that are not there are left out of the map */
  constructor(
    private readonly lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
    private readonly most = 2_000,
  ) {}

  /** The values of these keys; those that are not there are left out. */
  async find(keys: readonly string[]): Promise<Map<string, Value>> {
    const answers = new Set(keys.map((key) => this.ask(key)));
    const found = new Map<string, Value>();
    const wanted = new Set(keys);
    for (const answer of answers) for (const [key, value] of await answer) if (wanted.has(key)) found.set(key, value);
    return found;
  }

  private ask(key: string): Promise<ReadonlyMap<string, Value>> {
    const asked = this.waiting.get(key);
    if (asked) return asked;
    if (!this.next || this.next.keys.size >= this.most) this.next = this.begin();
    this.next.keys.add(key);
    this.waiting.set(key, this.next.answer);
    return this.next.answer;
  }

  /** A look-up that starts when the one before it has ended; whoever asks until then is part of it. */
  private begin() {
    const keys = new Set<string>();
    const answer = this.running.then(() => {
      if (this.next?.keys === keys) this.next = undefined;
      for (const key of keys) this.waiting.delete(key);
      return this.lookUp([...keys]);
    });
    this.running = answer.catch(() => undefined);
    return { keys, answer };
  }
}
