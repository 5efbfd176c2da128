/** How a letter calls the person it is for. */
export abstract class Addressees {
  /** Names of the people that are known; `name` is left out where none was recorded. */
  abstract labelsOf(
    tenant: string,
    personIds: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly name?: string; readonly record: string }>>;
}
