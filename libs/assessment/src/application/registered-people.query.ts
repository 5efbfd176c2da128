import { EventStore } from '@caretrail/event-store';
import { NotFound, streamName } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether somebody is there to be assessed: asked at the edge, because the decider sees its own stream alone. */
@Injectable()
export class RegisteredPeople {
  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  /** @throws NotFound for an id that this council has registered nobody under */
  async assertRegistered(tenant: string, personId: string): Promise<void> {
    const known =
      UUID.test(personId) &&
      (await this.store.readStream(tenant, streamName('people.person', personId), { limit: 1 })).length > 0;
    if (!known) throw new NotFound('No person with this id is known here. Register the person first.');
  }
}
