import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { costOfLine, draftedLine, personalOfLine, unmetNeed } from './plan-line.js';
import { coded, personal, representation, uuid } from './shapes.js';
import { contributors, dissenters, independentLivingAreas, waysToMeet } from './values.js';

const ofPlan = { planId: uuid, personId: uuid };
const whose = {
  subject: (data: { readonly personId: string }) => data.personId,
  people: (data: { readonly personId: string }) => [data.personId],
};

/** Somebody contributed a line to the plan in the making. */
export const planLineContributed = defineEvent({
  type: 'planning.plan-line-contributed.v1',
  schema: z.strictObject({ ...ofPlan, line: draftedLine }),
  ...whose,
  personal: personalOfLine('line'),
  title: ({ line }) =>
    `Line contributed by ${line.writtenBy}: ${line.need}, ${costOfLine(line)}${line.purpose === 'benefit' ? '' : `, for ${line.purpose}`}`,
  authority: 'Care Act 2014 s25(3)',
});
export type PlanLineContributedData = EventOf<typeof planLineContributed>['data'];

/** The whole line as it reads now. */
export const planLineChanged = defineEvent({
  type: 'planning.plan-line-changed.v1',
  schema: z.strictObject({ ...ofPlan, line: draftedLine }),
  ...whose,
  personal: personalOfLine('line'),
  title: ({ line }) =>
    `Line of ${line.writtenBy} changed: ${line.need}, ${costOfLine(line)}${line.purpose === 'benefit' ? '' : `, for ${line.purpose}`}`,
  authority: 'Care Act 2014 s25(3)',
});
export type PlanLineChangedData = EventOf<typeof planLineChanged>['data'];

/** The line is not part of the plan in the making any more. */
export const planLineWithdrawn = defineEvent({
  type: 'planning.plan-line-withdrawn.v1',
  schema: z.strictObject({ ...ofPlan, lineId: uuid, need: coded, why: personal.optional() }),
  ...whose,
  personal: ['why'],
  title: ({ need }) => `Line withdrawn: ${need}`,
  authority: 'Care Act 2014 s25(3)',
});
export type PlanLineWithdrawnData = EventOf<typeof planLineWithdrawn>['data'];

/**
 * An eligible need is recorded as not met: with a lawful reason the council need not meet it, with none the duty is
 * open and the plan cannot be signed off. A later record of the same need takes its place.
 */
export const needRecordedUnmet = defineEvent({
  type: 'planning.need-recorded-unmet.v1',
  schema: z.strictObject({ ...ofPlan, ...unmetNeed.shape }),
  ...whose,
  personal: ['words'],
  title: ({ need, reason, openBecause }) =>
    reason ? `Need not met by the council: ${need}, ${reason}` : `Open duty: ${need}, ${openBecause ?? 'other'}`,
  decision: true,
  authority: 'Care Act 2014 s18, s24(1)(a)',
});
export type NeedRecordedUnmetData = EventOf<typeof needRecordedUnmet>['data'];

/** The record that a need is not met holds no longer: it is met, or the reason fell away. */
export const unmetNeedWithdrawn = defineEvent({
  type: 'planning.unmet-need-withdrawn.v1',
  schema: z.strictObject({ ...ofPlan, need: coded }),
  people: (data) => [data.personId],
  title: ({ need }) => `Need no longer recorded as unmet: ${need}`,
  authority: 'Care Act 2014 s18, s24(1)(a)',
});
export type UnmetNeedWithdrawnData = EventOf<typeof unmetNeedWithdrawn>['data'];

/** What the plan says of the person as a whole; all of it personal, and each part may be left out. */
export const aboutThePerson = z.strictObject({
  whatMatters: personal.optional(),
  strengths: personal.optional(),
  /** Who is there, and how. */
  circle: z.array(z.strictObject({ who: personal, how: personal })).max(30),
  /** What is done when support falls away. */
  contingency: personal.optional(),
  /** Advice on what can be done to prevent, delay or reduce needs: s25(1)(f). */
  prevention: personal.optional(),
  independentLiving: z.array(z.strictObject({ area: z.enum(independentLivingAreas), outcome: personal })),
});
export type AboutThePerson = z.infer<typeof aboutThePerson>;

/** What matters to the person, strengths, circle of support, contingency; the whole of it anew each time. */
export const aboutPersonRecorded = defineEvent({
  type: 'planning.about-person-recorded.v1',
  schema: z.strictObject({ ...ofPlan, ...aboutThePerson.shape }),
  ...whose,
  personal: [
    'whatMatters',
    'strengths',
    'circle.*.who',
    'circle.*.how',
    'contingency',
    'prevention',
    'independentLiving.*.outcome',
  ],
  title: ({ circle, independentLiving }) =>
    `What matters to the person recorded: ${circle.length} in the circle of support, outcomes for ${independentLiving.map(({ area }) => area).join(', ') || 'no area of independent living'}`,
  authority: 'Care Act 2014 s1(2), s25(1)(d), (f)',
});
export type AboutPersonRecordedData = EventOf<typeof aboutPersonRecorded>['data'];

/** One way to meet a need that was put before the person; of one that was not chosen, why not. */
export const supportOption = z.strictObject({
  way: z.enum(waysToMeet),
  /** What it would be. */
  words: personal.optional(),
  chosen: z.boolean(),
  whyNot: personal.optional(),
});
export type SupportOption = z.infer<typeof supportOption>;

/** The options for one need that the person was offered, which they chose, and why not the others. */
export const optionsOffered = defineEvent({
  type: 'planning.options-offered.v1',
  schema: z.strictObject({
    ...ofPlan,
    need: coded,
    options: z.array(supportOption).min(1).max(20),
    chosenBy: z.enum(contributors),
    /** Where there was one option alone: why there was no other. */
    whyOne: personal.optional(),
  }),
  ...whose,
  personal: ['options.*.words', 'options.*.whyNot', 'whyOne'],
  title: ({ need, options }) =>
    `Options for ${need}: ${options.length} offered, chosen ${
      options
        .filter(({ chosen }) => chosen)
        .map(({ way }) => way)
        .join(', ') || 'none'
    }`,
  authority: 'Care Act 2014 s8, s25(3)–(4)',
});
export type OptionsOfferedData = EventOf<typeof optionsOffered>['data'];

/** Somebody does not agree with the plan in the making, or with one line of it. */
export const dissentRecorded = defineEvent({
  type: 'planning.dissent-recorded.v1',
  schema: z.strictObject({
    ...ofPlan,
    by: z.enum(dissenters),
    representation,
    lineId: uuid.optional(),
    words: personal,
  }),
  ...whose,
  personal: ['words'],
  title: ({ by, lineId }) => `Dissent of the ${by} from ${lineId ? 'a line of the plan' : 'the plan'}`,
  authority: 'Care Act 2014 s25(5)',
});
export type DissentRecordedData = EventOf<typeof dissentRecorded>['data'];
