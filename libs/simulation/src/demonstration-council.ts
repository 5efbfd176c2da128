import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Accounts, actorOf, localAccountId } from '@caretrail/access';
import { DirectoryImporter } from '@caretrail/commissioning';
import { EventStore } from '@caretrail/event-store';
import {
  type Actor,
  type Command,
  type CommandMeta,
  type CommandResult,
  type Instant,
  type PlainDate,
  RuleViolation,
  Unavailable,
  addDays,
  addMonths,
  daysBetween,
  formatDate,
  londonDate,
  londonInstant,
} from '@caretrail/kernel';
import { Areas, Configuration, CouncilClocks, Councils, Database } from '@caretrail/platform';
import { SubjectIndex } from '@caretrail/privacy';
import { SubscriptionRunner } from '@caretrail/projections';
import { CldImporter, generateCldFile } from '@caretrail/returns';
import { ConcernReferences } from '@caretrail/safeguarding';
import { shownText } from '@caretrail/web';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { lastRecorded } from './clock-setting.js';
import {
  afterAssessment,
  alert,
  assessment,
  budget,
  conclusion,
  correctedDetails,
  decision,
  lateDetails,
  ownership,
  plan,
  protectionPlan,
  protectionReview,
  registration,
  statement,
} from './demonstration-case.js';
import { carerAssessed, carerIdentified, type CarerIds, carerWithAccount } from './demonstration-carer.js';
import {
  demonstrationConcerns,
  demonstrationPeople,
  demonstrationWards,
  personWithAccount,
} from './demonstration-people.js';
import { directoryEditions, specificationLife } from './demonstration-directory.js';
import { councilLife } from './life/council-life.js';
import { DEMONSTRATION_SEED, type LifeStep, type Lived, type Who } from './life/life-step.js';
import { pageOf } from './page-of.js';
import { ALLOCATION_OPENED, openedFor, PLAN_OPENED } from './opened-for.js';
import { WhatWasOpened } from './what-was-opened.js';

/** A council that does not exist, in codes that nobody has. */
export const DEMONSTRATION = {
  tenant: 'E06000996',
  laCode: '996',
  name: 'Wrenbridge Council',
  simulated: true,
} as const;

/** How much of a council is made. */
export interface DemonstrationSize {
  /** How many people ask for support in the two years, and how many had it before. */
  readonly askers: number;
  readonly supportedBefore: number;
  /** How many people each quarterly return tells of. */
  readonly inReturns: number;
}
export const demonstrationSizes = {
  whole: { askers: 120, supportedBefore: 28, inReturns: 900 },
  /** For tests: a few of everything in the casework, and the returns as they are. */
  small: { askers: 6, supportedBefore: 3, inReturns: 900 },
} as const satisfies Readonly<Record<string, DemonstrationSize>>;

export const YEARS = 2;
const QUARTERS = 4;
/** The made-up stories of the returns end with this year. */
const LAST_QUARTER_END = '2027-12-31';
const HOUR_MS = 3_600_000;
const PATIENCE_MS = 240_000;
/** Lives that are lived at once. */
const AT_ONCE = 8;
const IDS = 'demonstration';
const [RETURNS, DIRECTORY] = ['returns', 'directory'];
const FILES: readonly string[] = [RETURNS, DIRECTORY];
const LAST_COMMAND = 'demonstration/complete';

/** Something to be done at a moment; what has the same `life` is done one after the other. */
interface Task {
  readonly at: Instant;
  readonly life: string;
  readonly act: () => Promise<unknown>;
}

/** The meta of what a member of staff does. */
type By = (slug: string) => CommandMeta;

/** What is to be done, by the moment at which it is. */
type Moments = readonly (readonly [Instant, readonly Task[]])[];

/**
 * Makes the demonstration council through the command bus, on its own clock: two years of casework day by day, a year of
 * quarterly returns, and ten people whose stories are written out. Nothing is done before the processes have followed the
 * day before, so that what is recorded is what would have been. The views follow a month at a time, and every return and
 * directory at once: of what is decided only local prices and signposts look at them. Started again after it was
 * interrupted, it goes on on the day on which it stopped.
 */
