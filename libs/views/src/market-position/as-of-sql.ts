import type { ProjectionTransaction } from '@caretrail/projections';
import type { MarketScope } from './market-figures.js';

/** A scope with the area of each postcode sector, as JSON: looked up once, and not for each package. */
export interface PlacedScope extends MarketScope {
  readonly areaOfSector: string;
}

/**
 * Parameters of every query of this view, in this order: `$1` the council, `$2` the effective day, `$3` the known day,
 * `$4` the area of each sector.
 */
export const parametersOf = (scope: PlacedScope): readonly unknown[] => [
  scope.tenant,
  scope.effectiveOn,
  scope.knownOn,
  scope.areaOfSector,
];

/** And of those that look at one part of the market: `$5` the service group or null, `$6` the area or null. */
export const narrowedParametersOf = (scope: PlacedScope): readonly unknown[] => [
  ...parametersOf(scope),
  scope.service ?? null,
  scope.area ?? null,
];

/**
 * The area of each postcode sector that anybody lives in: the council's name for the sector, else for the district, else
 * the district itself. A prefix is a whole part of a postcode: `WB1` takes `WB1 4` and not `WB11 4`.
 */
export async function areasOfSectors(
  transaction: Pick<ProjectionTransaction, 'query'>,
  tenant: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction.query<{ sector: string; area: string }>(
    `select sector, coalesce(named.area, split_part(sector, ' ', 1)) as area
       from (select distinct postcode_sector as sector from market_person
              where tenant = $1 and postcode_sector is not null) lived_in
       left join lateral (
         select council_area.area from council_area
          where tenant = $1 and postcode_prefix in (sector, split_part(sector, ' ', 1))
          order by length(postcode_prefix) desc limit 1) named on true`,
    [tenant],
  );
  return new Map(rows.map(({ sector, area }) => [sector, area]));
}

/** The scope with its areas. */
export const placed = (scope: MarketScope, areas: ReadonlyMap<string, string>): PlacedScope => ({
  ...scope,
  areaOfSector: JSON.stringify(Object.fromEntries(areas)),
});

/** Where people of whom no postcode is known live. */
export const NOT_RECORDED = 'Not recorded';

/** The area of a row of `home`, which may be missing. */
export const area = `coalesce($4::jsonb ->> home.postcode_sector, '${NOT_RECORDED}')`;

/** Where each person lives, as known. */
export const homes = `
  home as (
    select person_id, postcode_sector from market_person
     where tenant = $1 and known_from <= $3 and known_to > $3 and postcode_sector is not null
  )`;

/** Who has died, as known. */
export const deaths = `
  death as (
    select person_id, died_on from market_death where tenant = $1 and known_from <= $3 and known_to > $3
  )`;

/**
 * Packages that are open on the day. A death ends them on the day of death, and none starts after it (the rule of the
 * national measures, which drop events that start after a death); needs `homes` and `deaths`.
 */
export const open = `
  open as (
    select package.*, ${area} as area
      from market_service package left join home using (person_id) left join death using (person_id)
     where package.tenant = $1 and stands
       and effective_from <= $2 and effective_to > $2 and package.known_from <= $3 and package.known_to > $3
       and (died_on is null or died_on >= $2)
  )`;
