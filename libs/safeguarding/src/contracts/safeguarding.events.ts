import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { protectionPlanAgreed, protectionPlanNotNeeded, protectionPlanReviewed } from './protection-plan.events.js';
import { personal, plainDate, uuid, wishes } from './shapes.js';
import {
  consents,
  enquirers,
  findings,
  locationsOfRisk,
  relations,
  riskOutcomes,
  sequelsWithoutDuty,
  sourcesOfRisk,
  typesOfRisk,
  wishesAchieved,
} from './values.js';

/** What is told when an alert is raised. Account, name, reason and protection are personal, under the first adult's key. */
export const alert = z.strictObject({
  concernId: uuid,
  /** What people call the concern: `SC-2026-0001`. */
  reference: z.string().regex(/^SC-\d{4}-\d{4,}$/, 'must read like SC-2026-0001'),
  adults: z.array(uuid).min(1),
  typesOfRisk: z.array(z.enum(typesOfRisk)).min(1),
  sourceOfRisk: z.enum(sourcesOfRisk),
  locationOfRisk: z.enum(locationsOfRisk),
  happenedOn: plainDate,
  account: personal,
  raisedBy: z.strictObject({ name: personal, relation: z.enum(relations) }),
  consent: z.enum(consents),
  reasonToActWithoutConsent: personal.optional(),
  immediateProtection: personal,
});

/** One of the three parts of s42(1), answered. The reasons are personal. */
export const limb = z.strictObject({ met: z.boolean(), reasons: personal });
/** The three parts of s42(1): needs for care and support; abuse or neglect; because of the needs unable to protect themselves. */
export const limbs = z.strictObject({ careAndSupportNeeds: limb, abuseOrNeglect: limb, unableToProtect: limb });
export type Limbs = z.infer<typeof limbs>;

/** Somebody has told the council of abuse or neglect, or of the risk of it. */
export const alertRaised = defineEvent({
  type: 'safeguarding.alert-raised.v1',
  schema: alert,
  personal: ['account', 'raisedBy.name', 'reasonToActWithoutConsent', 'immediateProtection'],
  subject: (data) => data.adults[0],
  people: (data) => data.adults,
  title: (data) => `Alert: ${data.typesOfRisk.join(', ')}`,
  authority: 'Care Act 2014 s42',
  needToKnow: () => true,
});
export type AlertRaisedData = EventOf<typeof alertRaised>['data'];

/** The concern has a new owner: an account's id. */
export const concernGiven = defineEvent({
  type: 'safeguarding.concern-given.v1',
  schema: z.strictObject({
    concernId: uuid,
    adults: z.array(uuid).min(1),
    to: z.strictObject({ id: z.string().min(1).max(200) }),
  }),
  people: (data) => data.adults,
  title: () => 'Concern given to a new owner',
  authority: 'Care Act 2014 s42',
  needToKnow: () => true,
});
export type ConcernGivenData = EventOf<typeof concernGiven>['data'];

const parts = (met: readonly boolean[]): string => {
  const count = met.filter(Boolean).length;
  return count === 3 ? 'all three parts met' : count === 0 ? 'no part met' : `${count} of three parts met`;
};

/** Somebody decided, part by part, whether the council has a duty to enquire. */
export const s42CriteriaDecided = defineEvent({
  type: 'safeguarding.s42-criteria-decided.v1',
  schema: z.strictObject({
    concernId: uuid,
    adults: z.array(uuid).min(1),
    limbs,
    /** The adult is in the council's area, ordinarily resident there or not. */
    inArea: z.boolean(),
    dutyToEnquire: z.boolean(),
    ifNoDuty: z.enum(sequelsWithoutDuty).optional(),
  }),
  personal: ['limbs.careAndSupportNeeds.reasons', 'limbs.abuseOrNeglect.reasons', 'limbs.unableToProtect.reasons'],
  subject: (data) => data.adults[0],
  people: (data) => data.adults,
  title: (data) => {
    const { careAndSupportNeeds, abuseOrNeglect, unableToProtect } = data.limbs;
    const met = parts([careAndSupportNeeds.met, abuseOrNeglect.met, unableToProtect.met]);
    const outside = data.inArea ? '' : ', not in the area';
    return `Section 42 duty: ${data.dutyToEnquire ? 'yes' : 'no'}, ${met}${outside}${data.ifNoDuty ? `; ${data.ifNoDuty}` : ''}`;
  },
  decision: true,
  authority: 'Care Act 2014 s42(1)',
  needToKnow: () => true,
});
export type S42CriteriaDecidedData = EventOf<typeof s42CriteriaDecided>['data'];

const finding = z.strictObject({ found: z.enum(findings), reasons: personal });

/** What one adult of the concern wanted to come of the enquiry, and what did (Making Safeguarding Personal). */
const wishesOfAdult = wishes.extend({ adult: uuid, achieved: z.enum(wishesAchieved).optional() });

/** What an enquiry came to. Words and names are personal, under the first adult's key. */
export const conclusion = z.strictObject({
  concernId: uuid,
  madeBy: z.enum(enquirers),
  /** Who was asked to make it; exactly where it was not the council. */
  askedOf: personal.optional(),
  /** The three parts of s42(1), as they were found; one finding each, with reasons. */
  findings: z.strictObject({ careAndSupportNeeds: finding, abuseOrNeglect: finding, unableToProtect: finding }),
  /** What action is taken, and by whom (s42(2)). */
  actions: z.array(z.strictObject({ what: personal, by: personal })).max(20),
  /** Exactly where no action is taken. */
  noActionBecause: personal.optional(),
  /** Exactly where a risk was found and action is taken. */
  riskOutcome: z.enum(riskOutcomes).optional(),
  /** One for each adult of the concern. */
  wishes: z.array(wishesOfAdult).min(1),
});
type Conclusion = z.infer<typeof conclusion>;

/** A row of the Safeguarding Adults Collection (SG2c), in its exact words. Follows from what was found and decided. */
export function riskAssessmentOutcome({ findings: { abuseOrNeglect }, actions }: Conclusion): string {
  const risk = {
    found: 'Risk identified',
    'not found': 'No risk identified',
    inconclusive: 'Risk Assessment inconclusive',
  }[abuseOrNeglect.found];
  return `${risk} and ${actions.length ? '' : 'no '}action taken`;
}

/** An enquiry is concluded: what it found, what action is to be taken, and by whom. */
export const enquiryConcluded = defineEvent({
  type: 'safeguarding.enquiry-concluded.v1',
  schema: conclusion.extend({ adults: z.array(uuid).min(1) }),
  personal: [
    'askedOf',
    'findings.careAndSupportNeeds.reasons',
    'findings.abuseOrNeglect.reasons',
    'findings.unableToProtect.reasons',
    'actions.*.what',
    'actions.*.by',
    'noActionBecause',
    'wishes.*.words',
    'wishes.*.notAskedBecause',
  ],
  subject: (data) => data.adults[0],
  people: (data) => data.adults,
  title: (data) =>
    `Enquiry concluded: ${[riskAssessmentOutcome(data), data.riskOutcome].filter(Boolean).join('; ').toLowerCase()}`,
  decision: true,
  authority: 'Care Act 2014 s42(2)',
  needToKnow: () => true,
});
export type EnquiryConcludedData = EventOf<typeof enquiryConcluded>['data'];

/** All that this context publishes. Every one of them is need-to-know. */
export const safeguardingEvents = [
  alertRaised,
  concernGiven,
  s42CriteriaDecided,
  enquiryConcluded,
  protectionPlanAgreed,
  protectionPlanNotNeeded,
  protectionPlanReviewed,
] as const;