@Injectable()
export class DemonstrationCouncil {
  private readonly tenant = DEMONSTRATION.tenant;
  private readonly references: ConcernReferences;
  private readonly opened: WhatWasOpened;

  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(SubjectIndex) private readonly index: SubjectIndex,
    @Inject(Councils) private readonly councils: Councils,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(CldImporter) private readonly importer: CldImporter,
    @Inject(DirectoryImporter) private readonly directory: DirectoryImporter,
    @Inject(SubscriptionRunner) private readonly runner: SubscriptionRunner,
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(Database) database: Database,
    @Inject('CLOCK') private readonly clock: CouncilClocks,
  ) {
    this.references = new ConcernReferences(database);
    this.opened = new WhatWasOpened(store, this.tenant);
  }

  /** Who can sign in to their own record: an adult, and the son who cares for her and may speak for her. */
  async whoSignsIn(): Promise<readonly { readonly personId: string; readonly post: string }[]> {
    return [
      { personId: await this.idOf(`person/${personWithAccount}`), post: 'person with care and support' },
      { personId: await this.idOf(`person/${carerWithAccount}`), post: 'carer of somebody, who may speak for her' },
    ];
  }

  /** True when everything is there. */
  async isLoaded(): Promise<boolean> {
    return (await this.store.resultOf(this.tenant, LAST_COMMAND)) !== undefined;
  }

  /**
   * Makes what is not there yet; `tell` is given a line for each step that takes a while.
   * @param now the moment up to which the council has lived; when it was begun before, the moment of that
   */
  async load(
    tell: (line: string) => void,
    size: DemonstrationSize = demonstrationSizes.whole,
    now: Instant = new Date().toISOString(),
  ): Promise<void> {
    const { addedAt } = await this.council(now);
    const moments = this.moments(new Date(addedAt), size, tell);
    const goneOnFrom = await lastRecorded(this.store, this.tenant);
    // All that was to be done before the last event is done: a day is over only when the processes have followed it.
    const left = moments.filter(([at]) => !goneOnFrom || at >= goneOnFrom);
    await this.opened.read();
    let quarter = '';
    try {
      for (const days of stretchesOf(left)) {
        const ended = quarterEnd(addDays(londonDate(days[0]![0]), 21), 1);
        if (ended !== quarter && quarter) tell(`lived up to ${formatDate(ended)}`);
        quarter = ended;
        await this.runner.gather(this.tenant, () => this.live(days), ['projection']);
        await this.settle();
      }
    } finally {
      await this.clock.release(this.tenant);
    }
  }

  /** Day by day: no day begins before the processes have followed the one before. */
  private async live(days: Moments): Promise<void> {
    for (const [at, tasks] of days) {
      await this.clock.set(this.tenant, at);
      await this.runner.gather(this.tenant, () => livedTogether(tasks), ['process']);
      await this.follow((head) => this.runner.processed(this.tenant, head, PATIENCE_MS));
    }
  }

  private async council(addedAt: Instant): Promise<{ readonly addedAt: Instant }> {
    const there = (await this.councils.list()).find(({ tenant }) => tenant === this.tenant);
    if (!there) await this.councils.add(DEMONSTRATION, addedAt);
    if (!(await this.store.head(this.tenant)))
      await this.areas.replace(
        this.tenant,
        demonstrationWards.map(([postcodePrefix, area]) => ({ postcodePrefix, area })),
      );
    return there ?? { addedAt };
  }

  /** Everything that is to be done, by the moment at which it is. */
  private moments(
    now: Date,
    { askers, supportedBefore, inReturns }: DemonstrationSize,
    tell: (line: string) => void,
  ): Moments {
    const until = londonDate(now);
    const from = addMonths(until, -12 * YEARS);
    const { steps } = councilLife({ seed: DEMONSTRATION_SEED, from, until, askers, supportedBefore });
    const tasks = [
      ...this.lives([...steps, ...specificationLife(until)], tell),
      ...this.directories(from, until),
      ...this.returns(now, inReturns, tell),
      ...this.cases(now),
      ...this.carer(now),
      ...this.concerns(now),
      this.lastTask(now),
    ];
    return [...Map.groupBy(tasks, ({ at }) => at)].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  /** Until every process and view has followed. */
  private settle(): Promise<void> {
    return this.follow((head) => this.runner.reached(this.tenant, head, PATIENCE_MS));
  }

  /** Until all that was asked about has followed, also what the processes added. */
  private async follow(reached: (head: bigint) => Promise<boolean>): Promise<void> {
    for (let followed = -1n; ;) {
      const head = await this.store.head(this.tenant);
      if (head === followed) break;
      if (!(await reached(head)))
        throw new Unavailable('The views and processes do not follow. Start again: the demonstration council goes on.');
      followed = head;
    }
    await this.opened.read();
  }

  /** Lives go on until the rules refuse a step, which is told: everybody else's go on. */
  private lives(steps: readonly LifeStep[], tell: (line: string) => void): Task[] {
    const broken = new Set<string>();
    return steps.map((step) => ({
      at: momentOf(step.on),
      life: step.life,
      act: async () => {
        if (broken.has(step.life)) return;
        try {
          const command = await step.command(await this.metaOfStep(step), this.lived);
          await this.bus.execute(this.shownTo(command, momentOf(step.on), step.personId));
        } catch (error) {
          if (!(error instanceof RuleViolation)) throw error;
          broken.add(step.life);
          tell(`${formatDate(step.on)}: ${step.id} was refused, and this story ends here. ${error.message}`);
        }
      },
    }));
  }

  private readonly lived: Lived = {
    allocationOf: (assessmentId) => this.opened.allocationOf(assessmentId),
    planOf: (assessmentId) => this.opened.planOf(assessmentId),
    indicationOf: (assessmentId) => this.opened.indicationOf(assessmentId),
    eventOf: async (stepId) => {
      const [first] = (await this.store.resultOf(this.tenant, commandIdOf(stepId)))?.eventIds ?? [];
      if (!first) throw new Error(`Nothing was recorded for ${stepId}.`);
      return first;
    },
    referenceOf: (concernId, year) => this.references.of(this.tenant, concernId, year),
    accountOf: (who) => localAccountId(this.tenant, who),
  };

  private async metaOfStep({ id, on, who, personId }: LifeStep): Promise<CommandMeta> {
    return {
      tenant: this.tenant,
      commandId: commandIdOf(id),
      actor: await this.actor(who, personId),
      effectiveOn: on,
      ...(who === 'person' && { onBehalfOf: personId }),
    };
  }

  /** A decision keeps the page on which it was made. Somebody at work has before them all that was recorded before today. */
  private shownTo(command: Command, at: Instant, personId?: string): Command {
    const page = pageOf(command, personId);
    if (!page) return command;
    const day = londonDate(at);
    const { position } = this.opened;
    return withMeta(command, { shown: shownText({ page, position, effectiveOn: day, knownOn: day, at }) });
  }

  private async actor(who: Who, personId: string): Promise<Actor> {
    if (who === 'person') return { id: localAccountId(this.tenant, `person/${personId}`), role: 'person' };
    const account = await this.accounts.get(this.tenant, localAccountId(this.tenant, who));
    if (!account) throw new Error(`There is no account “${who}”.`);
    return actorOf(account);
  }

  /** What the people of the council are signposted from. */
  private directories(from: PlainDate, until: PlainDate): Task[] {
    const { tenant } = this;
    return directoryEditions(from, until).map((edition) => ({
      at: momentOf(edition.publishedOn),
      life: DIRECTORY,
      act: async () => this.directory.import({ tenant, actor: await this.actor('commissioner', ''), ...edition }),
    }));
  }

  private returns(now: Date, people: number, tell: (line: string) => void): Task[] {
    return Array.from({ length: QUARTERS }, (_, index) => {
      const end = quarterEnd(londonDate(now), QUARTERS - index);
      const submitted = addDays(end, 20);
      return {
        at: `${submitted}T09:00:00.000Z`,
        life: RETURNS,
        act: async () => {
          tell(`Client Level Data of the year to ${formatDate(end)}`);
          await this.importReturn(end, submitted, people);
        },
      };
    });
  }

  private async importReturn(periodEnd: PlainDate, submittedOn: PlainDate, people: number): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'caretrail-demonstration-'));
    try {
      const file = join(folder, `simulated-cld-to-${periodEnd}.csv`);
      const text = [...generateCldFile({ laCode: DEMONSTRATION.laCode, seed: DEMONSTRATION_SEED, periodEnd, people })];
      await writeFile(file, text.join(''), { mode: 0o600 });
      await this.importer.import({
        tenant: this.tenant,
        file,
        submittedOn,
        actor: { id: localAccountId(this.tenant, 'analyst'), role: 'analyst' },
        report: (fileId) => join(this.configuration.dataDir, 'reports', `${fileId}.csv`),
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private cases(now: Date): Task[] {
    return demonstrationPeople.flatMap((person): Task[] => {
      const ids = async () => ({
        personId: await this.idOf(`person/${person.slug}`),
        assessmentId: await this.idOf(`assessment/${person.slug}`),
      });
      const { assessedDaysAgo, budget: budgeted, plan: planned } = person;
      const task = (hoursAgo: number, command: (by: By) => Promise<Command>): Task =>
        this.task(now, hoursAgo, person.slug, command);
      const tasks: Task[] = [
        task(24 * ((assessedDaysAgo ?? 25) + 8), async (by) => registration(person, (await ids()).personId, by)),
      ];
      const several = (hoursAgo: number, commands: (by: By) => Promise<readonly Command[]>) =>
        tasks.push(this.tasks(now, hoursAgo, person.slug, commands));
      if (assessedDaysAgo) tasks.push(task(24 * assessedDaysAgo, async (by) => assessment(person, await ids(), by)));
      if (assessedDaysAgo && budgeted)
        several(24 * (assessedDaysAgo - 2), async (by) => afterAssessment(await ids(), by));
      if (person.slug === personWithAccount)
        tasks.push(
          task(24 * 30, async (by) => lateDetails(person, (await ids()).personId, by)),
          task(24 * 26, async (by) => correctedDetails(person, (await ids()).personId, by)),
        );
      if (budgeted)
        tasks.push(
          task(24 * budgeted.daysAgo, async (by) =>
            budget(person, await this.openedFor(ALLOCATION_OPENED, (await ids()).personId), by),
          ),
        );
      if (budgeted && planned)
        several(24 * (budgeted.daysAgo - 2), async (by) =>
          statement(person, await this.openedFor(ALLOCATION_OPENED, (await ids()).personId), by),
        );
      if (planned)
        several(24 * planned.daysAgo, async (by) =>
          plan(person, await this.openedFor(PLAN_OPENED, (await ids()).personId), by),
        );
      return tasks;
    });
  }

  /** Whoever cares for the person who signs in, and speaks for her. */
  private carer(now: Date): Task[] {
    const ids = async (): Promise<CarerIds> => ({
      personId: await this.idOf(`person/${carerWithAccount}`),
      adultId: await this.idOf(`person/${personWithAccount}`),
      assessmentId: await this.idOf(`assessment/${carerWithAccount}`),
      representationId: await this.idOf(`representation/${carerWithAccount}`),
    });
    return [
      this.tasks(now, 24 * 60, carerWithAccount, async (by) => carerIdentified(await ids(), by)),
      this.tasks(now, 24 * 45, carerWithAccount, async (by) => carerAssessed(await ids(), by)),
    ];
  }

  private concerns(now: Date): Task[] {
    return demonstrationConcerns.flatMap((concern): Task[] => {
      const concernId = () => this.idOf(`concern/${concern.slug}`);
      const year = new Date(now.getTime() - concern.hoursAgo * HOUR_MS).getUTCFullYear();
      const task = (hoursAgo: number, command: (by: By) => Promise<Command>): Task =>
        this.task(now, hoursAgo, concern.slug, command);
      const tasks = [
        task(concern.hoursAgo, async (by) => {
          const adults = await Promise.all(concern.adults.map((slug) => this.idOf(`person/${slug}`)));
          const id = await concernId();
          const reference = await this.references.of(this.tenant, id, year);
          return alert(concern, { concernId: id, reference, adults }, by);
        }),
      ];
      const { owner, decision: decided } = concern;
      if (owner)
        tasks.push(
          task(concern.hoursAgo - 0.5, async (by) =>
            ownership(await concernId(), localAccountId(this.tenant, owner), by),
          ),
        );
      if (decided) tasks.push(task(decided.hoursAgo, async (by) => decision(concern, await concernId(), by)));
      const { enquiry } = concern;
      const ids = async () => ({
        concernId: await concernId(),
        adult: await this.idOf(`person/${concern.adults[0]}`),
      });
      if (enquiry)
        tasks.push(
          task(enquiry.hoursAgo, async (by) => conclusion(concern, await ids(), by)),
          task(enquiry.plan.hoursAgo, async (by) => protectionPlan(concern, await ids(), by)),
          task(enquiry.review.hoursAgo, async (by) => protectionReview(concern, await ids(), by)),
        );
      return tasks;
    });
  }

  /** Its command's result says that everything before it is there. */
  private lastTask(now: Date): Task {
    const act = async () => {
      const [concernId, owner] = [await this.idOf('concern/hoard'), localAccountId(this.tenant, 'safeguarding')];
      await this.send(ownership(concernId, owner, (slug) => ({ ...this.metaOf(now, slug), commandId: LAST_COMMAND })));
    };
    return { at: now.toISOString(), life: 'the end', act };
  }

  private task(now: Date, hoursAgo: number, life: string, command: (by: By) => Promise<Command>): Task {
    return this.tasks(now, hoursAgo, life, async (by) => [await command(by)]);
  }

  private tasks(now: Date, hoursAgo: number, life: string, commands: (by: By) => Promise<readonly Command[]>): Task {
    const at = new Date(now.getTime() - hoursAgo * HOUR_MS);
    const act = async () => {
      for (const command of await commands((slug) => this.metaOf(at, slug)))
        await this.send(this.shownTo(command, at.toISOString()));
    };
    return { at: at.toISOString(), life, act };
  }

  /** The command id is settled by `send`, from what the command is about. */
  private metaOf(at: Date, slug: string): CommandMeta {
    const actor = { id: localAccountId(this.tenant, slug), role: slug.replace('-2', '') };
    return { tenant: this.tenant, commandId: '', actor, effectiveOn: londonDate(at) };
  }

  private async send(command: Command): Promise<void> {
    const commandId = command.meta.commandId || `demonstration/${command.constructor.name}/${firstIdIn(command.data)}`;
    await this.bus.execute<Command, CommandResult>(withMeta(command, { commandId }));
  }

  /** The id of what a process opened for this person. */
  private async openedFor(what: readonly [string, string], personId: string): Promise<string> {
    const id = await openedFor(this.store, this.tenant, personId, what);
    if (!id) throw new Error(`No ${what[0]} for the demonstration person.`);
    return id;
  }

  /** A random id, the same one after an interruption. */
  private async idOf(slug: string): Promise<string> {
    const [id] = await this.index.claim(this.tenant, IDS, [slug]);
    return id!;
  }
}

/** Days after which the views follow: the last of a month, and those on which a file came in. */
function stretchesOf(moments: Moments): Moments[] {
  const stretches: [Instant, readonly Task[]][][] = [];
  let before: Moments[number] | undefined;
  for (const [at, tasks] of moments) {
    const goesOn = before && londonDate(before[0]).slice(0, 7) === londonDate(at).slice(0, 7) && !bringsFile(before[1]);
    if (!goesOn) stretches.push([]);
    stretches.at(-1)!.push([at, tasks]);
    before = [at, tasks];
  }
  return stretches;
}

const bringsFile = (tasks: readonly Task[]): boolean => tasks.some(({ life }) => FILES.includes(life));

const commandIdOf = (stepId: string): string => `demonstration/${stepId}`;

/** The moment of a day at which everybody does what they do on it: another time on every day, in office hours. */
function momentOf(day: PlainDate): Instant {
  const minutes = 9 * 60 + ((daysBetween('2000-01-01', day) * 137) % 480);
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
  return londonInstant(day, `${hour}:${minute}`)!;
}

/** A few lives at once; within each, one task after the other. */
async function livedTogether(tasks: readonly Task[]): Promise<void> {
  const lives = [...Map.groupBy(tasks, ({ life }) => life).values()];
  const live = async (): Promise<void> => {
    for (let life = lives.pop(); life; life = lives.pop()) for (const { act } of life) await act();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, live));
}

/** The last day of the calendar quarter that ended `count` quarters before today; 1 is the newest that is over for a month. */
function quarterEnd(today: PlainDate, count: number): PlainDate {
  const day = addDays(today, -21) < LAST_QUARTER_END ? addDays(today, -21) : LAST_QUARTER_END;
  const month = Number(day.slice(5, 7));
  const quarterStart = `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
  return addDays(addMonths(quarterStart, -3 * (count - 1)), -1);
}

const withMeta = (command: Command, more: Partial<CommandMeta>): Command =>
  Object.assign(Object.create(Object.getPrototypeOf(command) as object) as Command, command, {
    meta: { ...command.meta, ...more },
  });

const firstIdIn = (data: unknown): string => {
  const { personId, concernId, assessmentId, allocationId, budgetId, planId } = data as Record<
    string,
    string | undefined
  >;
  return concernId ?? assessmentId ?? allocationId ?? budgetId ?? planId ?? personId ?? '';
};
