import { routesContract } from '@caretrail/testing';
import * as contracts from './contracts/index.js';
import { commissioningRoutes } from './routes.js';

routesContract('commissioning', contracts, commissioningRoutes);
