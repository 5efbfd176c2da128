import { addDays, type PlainDate } from '@caretrail/kernel';
import {
  DecideS42Criteria,
  GiveConcern,
  type LocationOfRisk,
  RaiseAlert,
  type Relation,
  type SourceOfRisk,
  type TypeOfRisk,
} from '@caretrail/safeguarding/contracts';
import type { Life } from './life.js';

interface Harm {
  readonly type: TypeOfRisk;
  readonly source: SourceOfRisk;
  readonly location: LocationOfRisk;
  readonly by: Relation;
  readonly account: string;
}

const HARMS: readonly Harm[] = [
  {
    type: 'Neglect and Acts of Omission',
    source: 'Service Provider',
    location: 'Own Home',
    by: 'Family or friend',
    account: 'Two calls were missed over the weekend and nobody rang.',
  },
  {
    type: 'Financial or Material Abuse',
    source: 'Other - Known to individual',
    location: 'Own Home',
    by: 'Other',
    account: 'The card is used by a lodger on the day that the pension comes.',
  },
  {
    type: 'Physical Abuse',
    source: 'Other - Known to individual',
    location: 'Own Home',
    by: 'Health worker',
    account: 'Bruises on both arms; says that it was the door.',
  },
  {
    type: 'Psychological Abuse',
    source: 'Other - Known to individual',
    location: 'Own Home',
    by: 'Care provider',
    account: 'A relative shouts, and the person goes quiet when they come in.',
  },
  {
    type: 'Self-Neglect',
    source: 'Other - Known to individual',
    location: 'Own Home',
    by: 'Council worker',
    account: 'The heating has been off since October, and the post lies unopened.',
  },
];

/** An alert about the person, whose it is, and the decision on s42(1): within a working day for most. */
export function harmed({ diary, person, random, seededId }: Life, day: PlainDate): void {
  const { personId } = person;
  const harm = random.pick(HARMS);
  const concernId = seededId('concern');
  const agrees = random.chance(0.5);
  const daysBefore = random.between(0, 9);
  const raisedOn = diary.add(
    day,
    'safeguarding',
    'alert',
    async (meta, lived) =>
      new RaiseAlert(
        {
          concernId,
          reference: await lived.referenceOf(concernId, Number(meta.effectiveOn.slice(0, 4))),
          adults: [personId],
          typesOfRisk: [harm.type],
          sourceOfRisk: harm.source,
          locationOfRisk: harm.location,
          happenedOn: addDays(meta.effectiveOn, -daysBefore),
          account: harm.account,
          raisedBy: { name: 'Told to the duty desk', relation: harm.by },
          consent: agrees ? 'asked, agrees' : 'not asked',
          ...(!agrees && { reasonToActWithoutConsent: 'Others may be at risk from the same source.' }),
          immediateProtection: 'Safe today; somebody stays in touch until the decision.',
        },
        meta,
      ),
  );
  const owner = random.pick(['safeguarding', 'safeguarding-2'] as const);
  diary.add(
    raisedOn,
    'safeguarding',
    'alert-given',
    (meta, lived) => new GiveConcern({ concernId, to: { id: lived.accountOf(owner) } }, meta),
  );
  const duty = random.chance(0.4);
  const ifNoDuty = random.chance(0.3) ? ('other enquiry' as const) : ('no further action' as const);
  diary.add(
    addDays(raisedOn, random.chance(0.22) ? random.between(3, 9) : random.between(0, 1)),
    owner,
    'alert-decided',
    (meta) =>
      new DecideS42Criteria(
        {
          concernId,
          inArea: true,
          limbs: {
            careAndSupportNeeds: { met: true, reasons: 'Needs help every day, whoever gives it.' },
            abuseOrNeglect: { met: true, reasons: 'What was told is consistent, and there is a record of it.' },
            unableToProtect: duty
              ? { met: true, reasons: 'Depends on those whom it is about.' }
              : { met: false, reasons: 'Knew it, said no, and asked for help.' },
          },
          ...(!duty && { ifNoDuty }),
        },
        meta,
      ),
  );
}
