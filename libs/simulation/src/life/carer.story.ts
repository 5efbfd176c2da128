import {
  type CarerFinding,
  carerOutcomes,
  CompleteCarerAssessment,
  EstablishOrdinaryResidence,
  GiveDecisionInWriting,
  GiveWrittenAdvice,
  OfferAssessment,
  RecordWishes,
  SignpostToUniversalService,
} from '@caretrail/assessment/contracts';
import { addDays, type PlainDate } from '@caretrail/kernel';
import { directoryServiceId } from '../demonstration-directory.js';
import { IdentifyCarer } from '@caretrail/people/contracts';
import type { Assessed } from './assessment.story.js';
import { registered } from './front-door.story.js';
import { CARERS_HEALTH } from './life-words.js';
import type { Life } from './life.js';

const BANDS = ['1 to 19 hours', '20 to 49 hours', '50 hours or more'] as const;

/** Somebody who cares for an adult: known, assessed by regulation 3, supported or advised (Care Act 2014 s10, s13, s20). */
export function caresFor(life: Life, day: PlainDate, adult: string): Assessed | undefined {
  const { diary, person, random, seededId } = life;
  const { personId } = person;
  registered(life, day);
  const caring = { personId, caresFor: [adult], hoursCaredBand: random.pick(BANDS), adultsCaredFor: 1 };
  const knownOn = diary.add(day, 'practitioner', 'identified', (meta) => new IdentifyCarer(caring, meta));
  // One in six waits for months.
  const offeredOn = diary.add(
    addDays(knownOn, random.chance(0.16) ? random.between(50, 120) : random.between(1, 20)),
    'practitioner',
    'offered',
    (meta) =>
      new OfferAssessment(
        {
          assessmentId: seededId('assessment'),
          personId,
          subject: 'carer',
          caresFor: [adult],
          selfAssessmentOffered: true,
        },
        meta,
      ),
  );
  return assessed(life, addDays(offeredOn, random.between(6, 40)), adult);
}

function assessed({ diary, person, random, seededId }: Life, day: PlainDate, adult: string): Assessed | undefined {
  const { personId } = person;
  const ids = { assessmentId: seededId('assessment'), personId };
  const eligible = random.chance(0.7);
  const healthAtRisk = eligible && random.chance(0.4);
  const able = random.pick(['yes', 'partly'] as const);
  const willing = random.pick(['yes', 'yes', 'partly'] as const);
  const findings = carerOutcomes.map((outcome, at): CarerFinding =>
    eligible && (outcome === 'recreational activities' || (at > 3 && random.chance(0.3)))
      ? { outcome, able: false, unable: 'cannot without help', words: 'I have not had a day to myself since spring.' }
      : { outcome, able: true },
  );
  const on = diary.add(
    day,
    'practitioner',
    'assessed',
    (meta) =>
      new CompleteCarerAssessment(
        {
          ...ids,
          caresFor: [adult],
          startedOn: addDays(meta.effectiveOn, -5),
          arisesFromCaring: true,
          healthAtRisk,
          findings,
          able,
          willing,
          impactOnWellbeing: eligible
            ? {
                significant: true,
                areas: ['physical and mental health and emotional wellbeing'],
                reasons: 'Sleeps four hours.',
              }
            : { significant: false, reasons: 'Tired, and content; has time of their own.' },
          outcome: eligible ? 'Progress to support planning or services' : 'NFA: Information and advice or signposting',
          reasons: 'Talked through apart from the adult, over two visits.',
        },
        meta,
      ),
  );
  diary.add(
    addDays(on, random.between(0, 6)),
    'practitioner',
    'in-writing',
    (meta) =>
      new GiveDecisionInWriting(
        {
          ...ids,
          documents: ['the assessment (s12(3))', 'the decision on eligibility, with reasons (s13(2))'],
          to: 'the person',
          format: 'letter',
        },
        meta,
      ),
  );
  if (eligible) {
    wanted({ diary, random, ids, on });
    const unable = findings.filter(({ able: achieved }) => !achieved).map(({ outcome }) => outcome);
    const needs = [...(healthAtRisk ? [CARERS_HEALTH] : []), ...unable];
    return { assessmentId: ids.assessmentId, needs, on, ofCarer: true };
  }
  const advisedOn = diary.add(
    addDays(on, random.between(0, 6)),
    'practitioner',
    'advised',
    (meta) =>
      new GiveWrittenAdvice(
        {
          ...ids,
          about: ['meeting or reducing the needs', 'preventing or delaying further needs'],
          words: 'Keep your own appointments. Ring when a night is too much, whatever the hour.',
        },
        meta,
      ),
  );
  diary.add(
    advisedOn,
    'practitioner',
    'signposted',
    (meta) =>
      new SignpostToUniversalService(
        {
          ...ids,
          kind: 'support for carers',
          service: 'Wrenbridge Carers’ Tea',
          serviceId: directoryServiceId('Wrenbridge Carers’ Tea'),
          alternatives: ['The Carers’ Line'],
        },
        meta,
      ),
  );
  return undefined;
}

interface Wanting extends Pick<Life, 'diary' | 'random'> {
  readonly ids: { readonly assessmentId: string; readonly personId: string };
  readonly on: PlainDate;
}

function wanted({ diary, random, ids, on }: Wanting): void {
  const day = diary.add(
    addDays(on, random.between(1, 8)),
    'practitioner',
    'wishes',
    (meta) =>
      new RecordWishes(
        { ...ids, wantsMet: 'all of them', needs: [], couldBeDone: 'A free day each fortnight, and somebody to ring.' },
        meta,
      ),
  );
  diary.add(
    day,
    'practitioner',
    'residence',
    (meta) =>
      new EstablishOrdinaryResidence(
        {
          ...ids,
          resident: 'in this council’s area',
          ground: 'chosen and settled there (the ordinary meaning)',
          reasons: 'Lives with the adult, here.',
        },
        meta,
      ),
  );
}
