import { Command, type CommandRoute } from '@caretrail/kernel';
import { describe, expect, it } from '@jest/globals';

/** What holds for the routes of every context: each published command has one, and leads into a stream of the context. */
export function routesContract(
  context: string,
  contracts: Readonly<Record<string, unknown>>,
  routes: readonly CommandRoute[],
): void {
  describe(`the routes of ${context}`, () => {
    const published = Object.values(contracts).filter(
      (value) => typeof value === 'function' && value.prototype instanceof Command,
    );
    it('answer every command that is published, once', () => {
      expect(published.length).toBeGreaterThan(0);
      expect(new Set<unknown>(routes.map(({ command }) => command))).toEqual(new Set(published));
      expect(routes).toHaveLength(published.length);
    });
    it('lead into streams of this context', () => {
      const id = '0b0f0000-0000-4000-8000-000000000001';
      // Whatever field of a command names its stream, it is this id.
      const ids: object = new Proxy({}, { get: () => id });
      for (const route of routes) expect(route.stream(ids)).toMatch(new RegExp(`^${context}\\.[a-z-]+-${id}$`));
    });
  });
}
