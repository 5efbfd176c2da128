import { routesContract } from '@caretrail/testing';
import * as contracts from './contracts/index.js';
import { safeguardingRoutes } from './routes.js';

routesContract('safeguarding', contracts, safeguardingRoutes);
