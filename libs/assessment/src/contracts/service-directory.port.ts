import type { PlainDate, Tenant } from '@caretrail/kernel';

/** A universal service as the council’s directory names it. */
export interface DirectoryService {
  readonly serviceId: string;
  readonly name: string;
  readonly organisation: string;
}

/** The directory of universal services, as whoever signposts somebody needs it. */
export abstract class ServiceDirectory {
  /** Services that stood, and were known, on a London day: the best match first, by name where no words are given. */
  abstract standing(tenant: Tenant, on: PlainDate, words: string, most: number): Promise<readonly DirectoryService[]>;

  /** One service that stood, and was known, on the day; undefined for any other id. */
  abstract named(tenant: Tenant, serviceId: string, on: PlainDate): Promise<DirectoryService | undefined>;
}
