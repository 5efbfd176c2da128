import type { Proxy } from '@caretrail/assessment/contracts';
import { addDays, type PlainDate } from '@caretrail/kernel';
import {
  AppointAdvocate,
  AppointRepresentative,
  AssessCapacity,
  ConsiderAdvocacy,
  DecideInBestInterests,
  EndAdvocacy,
  type RepresentationKind,
  type RepresentationScope,
} from '@caretrail/people/contracts';
import { syntheticFirstName } from '@caretrail/returns';
import type { Life } from './life.js';

/** Who may speak for the person, as the register has them. */
export interface Representative {
  readonly proxy: Proxy;
}

const SCOPE: RepresentationScope[] = ['assessment', 'support planning', 'reviews'];

/**
 * Who speaks for somebody who finds it hard: a representative, or an independent advocate (Care Act 2014 s67), who is
 * arranged late for one in four. Capacity is assessed for one decision (MCA 2005).
 */
export function spokenFor(life: Life, day: PlainDate): Representative | undefined {
  const { diary, person, random, seededId } = life;
  const { personId, reason, details } = person;
  if (!['memory and cognition', 'learning disability', 'mental health'].includes(reason)) return undefined;
  if (reason === 'memory and cognition' && random.chance(0.5)) capacityAssessed(life, addDays(day, 2));
  const represented = random.chance(0.5);
  if (!represented && random.chance(0.3)) return undefined;
  const kind: RepresentationKind =
    reason === 'memory and cognition' && random.chance(0.5) ? 'attorney for health and welfare' : 'informal';
  const representationId = seededId('representation');
  const name = `${syntheticFirstName(random)} ${details.lastName ?? ''}`;
  if (represented)
    diary.add(
      day,
      'practitioner',
      'representative-appointed',
      (meta) =>
        new AppointRepresentative(
          {
            representationId,
            personId,
            kind,
            representative: { name, relation: 'Daughter or son' },
            evidence: {
              kind: kind === 'informal' ? 'the person’s own word' : 'registered power of attorney',
              seenOn: meta.effectiveOn,
            },
            scope: SCOPE,
            conflicts: [],
          },
          meta,
        ),
    );
  considered(life, day, represented);
  return represented ? { proxy: { representationId, kind, scope: [...SCOPE] } } : undefined;
}

function considered({ diary, person, random, seededId }: Life, day: PlainDate, represented: boolean): void {
  const ids = { advocacyId: seededId('advocacy'), personId: person.personId };
  const on = diary.add(
    day,
    'practitioner',
    'advocacy-considered',
    (meta) =>
      new ConsiderAdvocacy(
        {
          ...ids,
          purpose: 'needs assessment',
          substantialDifficulty: {
            found: true,
            in: ['using or weighing that information'],
            reasons: 'Follows one question at a time, and loses the thread of what was said before.',
          },
          appropriatePerson: represented
            ? {
                found: true,
                professionalOrPaid: false,
                agreedBy: 'the person',
                reasons: 'Family, asked for by the person, and there at each visit.',
              }
            : { found: false, professionalOrPaid: false, reasons: 'No family or friend who could.' },
        },
        meta,
      ),
  );
  if (represented) return;
  const appointedOn = addDays(on, random.chance(0.25) ? random.between(25, 60) : random.between(2, 10));
  const advocate = {
    name: `${syntheticFirstName(random)} of the advocates`,
    organisation: 'Wrenbridge Advocacy (made up)',
  };
  diary.add(
    appointedOn,
    'practitioner',
    'advocate-appointed',
    (meta) => new AppointAdvocate({ ...ids, advocate }, meta),
  );
  diary.add(
    addDays(appointedOn, random.between(60, 140)),
    'practitioner',
    'advocacy-ended',
    (meta) => new EndAdvocacy({ ...ids, reason: 'the purpose is done' }, meta),
  );
}

function capacityAssessed({ diary, person, random, seededId }: Life, day: PlainDate): void {
  const ids = { capacityId: seededId('capacity'), personId: person.personId };
  const lacks = random.chance(0.6);
  diary.add(
    day,
    'practitioner',
    'capacity-assessed',
    (meta) =>
      new AssessCapacity(
        {
          ...ids,
          matter: 'care and support',
          decision: 'Whether to have help at home with washing and meals.',
          supportGiven: 'In the morning, with pictures, and with somebody the person trusts.',
          unableTo: lacks ? ['retain', 'use or weigh'] : [],
          impairment: true,
          becauseOfImpairment: lacks,
          reasons: lacks
            ? 'Could not hold what was said for long enough to weigh it, on two mornings.'
            : 'Said back what was offered, what it is for, and what would be without it.',
        },
        meta,
      ),
  );
  if (!lacks) return;
  diary.add(
    addDays(day, random.between(1, 7)),
    'practitioner',
    'best-interests-decided',
    (meta) =>
      new DecideInBestInterests(
        {
          ...ids,
          decided: 'To have help with washing and meals, beginning with one call a day.',
          wishesAndFeelings: 'Always washed in the evening, and says so still; likes company at lunch.',
          consulted: 'The family and the neighbour: both think that help is needed, and not too much of it.',
          lessRestrictive: 'One call a day before two; nothing is locked.',
          canWait: false,
          reasons: 'Loses weight, and is at home alone until the evening.',
        },
        meta,
      ),
  );
}
