import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { impactOnWellbeing, periodConsidered } from './assessment.events.js';
import { carerMeaningsOfUnable, carerOutcomes } from './carer.values.js';
import { personal, plainDate, uuid } from './shapes.js';
import { eligibleNeedsValues, eventOutcomes } from './values.js';

/** What a carer's assessment found on one of the outcomes of reg 3(2)(b). `words` are personal. */
export const carerFinding = z.strictObject({
  outcome: z.enum(carerOutcomes),
  able: z.boolean(),
  /** Where not able: in which of the three meanings of reg 3(3). */
  unable: z.enum(carerMeaningsOfUnable).optional(),
  words: personal.optional(),
});
export type CarerFinding = z.infer<typeof carerFinding>;

/** A carer's assessment with its decision. Texts are personal. */
export const carerAssessment = z.strictObject({
  assessmentId: uuid,
  /** The carer. */
  personId: uuid,
  /** The adults for whom they care. */
  caresFor: z.array(uuid),
  startedOn: plainDate,
  /** Needs that arise because necessary care is given to an adult: reg 3(1)(a). */
  arisesFromCaring: z.boolean(),
  /** Physical or mental health is deteriorating, or at risk of it: reg 3(2)(a). */
  healthAtRisk: z.boolean(),
  findings: z.array(carerFinding),
  /** Care Act 2014 s10(5)(a), (b): now, and likely to be so. */
  able: z.enum(['yes', 'partly', 'no']),
  willing: z.enum(['yes', 'partly', 'no']),
  impactOnWellbeing,
  fluctuation: periodConsidered.optional(),
  outcome: z.enum(eventOutcomes),
  reasons: personal,
});

/** A carer's assessment is complete, and says whether their needs for support are eligible. */
export const carerAssessed = defineEvent({
  type: 'assessment.carer-assessed.v1',
  schema: carerAssessment.extend({ eligibleNeeds: z.enum(eligibleNeedsValues) }),
  personal: ['findings.*.words', 'impactOnWellbeing.reasons', 'reasons'],
  subject: (data) => data.personId,
  people: ({ personId, caresFor }) => [...new Set([personId, ...caresFor])],
  title: ({ eligibleNeeds }) =>
    `Carer’s assessment completed: ${eligibleNeeds === 'Eligible needs identified' ? 'eligible needs for support' : 'not eligible'}`,
  decision: true,
  authority: 'Care Act 2014 s10, s13; Elig Regs reg 3',
});
export type CarerAssessedData = EventOf<typeof carerAssessed>['data'];
