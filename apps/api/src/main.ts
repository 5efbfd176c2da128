import { startCaretrail } from '../../platform/src/start.js';

/** Commands and queries over HTTP. What follows the events runs in workers; a read waits for them as it does everywhere. */
await startCaretrail({ name: 'Caretrail API', follows: false, answers: ['/api', '/health', '/metrics'] });
