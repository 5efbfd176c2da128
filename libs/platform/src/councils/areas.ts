import { type Fault, InvalidInput, type Tenant } from '@caretrail/kernel';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

/** In which named area (a ward, a locality) the addresses of a postcode sector or district lie. */
export interface Area {
  /** `WB1 4` for a sector, `WB1` for a whole district. */
  readonly postcodePrefix: string;
  readonly area: string;
}

const PREFIX = /^[A-Z]{1,2}\d[A-Z\d]?( \d)?$/;
const POSTCODE = /^([A-Z]{1,2}\d[A-Z\d]?) ?(\d)[A-Z]{2}$/;

/** Each council's own division of its ground. */
@Injectable()
export class Areas {
  constructor(private readonly database: Database) {}

  /**
   * Puts this list in the place of the council's present one.
   * @throws InvalidInput for a prefix that is none, stands twice, or has no area
   */
  async replace(tenant: Tenant, areas: readonly Area[]): Promise<void> {
    const faults = areas.flatMap((area, index) => faultsOf(area, index, areas));
    if (faults.length) throw new InvalidInput(faults);
    await this.database.inTenant(tenant, async (manager) => {
      await manager.query('delete from council_area where tenant = $1', [tenant]);
      await manager.query(
        `insert into council_area (tenant, postcode_prefix, area)
         select $1, prefix, area from unnest($2::text[], $3::text[]) as given (prefix, area)`,
        [tenant, areas.map(({ postcodePrefix }) => postcodePrefix), areas.map(({ area }) => area)],
      );
    });
  }

  /** Area by postcode prefix; to be asked with `areaOfPostcode`. */
  async map(tenant: Tenant): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.inTenant(tenant, (manager) =>
      manager.query<{ prefix: string; area: string }[]>(
        'select postcode_prefix as prefix, area from council_area where tenant = $1 order by postcode_prefix',
        [tenant],
      ),
    );
    return new Map(rows.map(({ prefix, area }) => [prefix, area]));
  }
}

/** The area of a postcode, of its sector before its district; undefined for none, or what is no postcode. */
export function areaOfPostcode(areas: ReadonlyMap<string, string>, postcode: string): string | undefined {
  const [, district = '', sector = ''] = POSTCODE.exec(postcode.toUpperCase().replace(/\s+/g, ' ').trim()) ?? [];
  return areas.get(`${district} ${sector}`) ?? areas.get(district);
}

function faultsOf({ postcodePrefix, area }: Area, index: number, all: readonly Area[]): Fault[] {
  const wrong = !PREFIX.test(postcodePrefix)
    ? `“${postcodePrefix}” is not the beginning of a postcode. Write a sector such as WB1 4, or a district such as WB1.`
    : !area.trim()
      ? `${postcodePrefix} has no area. Name the ward or locality.`
      : all.findIndex((other) => other.postcodePrefix === postcodePrefix) < index
        ? `${postcodePrefix} stands twice in the list. Keep one of them.`
        : undefined;
  return wrong ? [{ rule: 'postcode-prefix', field: `areas.${index}.postcodePrefix`, message: wrong }] : [];
}
