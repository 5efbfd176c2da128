import type { PlainDate } from '@caretrail/kernel';
import type { ReadLine, SupportPlan } from '../application/support-plan.reading.js';
import type { PlanStage } from '../domain/support-plan/support-plan.state.js';

/** The record number as people write it: `P-` and the beginning of the person's id. */
export const recordNumberOf = ({ personId }: Pick<SupportPlan, 'personId'>): string => `P-${personId.slice(0, 8)}`;

const stages: Readonly<Record<PlanStage, string>> = {
  'not opened': 'Not opened',
  draft: 'In the making',
  agreed: 'Agreed',
  active: 'In force',
  'under revision': 'Under revision',
  closed: 'Ended',
};
export const stageInWords = (stage: PlanStage): string => stages[stage];

/** Who signed for the person: themselves, or who of the register of representatives in which capacity. */
export function signedFor({ signatory, representative: by }: NonNullable<SupportPlan['signature']>): string {
  if (signatory === 'person' || !by) return 'the person';
  const name = by.name ?? (by.personId ? `record ${recordNumberOf({ personId: by.personId })}` : 'a representative');
  return `${name}, ${by.kind ?? by.authority ?? 'capacity not recorded'}`;
}

/** How a restriction stands on a day; undefined for what is for the person's benefit. */
export function restrictionOf({ purpose, protection }: ReadLine, on: PlainDate) {
  if (purpose === 'benefit' || !protection) return undefined;
  return { purpose, ...protection, expired: protection.expiresOn < on };
}

/** Levels of one instrument, a column for each time that it was measured, and how far each domain has come. */
export function measuresByInstrument({ measures }: Pick<SupportPlan, 'measures'>) {
  const groups = Map.groupBy(
    measures,
    ({ instrument, instrumentVersion }) => `${instrument}, version ${instrumentVersion}`,
  );
  return [...groups].map(([name, taken]) => {
    const ordered = taken.toSorted((one, other) => (one.on < other.on ? -1 : 1));
    const levelOf = (measure: (typeof ordered)[number] | undefined, domain: string) =>
      measure?.levels.find((level) => level.domain === domain)?.level;
    const [first, last] = [ordered.at(0), ordered.at(-1)];
    return {
      name,
      times: ordered.map(({ on, moment, answeredBy }) => ({ on, moment, answeredBy })),
      words: ordered.flatMap(({ words, on }) => (words ? [{ on, words }] : [])),
      rows: (first?.levels ?? []).map(({ domain }) => ({
        domain,
        levels: ordered.map((measure) => levelOf(measure, domain)),
        change: ordered.length > 1 ? (levelOf(last, domain) ?? 0) - (levelOf(first, domain) ?? 0) : undefined,
      })),
    };
  });
}

/** The points, a column for each check, in order of the days. */
export function fivePointTrend({ fivePointChecks }: Pick<SupportPlan, 'fivePointChecks'>) {
  const checks = fivePointChecks.toSorted((one, other) => (one.on < other.on ? -1 : 1));
  return {
    times: checks.map(({ on, answeredBy, version }) => ({ on, answeredBy, version })),
    rows: (checks[0]?.points ?? []).map(({ point }) => {
      const answers = checks.map((check) => check.points.find((each) => each.point === point)!);
      return { point, answers: answers.map(({ holds }) => holds), reasons: answers.at(-1)?.reasons };
    }),
    holding: checks.map(({ points }) => points.filter(({ holds }) => holds === 'yes').length),
  };
}
