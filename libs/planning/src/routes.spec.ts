import { routesContract } from '@caretrail/testing';
import * as contracts from './contracts/index.js';
import { planningRoutes } from './routes.js';

routesContract('planning', contracts, planningRoutes);
