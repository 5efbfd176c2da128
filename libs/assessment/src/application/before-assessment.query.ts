import { EventStore } from '@caretrail/event-store';
import { fold, NotFound, type PlainDate, type Recorded, standingEvents } from '@caretrail/kernel';
import { PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type { RequestCorrectedData, UrgentHelpEndedData, UrgentNeedMetData } from '../contracts/index.js';
import {
  contactEpisodeDecider,
  type ContactEpisodeEvent,
  contactEpisodeStream,
} from '../domain/contact-episode/contact-episode.decider.js';
import { type UrgentNeedEvent, urgentNeedStream } from '../domain/urgent-need/urgent-need.decider.js';

/** A request as it is known now; of one that was taken back nothing but whose it was. */
export type RequestRecord =
  | (RequestCorrectedData & { readonly withdrawn: false })
  | { readonly episodeId: string; readonly personId: string; readonly withdrawn: true };

/** An urgent need, and whether help still goes on. */
export interface UrgentNeedRecord extends UrgentNeedMetData {
  readonly metOn: PlainDate;
  readonly ended?: Pick<UrgentHelpEndedData, 'reason'> & { readonly on: PlainDate };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads what stands before an assessment, or beside it, from its own stream, so that it is never behind. */
@Injectable()
export class BeforeAssessmentQuery {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
  ) {}

  /** @throws NotFound for an id that this council has no request under */
  async request(tenant: string, episodeId: string): Promise<RequestRecord> {
    const events = await this.read<ContactEpisodeEvent>(tenant, episodeId, contactEpisodeStream({ episodeId }));
    const [first] = events;
    if (!first) throw new NotFound('No request with this id is known here.');
    const { standing } = fold(contactEpisodeDecider, events);
    return standing ? { ...standing, withdrawn: false } : { episodeId, personId: first.data.personId, withdrawn: true };
  }

  /** @throws NotFound for an id that this council has no urgent need under */
  async urgentNeed(tenant: string, urgentNeedId: string): Promise<UrgentNeedRecord> {
    const events = await this.read<UrgentNeedEvent>(tenant, urgentNeedId, urgentNeedStream({ urgentNeedId }));
    const met = events.find((event) => event.type === 'assessment.urgent-need-met.v1');
    const ended = events.find((event) => event.type === 'assessment.urgent-help-ended.v1');
    if (!met) throw new NotFound('No urgent need with this id is known here.');
    return {
      ...met.data,
      metOn: met.effectiveOn,
      ...(ended && { ended: { on: ended.effectiveOn, reason: ended.data.reason } }),
    };
  }

  private async read<Event extends ContactEpisodeEvent | UrgentNeedEvent>(tenant: string, id: string, stream: string) {
    if (!UUID.test(id)) return [];
    const opened = await this.codec.open(await this.store.readStream(tenant, stream));
    return standingEvents(opened, {}) as Recorded<Event>[];
  }
}
