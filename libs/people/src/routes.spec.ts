import { routesContract } from '@caretrail/testing';
import * as contracts from './contracts/index.js';
import { peopleRoutes } from './routes.js';

routesContract('people', contracts, peopleRoutes);
