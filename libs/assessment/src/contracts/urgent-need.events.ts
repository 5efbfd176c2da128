import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { stepsLeftForLater, urgentEndings } from './determination.values.js';
import { personal, plainDate, uuid } from './shapes.js';
import { outcomes } from './values.js';

const ids = { urgentNeedId: uuid, personId: uuid };

export const urgentNeed = z.strictObject({
  ...ids,
  needs: z.array(z.enum(outcomes)),
  /** What is done about it at once; personal. */
  provided: personal,
  /** Why it appears to be urgent; personal. */
  reasons: personal,
  /** What has not been done yet, and stays to be done. */
  leftForLater: z.array(z.enum(stepsLeftForLater)),
  /** By when it is looked at again. */
  lookAgainOn: plainDate,
});

/** Needs that appear urgent are met before the steps of the law are done. It ends none of the duties. */
export const urgentNeedMet = defineEvent({
  type: 'assessment.urgent-need-met.v1',
  schema: urgentNeed,
  personal: ['provided', 'reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ leftForLater }) => `Urgent need met before the ${leftForLater.join(', ')}; the duties stand`,
  decision: true,
  authority: 'Care Act 2014 s19(3)',
});
export type UrgentNeedMetData = EventOf<typeof urgentNeedMet>['data'];

/** Meeting an urgent need ended, and why. */
export const urgentHelpEnded = defineEvent({
  type: 'assessment.urgent-help-ended.v1',
  schema: z.strictObject({ ...ids, reason: z.enum(urgentEndings) }),
  people: (data) => [data.personId],
  title: ({ reason }) => `Urgent help ended: ${reason}`,
  authority: 'Care Act 2014 s19(3)',
});
export type UrgentHelpEndedData = EventOf<typeof urgentHelpEnded>['data'];
