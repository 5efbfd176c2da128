import { EventStore } from '@caretrail/event-store';
import { type EventOf, NotFound, type PlainDate, standingEvents, unreachable } from '@caretrail/kernel';
import { PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type {
  SupportPlanAgreedData,
  SupportPlanOpenedData,
  supportPlanAgreed,
  supportPlanOpened,
} from '../contracts/index.js';
import { supportPlanStream } from '../domain/support-plan/support-plan.decider.js';

/** A support plan with what was agreed, once it is signed off; its personal fields are in clear. */
export interface SupportPlan extends SupportPlanOpenedData {
  readonly signedOff?: Pick<
    SupportPlanAgreedData,
    'lines' | 'notMet' | 'agreement' | 'inTheirWords' | 'stepsToAgree'
  > & {
    readonly agreedOn: PlainDate;
    /** Id of the account that signed it off. */
    readonly signedOffBy: string;
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads one support plan from its own stream, so that it is never behind. */
@Injectable()
export class SupportPlanQuery {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
  ) {}

  /** @throws NotFound for an id that this council has not opened a plan under */
  async get(tenant: string, planId: string): Promise<SupportPlan> {
    const stored = UUID.test(planId) ? await this.store.readStream(tenant, supportPlanStream({ planId })) : [];
    const actors = new Map(stored.map(({ id, metadata }) => [id, metadata.actorId]));
    let found: SupportPlan | undefined;
    for (const event of standingEvents(await this.codec.open(stored), {}))
      found = apply(found, event as unknown as SupportPlanEvent, event.effectiveOn, actors.get(event.id)!);
    if (!found) throw new NotFound('No support plan with this id is known here.');
    return found;
  }
}

type SupportPlanEvent = EventOf<typeof supportPlanOpened | typeof supportPlanAgreed>;

function apply(
  found: SupportPlan | undefined,
  event: SupportPlanEvent,
  agreedOn: PlainDate,
  signedOffBy: string,
): SupportPlan | undefined {
  switch (event.type) {
    case 'planning.support-plan-opened.v1':
      return event.data;
    case 'planning.support-plan-agreed.v1': {
      const { lines, notMet, agreement, inTheirWords, stepsToAgree } = event.data;
      const said = { ...(inTheirWords && { inTheirWords }), ...(stepsToAgree && { stepsToAgree }) };
      return found && { ...found, signedOff: { agreedOn, signedOffBy, lines, notMet, agreement, ...said } };
    }
    default:
      return unreachable(event);
  }
}
