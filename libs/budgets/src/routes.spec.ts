import { routesContract } from '@caretrail/testing';
import * as contracts from './contracts/index.js';
import { budgetsRoutes } from './routes.js';

routesContract('budgets', contracts, budgetsRoutes);
