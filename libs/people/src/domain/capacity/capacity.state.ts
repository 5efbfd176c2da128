import type { CapacityMatter } from '../../contracts/index.js';

/** One assessment of capacity, and whether its decision was made in the person's best interests since. */
export interface Capacity {
  readonly matter: CapacityMatter;
  readonly hasCapacity: boolean;
  readonly decided: boolean;
}

/** All of one person, by id: none of them says anything about another decision. */
export interface CapacityState {
  readonly byId: Readonly<Record<string, Capacity>>;
}
