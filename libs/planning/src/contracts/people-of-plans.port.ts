/** How a plan calls the person whose it is: read when a page shows it, and kept nowhere here (ADR 5). */
export abstract class PeopleOfPlans {
  /** Names of the people that are known, as known by the end of `knownOn` (London day; now when left out); `name` is left out where none was recorded. */
  abstract labelsOf(
    tenant: string,
    personIds: readonly string[],
    knownOn?: string,
  ): Promise<ReadonlyMap<string, { readonly name?: string }>>;
}
