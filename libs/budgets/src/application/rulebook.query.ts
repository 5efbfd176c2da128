import { EventStore } from '@caretrail/event-store';
import { fold, NotFound, type PlainDate } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type Audience, audiences, rulebookIds } from '../contracts/index.js';
import { type RulebookEvent, rulebookDecider, rulebookStream } from '../domain/rulebook/rulebook.decider.js';
import { inForceOn, type PublishedVersion, type RulebookState } from '../domain/rulebook/rulebook.state.js';
import { recorded } from './opened-stream.js';

/** A rulebook with its versions, as the API and the page show it. */
export interface Rulebook extends RulebookState {
  readonly rulebookId: string;
  readonly audience: Audience;
  /** The version that is in force on the day that was asked about. */
  readonly inForce?: PublishedVersion;
  readonly on: PlainDate;
}

/** Reads rulebooks from their own streams, so that what was just published is in force at once. */
@Injectable()
export class RulebookQuery {
  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  /**
   * @param name `adults` or `carers`, or the id
   * @throws NotFound for another name; a rulebook of which nothing was written yet is empty
   */
  async get(tenant: string, name: string, on: PlainDate): Promise<Rulebook> {
    const { audience, rulebookId } = this.named(name);
    const state = await this.stateOf(tenant, rulebookId);
    const inForce = inForceOn(state, on);
    return { rulebookId, audience, ...state, ...(inForce && { inForce }), on };
  }

  named(name: string): { readonly audience: Audience; readonly rulebookId: string } {
    const audience = audiences.find((each) => each === name || rulebookIds[each] === name);
    if (!audience) throw new NotFound('There is a rulebook for adults and one for carers, and no other.');
    return { audience, rulebookId: rulebookIds[audience] };
  }

  /** The version in force on a day; undefined where none is, also for an id that no rulebook has. */
  async inForceOn(tenant: string, rulebookId: string, day: PlainDate): Promise<PublishedVersion | undefined> {
    return inForceOn(await this.stateOf(tenant, rulebookId), day);
  }

  private async stateOf(tenant: string, rulebookId: string): Promise<RulebookState> {
    const stored = await this.store.readStream(tenant, rulebookStream({ rulebookId }));
    return fold(rulebookDecider, recorded<RulebookEvent>(stored));
  }
}
