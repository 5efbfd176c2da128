import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localAccountId } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import { type Command, type CommandMeta, type CommandResult, addDays, addMonths, londonDate } from '@caretrail/kernel';
import { Areas, Configuration, CouncilClocks, Councils, Database } from '@caretrail/platform';
import { SubjectIndex } from '@caretrail/privacy';
import { SubscriptionRunner } from '@caretrail/projections';
import { CldImporter, generateCldFile } from '@caretrail/returns';
import { ConcernReferences } from '@caretrail/safeguarding';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { lastRecorded } from './clock-setting.js';
import {
  alert,
  assessment,
  budget,
  decision,
  correctedDetails,
  lateDetails,
  ownership,
  plan,
  registration,
} from './demonstration-case.js';
import {
  demonstrationConcerns,
  demonstrationPeople,
  demonstrationWards,
  personWithAccount,
} from './demonstration-people.js';
import { draftedRulebook, publishedRulebook } from './demonstration-rulebook.js';

import { ALLOCATION_OPENED, openedFor, PLAN_OPENED } from './opened-for.js';

/** A council that does not exist, in codes that nobody has. */
export const DEMONSTRATION = {
  tenant: 'E06000996',
  laCode: '996',
  name: 'Wrenbridge Council',
  simulated: true,
} as const;

const SEED = 996;
const PEOPLE_IN_RETURNS = 900;
const QUARTERS = 4;
/** The made-up stories of the returns end with this year. */
const LAST_QUARTER_END = '2027-12-31';
const RULEBOOK_DAYS_AGO = 90;
const HOUR_MS = 3_600_000;
const PATIENCE_MS = 60_000;
const IDS = 'demonstration';
const LAST_COMMAND = 'demonstration/complete';

interface Step {
  readonly at: Date;
  readonly act: () => Promise<unknown>;
}

/**
 * Fills the demonstration council through the command bus, on its own clock: a year of quarterly returns, cases from
 * registration to agreed plan, and concerns up to the last hour. Started again after it was interrupted, it goes on.
 */
