/** Advisory locks of the platform, as the two numbers PostgreSQL takes; the first keeps them apart from anybody else's. */
const CARETRAIL = 0x43_54_52_4c;

export const LOCKS = {
  /** Shared by every process that uses the embedded cluster; whoever gets it alone is the last one out. */
  lease: [CARETRAIL, 1],
  migrations: [CARETRAIL, 2],
  bootstrap: [CARETRAIL, 3],
} as const;
