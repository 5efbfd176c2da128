import { startCaretrail } from '../../platform/src/start.js';

/** Projections and processes. Start any number: each runs a share, and takes over from one that dies. */
await startCaretrail({ name: 'Caretrail worker', follows: true, answers: ['/health', '/metrics'] });
