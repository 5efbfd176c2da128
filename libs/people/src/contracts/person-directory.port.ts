/** What a page may call a person, for readers whose role may see it. */
export interface PersonLabel {
  readonly id: string;
  /** `P-` and the start of the id: what is shown to those who may not see the name. */
  readonly record: string;
  /** First and last name; undefined when none was recorded; `[erased]` when the record was erased. */
  readonly name?: string;
  /** Plain date. */
  readonly dateOfBirth?: string;
  readonly diedOn?: string;
  readonly postcodeSector?: string;
  readonly simulated: boolean;
}

/** `P-4471c0de` for a person's id. */
export const recordNumber = (personId: string): string => `P-${personId.slice(0, 8)}`;

/** Names of people, read from their own streams when they are shown; no read model holds a name. */
export abstract class PersonDirectory {
  /** Labels of the people that are known, as known by the end of `knownOn` (London day; now when left out). */
  abstract labelsOf(
    tenant: string,
    personIds: readonly string[],
    knownOn?: string,
  ): Promise<ReadonlyMap<string, PersonLabel>>;
}
