import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { personalDetails, personDetails } from './person-details.js';
import { coded, plainDate, uuid } from './shapes.js';

const underDetails = personalDetails.map((field) => `details.${field}`);

/** The council knows of a person. */
export const personRegistered = defineEvent({
  type: 'people.person-registered.v1',
  schema: z.strictObject({ personId: uuid, simulated: z.boolean(), details: personDetails }),
  personal: underDetails,
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => (data.simulated ? 'Person registered (simulated)' : 'Person registered'),
  authority: 'Care Act 2014 Part 1',
});
export type PersonRegisteredData = EventOf<typeof personRegistered>['data'];

/** What is known of a person was put right: the whole new details, not the difference. */
export const detailsCorrected = defineEvent({
  type: 'people.details-corrected.v1',
  schema: z.strictObject({ personId: uuid, details: personDetails }),
  personal: underDetails,
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: () => 'Personal details corrected',
  authority: 'UK GDPR Article 5(1)(d)',
});
export type DetailsCorrectedData = EventOf<typeof detailsCorrected>['data'];

/** A person has died. True on the day of death. */
export const deathRecorded = defineEvent({
  type: 'people.death-recorded.v1',
  schema: z.strictObject({ personId: uuid, diedOn: plainDate }),
  people: (data) => [data.personId],
  title: () => 'Death recorded',
  authority: 'Care Act 2014 Part 1',
});
export type DeathRecordedData = EventOf<typeof deathRecorded>['data'];

/** Hours cared for a week, as a practitioner chooses them: those of the Short and Long Term return; Release 2 has not published its own. */
export const hoursCaredBands = ['1-19 hours per week', '20-49 hours per week', '50+ hours per week'] as const;

/** A person cares for others, unpaid. `caresFor` may be empty where a return does not say for whom. */
export const carerIdentified = defineEvent({
  type: 'people.carer-identified.v1',
  schema: z.strictObject({
    personId: uuid,
    caresFor: z.array(uuid),
    /** Total hours of caring a week, as a band of Client Level Data. */
    hoursCaredBand: coded.optional(),
    adultsCaredFor: z.int().min(0).optional(),
  }),
  people: (data) => [...new Set([data.personId, ...data.caresFor])],
  title: (data) =>
    data.caresFor.length > 1 ? `A carer was identified, of ${data.caresFor.length} people` : 'A carer was identified',
  authority: 'Care Act 2014 s10',
});
export type CarerIdentifiedData = EventOf<typeof carerIdentified>['data'];