@Injectable()
export class DemonstrationCouncil {
  private readonly tenant = DEMONSTRATION.tenant;
  private readonly references: ConcernReferences;

  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(SubjectIndex) private readonly index: SubjectIndex,
    @Inject(Councils) private readonly councils: Councils,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(CldImporter) private readonly importer: CldImporter,
    @Inject(SubscriptionRunner) private readonly runner: SubscriptionRunner,
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(Database) database: Database,
    @Inject('CLOCK') private readonly clock: CouncilClocks,
  ) {
    this.references = new ConcernReferences(database);
  }

  /** The id of the person whom the synthetic account “person” belongs to. */
  async personId(): Promise<string> {
    return this.idOf(`person/${personWithAccount}`);
  }

  /** True when everything is there. */
  async isLoaded(): Promise<boolean> {
    return (await this.store.resultOf(this.tenant, LAST_COMMAND)) !== undefined;
  }

  /** Loads what is not there yet; `tell` is given a line for each step that takes a while. */
  async load(tell: (line: string) => void): Promise<void> {
    if (!(await this.councils.list()).some(({ tenant }) => tenant === this.tenant)) {
      await this.councils.add(DEMONSTRATION, new Date().toISOString());
      await this.areas.replace(
        this.tenant,
        demonstrationWards.map(([postcodePrefix, area]) => ({ postcodePrefix, area })),
      );
    }
    const now = new Date();
    const steps = [
      ...this.returns(now, tell),
      ...this.rulebook(now),
      ...this.cases(now),
      ...this.concerns(now),
      this.lastStep(now),
    ];
    const last = await lastRecorded(this.store, this.tenant);
    const newest = last === undefined ? undefined : new Date(last);
    try {
      for (const { at, act } of steps.sort((one, other) => one.at.getTime() - other.at.getTime())) {
        // Never back: after an interruption the clock stands where the last event was recorded.
        const moment = newest && at < newest ? newest : at;
        await this.clock.set(this.tenant, moment.toISOString());
        await act();
      }
    } finally {
      await this.clock.release(this.tenant);
    }
  }

  private returns(now: Date, tell: (line: string) => void): Step[] {
    return Array.from({ length: QUARTERS }, (_, index) => {
      const end = quarterEnd(londonDate(now), QUARTERS - index);
      const submitted = addDays(end, 20);
      return {
        at: new Date(`${submitted}T09:00:00Z`),
        act: async () => {
          tell(`Client Level Data of the year to ${end}`);
          await this.importReturn(end, submitted);
        },
      };
    });
  }

  private async importReturn(periodEnd: string, submittedOn: string): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'caretrail-demonstration-'));
    try {
      const file = join(folder, `simulated-cld-to-${periodEnd}.csv`);
      const text = [
        ...generateCldFile({ laCode: DEMONSTRATION.laCode, seed: SEED, periodEnd, people: PEOPLE_IN_RETURNS }),
      ];
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

  /** In force before the first case, so that every assessment finds an indication. */
  private rulebook(now: Date): Step[] {
    return [draftedRulebook, publishedRulebook].map((command, at) =>
      this.step(now, 24 * RULEBOOK_DAYS_AGO - at, (by) => Promise.resolve(command(by))),
    );
  }

  private cases(now: Date): Step[] {
    return demonstrationPeople.flatMap((person): Step[] => {
      const ids = async () => ({
        personId: await this.idOf(`person/${person.slug}`),
        assessmentId: await this.idOf(`assessment/${person.slug}`),
      });
      const { assessedDaysAgo, budget: budgeted, plan: planned } = person;
      const steps: Step[] = [
        this.step(now, 24 * ((assessedDaysAgo ?? 25) + 8), async (by) =>
          registration(person, (await ids()).personId, by),
        ),
      ];
      if (assessedDaysAgo)
        steps.push(this.step(now, 24 * assessedDaysAgo, async (by) => assessment(person, await ids(), by)));
      if (person.slug === personWithAccount)
        steps.push(
          this.step(now, 24 * 30, async (by) => lateDetails(person, (await ids()).personId, by)),
          this.step(now, 24 * 26, async (by) => correctedDetails(person, (await ids()).personId, by)),
        );
      if (budgeted)
        steps.push(
          this.step(now, 24 * budgeted.daysAgo, async (by) =>
            budget(person, await this.opened(ALLOCATION_OPENED, (await ids()).personId), by),
          ),
        );
      if (planned)
        steps.push(
          this.step(now, 24 * planned.daysAgo, async (by) =>
            plan(person, await this.opened(PLAN_OPENED, (await ids()).personId), by),
          ),
        );
      return steps;
    });
  }

  private concerns(now: Date): Step[] {
    return demonstrationConcerns.flatMap((concern): Step[] => {
      const concernId = () => this.idOf(`concern/${concern.slug}`);
      const year = new Date(now.getTime() - concern.hoursAgo * HOUR_MS).getUTCFullYear();
      const steps = [
        this.step(now, concern.hoursAgo, async (by) => {
          const adults = await Promise.all(concern.adults.map((slug) => this.idOf(`person/${slug}`)));
          const id = await concernId();
          const reference = await this.references.of(this.tenant, id, year);
          return alert(concern, { concernId: id, reference, adults }, by);
        }),
      ];
      const { owner, decision: decided } = concern;
      if (owner)
        steps.push(
          this.step(now, concern.hoursAgo - 0.5, async (by) =>
            ownership(await concernId(), localAccountId(this.tenant, owner), by),
          ),
        );
      if (decided) steps.push(this.step(now, decided.hoursAgo, async (by) => decision(concern, await concernId(), by)));
      return steps;
    });
  }

  /** Its command's result says that everything before it is there. */
  private lastStep(now: Date): Step {
    const act = async () => {
      const [concernId, owner] = [await this.idOf('concern/hoard'), localAccountId(this.tenant, 'safeguarding')];
      await this.send(ownership(concernId, owner, (slug) => ({ ...this.metaOf(now, slug), commandId: LAST_COMMAND })));
    };
    return { at: now, act };
  }

  private step(now: Date, hoursAgo: number, command: (by: (slug: string) => CommandMeta) => Promise<Command>): Step {
    const at = new Date(now.getTime() - hoursAgo * HOUR_MS);
    return { at, act: async () => this.send(await command((slug) => this.metaOf(at, slug))) };
  }

  /** The command id is settled by `send`, from what the command is about. */
  private metaOf(at: Date, slug: string): CommandMeta {
    const actor = { id: localAccountId(this.tenant, slug), role: slug.replace('-2', '') };
    return { tenant: this.tenant, commandId: '', actor, effectiveOn: londonDate(at) };
  }

  private async send(command: Command): Promise<void> {
    const commandId = command.meta.commandId || `demonstration/${command.constructor.name}/${firstIdIn(command.data)}`;
    const named = Object.assign(Object.create(Object.getPrototypeOf(command) as object) as Command, command, {
      meta: { ...command.meta, commandId },
    });
    const { position } = await this.bus.execute<Command, CommandResult>(named);
    await this.runner.reached(this.tenant, position, PATIENCE_MS);
  }

  /** The id of what a process opened for this person. */
  private async opened(what: readonly [string, string], personId: string): Promise<string> {
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

/** The last day of the calendar quarter that ended `count` quarters before today; 1 is the newest that is over for a month. */
function quarterEnd(today: string, count: number): string {
  const day = addDays(today, -21) < LAST_QUARTER_END ? addDays(today, -21) : LAST_QUARTER_END;
  const month = Number(day.slice(5, 7));
  const quarterStart = `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
  return addDays(addMonths(quarterStart, -3 * (count - 1)), -1);
}

const firstIdIn = (data: unknown): string => {
  const { personId, concernId, assessmentId, allocationId, planId } = data as Record<string, string | undefined>;
  return concernId ?? assessmentId ?? allocationId ?? planId ?? personId ?? '';
};
