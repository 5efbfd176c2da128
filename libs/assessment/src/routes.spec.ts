import { routesContract } from '@caretrail/testing';
import * as contracts from './contracts/index.js';
import { assessmentRoutes } from './routes.js';

routesContract('assessment', contracts, assessmentRoutes);
