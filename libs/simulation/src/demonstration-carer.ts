import {
  carerOutcomes,
  CompleteCarerAssessment,
  EstablishOrdinaryResidence,
  GiveDecisionInWriting,
  OfferAssessment,
  RecordWishes,
} from '@caretrail/assessment/contracts';
import { addDays, type Command, type CommandMeta } from '@caretrail/kernel';
import { AppointRepresentative, IdentifyCarer, RegisterPerson } from '@caretrail/people/contracts';

type By = (slug: string) => CommandMeta;

/** Whom the story is about: the carer, whom he cares for and speaks for, and what is kept of it. */
export interface CarerIds {
  readonly personId: string;
  readonly adultId: string;
  readonly assessmentId: string;
  readonly representationId: string;
}

/** The son of the person who signs in: her carer, and somebody who may speak for her. Nobody of this name is meant. */
export const carerWithAccount = 'peter';

/** He becomes known, is asked how he is, and she says that he may speak for her. */
export function carerIdentified({ personId, adultId, assessmentId, representationId }: CarerIds, by: By): Command[] {
  const meta = by('practitioner');
  return [
    new RegisterPerson(
      {
        personId,
        simulated: true,
        details: {
          firstName: 'Peter',
          lastName: 'Hollis',
          dateOfBirth: '1971-09-17',
          birthYear: 1971,
          postcode: 'ZZ4 3CD',
          postcodeSector: 'ZZ4 3',
          gender: 'Male',
        },
      },
      meta,
    ),
    new IdentifyCarer({ personId, caresFor: [adultId], hoursCaredBand: '20 to 49 hours', adultsCaredFor: 1 }, meta),
    new AppointRepresentative(
      {
        representationId,
        personId: adultId,
        kind: 'informal',
        representative: { personId, relation: 'Son' },
        evidence: { kind: 'the person’s own word', seenOn: meta.effectiveOn },
        scope: ['assessment', 'support planning', 'reviews'],
        conflicts: [],
      },
      meta,
    ),
    new OfferAssessment(
      { personId, assessmentId, subject: 'carer', caresFor: [adultId], selfAssessmentOffered: true },
      meta,
    ),
  ];
}

/** What his assessment found (regulation 3), up to the budget that finance has to decide. */
export function carerAssessed({ personId, adultId, assessmentId }: CarerIds, by: By): Command[] {
  const meta = by('practitioner');
  const ids = { personId, assessmentId };
  return [
    new CompleteCarerAssessment(
      {
        ...ids,
        caresFor: [adultId],
        startedOn: addDays(meta.effectiveOn, -5),
        arisesFromCaring: true,
        healthAtRisk: false,
        findings: carerOutcomes.map((outcome) =>
          outcome === 'recreational activities'
            ? {
                outcome,
                able: false,
                unable: 'cannot without help',
                words: 'I sang in a choir. I have not been for a year.',
              }
            : { outcome, able: true },
        ),
        able: 'yes',
        willing: 'partly',
        impactOnWellbeing: {
          significant: true,
          areas: ['physical and mental health and emotional wellbeing'],
          reasons: 'Every evening and most weekends; sleeps badly.',
        },
        outcome: 'Progress to support planning or services',
        reasons: 'Talked through apart from his mother, over two visits.',
      },
      meta,
    ),
    new GiveDecisionInWriting(
      {
        ...ids,
        documents: ['the assessment (s12(3))', 'the decision on eligibility, with reasons (s13(2))'],
        to: 'the person',
        format: 'letter',
      },
      meta,
    ),
    new RecordWishes(
      { ...ids, wantsMet: 'all of them', needs: [], couldBeDone: 'Somebody to be with her on Thursday evenings.' },
      meta,
    ),
    new EstablishOrdinaryResidence(
      {
        ...ids,
        resident: 'in this council’s area',
        ground: 'chosen and settled there (the ordinary meaning)',
        reasons: 'He and his mother both live here.',
      },
      meta,
    ),
  ];
}
