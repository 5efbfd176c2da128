import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { urgentEndings } from './determination.values.js';
import { uuid } from './shapes.js';
import { urgentNeed } from './urgent-need.events.js';

export type MeetUrgentNeedData = z.infer<typeof urgentNeed>;
/** Meets an urgent need before the steps of the law are done. */
export class MeetUrgentNeed extends Command<MeetUrgentNeedData> {
  static readonly schema = urgentNeed;
  readonly type = 'assessment.meet-urgent-need';
}

const endUrgentHelp = z.strictObject({ urgentNeedId: uuid, personId: uuid, reason: z.enum(urgentEndings) });
export type EndUrgentHelpData = z.infer<typeof endUrgentHelp>;
/** Ends urgent help. */
export class EndUrgentHelp extends Command<EndUrgentHelpData> {
  static readonly schema = endUrgentHelp;
  readonly type = 'assessment.end-urgent-help';
}
