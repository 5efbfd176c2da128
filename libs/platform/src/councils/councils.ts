import { type Instant, InvalidInput, NotFound, RuleViolation, type Tenant } from '@caretrail/kernel';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

/** A council in the register. */
export interface Council {
  /** ONS code of an upper-tier authority in England: `E09000012`. */
  readonly tenant: Tenant;
  /** Three digits, as in Client Level Data: `204`. */
  readonly laCode: string;
  readonly name: string;
  /** True when its people are made up; shown on every page. */
  readonly simulated: boolean;
}

export interface RegisteredCouncil extends Council {
  readonly addedAt: Instant;
  /** Only of a simulated council: the moment at which its clock was set to stand; shown on every page. */
  readonly clock?: Instant;
}

/** Counties, unitary authorities, metropolitan and London boroughs: those with adult social care duties. */
const ONS_CODE = /^E(06|08|09|10)\d{6}$/;
const LA_CODE = /^\d{3}$/;

const columns = 'tenant, la_code as "laCode", name, simulated, added_at as "addedAt", clock';

/** The register of the councils that this installation serves. */
@Injectable()
export class Councils {
  constructor(private readonly database: Database) {}

  /**
   * @throws InvalidInput for a code of the wrong form or an empty name, RuleViolation when the ONS or LA code is taken
   */
  async add(council: Council, addedAt: Instant): Promise<void> {
    const faults = [
      ...(ONS_CODE.test(council.tenant)
        ? []
        : [
            {
              rule: 'ons-code',
              field: 'tenant',
              message: `“${council.tenant}” is not the ONS code of a council with adult social care duties. Write E06, E08, E09 or E10 and six digits, such as E09000012.`,
            },
          ]),
      ...(LA_CODE.test(council.laCode)
        ? []
        : [
            {
              rule: 'la-code',
              field: 'laCode',
              message: `“${council.laCode}” is not a local authority code. Write the three digits that the council’s Client Level Data carries, such as 204.`,
            },
          ]),
      ...(council.name.trim()
        ? []
        : [{ rule: 'council-name', field: 'name', message: 'The council has no name. Give one.' }]),
    ];
    if (faults.length) throw new InvalidInput(faults);
    const added = await this.database.query(
      `insert into council (tenant, la_code, name, simulated, added_at) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning tenant`,
      [council.tenant, council.laCode, council.name.trim(), council.simulated, addedAt],
    );
    if (!added.length) throw await this.refusal(council);
  }

  /** All councils, by name. */
  async list(): Promise<RegisteredCouncil[]> {
    return (await this.database.query<Row>(`select ${columns} from council order by name, tenant`)).map(toCouncil);
  }

  /** @throws NotFound that says how to add it */
  async get(tenant: Tenant): Promise<RegisteredCouncil> {
    const [row] = await this.database.query<Row>(`select ${columns} from council where tenant = $1`, [tenant]);
    if (!row)
      throw new NotFound(
        `The council ${tenant} is not set up here. Set it up with \`npx caretrail council add ${ONS_CODE.test(tenant) ? tenant : 'ONSCODE'} --la-code … --name …\`.`,
      );
    return toCouncil(row);
  }

  private async refusal({ tenant, laCode }: Council): Promise<RuleViolation> {
    const taken = (await this.list()).filter((other) => other.tenant === tenant || other.laCode === laCode);
    return new RuleViolation(
      taken.map((other) =>
        other.tenant === tenant
          ? {
              rule: 'ons-code-is-unique',
              field: 'tenant',
              message: `The council ${tenant} is set up already, as ${other.name} with the LA code ${other.laCode}.`,
            }
          : {
              rule: 'la-code-is-unique',
              field: 'laCode',
              message: `The LA code ${laCode} belongs to ${other.name} (${other.tenant}). Check the code in the council’s files.`,
            },
      ),
    );
  }
}

type Row = Council & { readonly addedAt: Date; readonly clock: Date | null };

const toCouncil = ({ clock, addedAt, ...council }: Row): RegisteredCouncil => ({
  ...council,
  addedAt: addedAt.toISOString(),
  ...(clock && { clock: clock.toISOString() }),
});
