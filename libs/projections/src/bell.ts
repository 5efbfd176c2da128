/** What is waited for again and again. */
export class Bell {
  private next = Promise.withResolvers<void>();

  /** Resolved when it rings the next time. */
  get rung(): Promise<void> {
    return this.next.promise;
  }

  ring(): void {
    const { resolve } = this.next;
    this.next = Promise.withResolvers<void>();
    resolve();
  }
}
