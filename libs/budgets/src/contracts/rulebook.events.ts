import { defineEvent, formatDate, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { rulebookContent } from './rulebook.values.js';
import { plainDate, published, uuid } from './shapes.js';

const version = z.int().min(1);

/** A version of a rulebook was written down; until it is published it may be written anew. */
export const rulebookDrafted = defineEvent({
  type: 'budgets.rulebook-drafted.v1',
  schema: z.strictObject({ rulebookId: uuid, version, content: rulebookContent }),
  people: () => [],
  title: (data) => `Rulebook drafted: version ${data.version}`,
  authority: 'Care and Support Statutory Guidance ch. 11',
});
export type RulebookDraftedData = EventOf<typeof rulebookDrafted>['data'];

/** A version was published and cannot be changed any more: a calculation for a day from `effectiveFrom` on uses it. */
export const rulebookPublished = defineEvent({
  type: 'budgets.rulebook-published.v1',
  schema: z.strictObject({ rulebookId: uuid, version, effectiveFrom: plainDate, content: rulebookContent }),
  people: () => [],
  title: (data) => `Rulebook published: version ${data.version}, from ${formatDate(data.effectiveFrom)}`,
  decision: true,
  authority: 'Care and Support Statutory Guidance ch. 11',
});
export type RulebookPublishedData = EventOf<typeof rulebookPublished>['data'];

/** A published version is not to be used for days from `from` on; what was calculated by it stands. */
export const rulebookWithdrawn = defineEvent({
  type: 'budgets.rulebook-withdrawn.v1',
  schema: z.strictObject({ rulebookId: uuid, version, from: plainDate, reason: published }),
  people: () => [],
  title: (data) => `Rulebook withdrawn: version ${data.version}, from ${formatDate(data.from)}`,
  decision: true,
  authority: 'Care and Support Statutory Guidance ch. 11',
});
export type RulebookWithdrawnData = EventOf<typeof rulebookWithdrawn>['data'];

export const rulebookEvents = [rulebookDrafted, rulebookPublished, rulebookWithdrawn] as const;
