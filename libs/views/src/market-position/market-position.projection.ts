import type { Projection } from '@caretrail/projections';
import { applyDeaths, deathEventTypes } from './death-rows.js';
import { applyPeople, personEventTypes } from './person-rows.js';
import { applyRequests, requestEventTypes } from './request-rows.js';
import { applyServices, serviceEventTypes } from './service-rows.js';

/** What stands of packages, requests, places of living and deaths, for any pair of an effective and a known day. */
export const marketPositionProjection: Projection = {
  name: 'market-position',
  version: 2,
  tables: ['market_service', 'market_request', 'market_person', 'market_death'],
  keysAreIndependent: true,
  types: [...serviceEventTypes, ...requestEventTypes, ...personEventTypes, ...deathEventTypes],
  async apply(events, transaction) {
    await applyServices(events, transaction);
    await applyRequests(events, transaction);
    await applyPeople(events, transaction);
    await applyDeaths(events, transaction);
  },
};
