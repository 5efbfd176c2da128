import { type Account, type Represented, Representatives } from '@caretrail/access';
import type { PlainDate } from '@caretrail/kernel';
import { PersonDirectory, recordNumber } from '@caretrail/people/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { openAssessmentOf } from './case-rows.js';
import { CasesQuery } from './cases.query.js';

/** Somebody for whom whoever signed in may speak today, and what they may open of theirs: what the scope covers, and no more. */
export interface RepresentedPerson extends Represented {
  readonly record: string;
  readonly name?: string;
  readonly selfAssessmentId?: string;
  readonly planId?: string;
  readonly budgetId?: string;
}

/** Finds for whom somebody may speak, by the register of today, and what of their case that opens. */
@Injectable()
export class RepresentedQuery {
  constructor(
    @Inject(Representatives) private readonly representatives: Representatives,
    @Inject(PersonDirectory) private readonly directory: PersonDirectory,
    @Inject(CasesQuery) private readonly cases: CasesQuery,
  ) {}

  async of({ tenant, personId: own }: Account, today: PlainDate): Promise<readonly RepresentedPerson[]> {
    if (!own) return [];
    const represented = await this.representatives.representedBy(tenant, own, today);
    const labels = await this.directory.labelsOf(
      tenant,
      represented.map(({ personId }) => personId),
    );
    return Promise.all(
      represented.map(async (each) => {
        const name = labels.get(each.personId)?.name;
        return {
          ...each,
          record: recordNumber(each.personId),
          ...(name && { name }),
          ...(await this.open(tenant, each, today)),
        };
      }),
    );
  }

  private async open(tenant: string, { personId, scope }: Represented, today: PlainDate) {
    const covers = (...matters: readonly string[]): boolean => matters.some((matter) => scope.includes(matter));
    const found = await this.cases.ofPerson(tenant, personId, { effectiveOn: today, knownOn: today });
    if (!found) return {};
    const { planId, allocationId, budgetAllocatedOn } = found.case;
    const selfAssessmentId = openAssessmentOf(found.facts);
    return {
      ...(selfAssessmentId && covers('assessment') && { selfAssessmentId }),
      ...(planId && covers('support planning', 'reviews') && { planId }),
      ...(allocationId &&
        budgetAllocatedOn &&
        covers('financial assessment', 'direct payment') && { budgetId: allocationId }),
    };
  }
}
