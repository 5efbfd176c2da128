import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { rulebookContent } from './rulebook.values.js';
import { plainDate, uuid } from './shapes.js';

const rulebookId = uuid;
const version = z.int().min(1);

const draftRulebook = z.strictObject({ rulebookId, content: rulebookContent });
export type DraftRulebookData = z.infer<typeof draftRulebook>;
/** Writes the next version down, or writes the draft of it anew. A draft may have faults; a published version has none. */
export class DraftRulebook extends Command<DraftRulebookData> {
  static readonly schema = draftRulebook;
  readonly type = 'budgets.draft-rulebook';
}

const publishRulebook = z.strictObject({ rulebookId, version, effectiveFrom: plainDate });
export type PublishRulebookData = z.infer<typeof publishRulebook>;
/** Publishes the draft for calculations for days from `effectiveFrom` on, for ever unchanged. */
export class PublishRulebook extends Command<PublishRulebookData> {
  static readonly schema = publishRulebook;
  readonly type = 'budgets.publish-rulebook';
}

const withdrawRulebook = z.strictObject({ rulebookId, version, from: plainDate, reason: z.string().max(2_000) });
export type WithdrawRulebookData = z.infer<typeof withdrawRulebook>;
/** Stops a published version from being used for days from `from` on: the one before it is in force again. */
export class WithdrawRulebook extends Command<WithdrawRulebookData> {
  static readonly schema = withdrawRulebook;
  readonly type = 'budgets.withdraw-rulebook';
}
