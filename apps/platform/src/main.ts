import { demonstrate } from './demonstrate.js';
import { startCaretrail } from './start.js';
import { welcome } from './welcome.js';

await startCaretrail({ name: 'Caretrail', follows: true, prepare: demonstrate, greet: welcome });
