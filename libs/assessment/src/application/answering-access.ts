import { type Account, Representatives } from '@caretrail/access';
import { Forbidden, InvalidInput, type PlainDate } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { Proxy } from '../contracts/index.js';

/** A representative as somebody chooses them on a form. */
export interface Speaker {
  readonly representationId: string;
  readonly kind: string;
  readonly name?: string;
}

/** Who may answer for a person: asked at the edge, and carried into the command. */
@Injectable()
export class AnsweringAccess {
  constructor(@Inject(Representatives) private readonly representatives: Representatives) {}

  /**
   * As what the account may answer: the person themselves, a representative of theirs (by which representation), or a
   * practitioner, who writes down what others say.
   * @throws Forbidden for whoever is none of these on that day
   */
  async roleOf(
    account: Account,
    personId: string,
    on: PlainDate,
  ): Promise<'the person' | 'practitioner' | { readonly representationId: string }> {
    if (account.role === 'practitioner') return 'practitioner';
    if (account.role === 'person' && account.personId === personId) return 'the person';
    const speaking = account.personId
      ? (await this.representatives.inForce(account.tenant, personId, on)).find(
          (each) => each.personId === account.personId && each.scope.includes('assessment'),
        )
      : undefined;
    if (speaking) return { representationId: speaking.representationId };
    throw new Forbidden('This is about another person, for whom you may not speak in an assessment.');
  }

  /** Those who may speak for the person in an assessment on that day. */
  async speakersFor(tenant: string, personId: string, on: PlainDate): Promise<readonly Speaker[]> {
    return (await this.representatives.inForce(tenant, personId, on)).filter(({ scope }) =>
      scope.includes('assessment'),
    );
  }

  /**
   * The representative as the register has them on that day; whether the scope covers it, the decider says.
   * @throws InvalidInput for a representation that does not stand on that day
   */
  async proxyOf(tenant: string, personId: string, representationId: string, on: PlainDate): Promise<Proxy> {
    const found = (await this.representatives.inForce(tenant, personId, on)).find(
      (each) => each.representationId === representationId,
    );
    if (found) return { representationId, kind: found.kind, scope: [...found.scope] };
    throw new InvalidInput([
      {
        rule: 'representative-may-speak-in-this',
        section: 'Care Act 2014 s9(5); SI 2014/2827 reg 2',
        field: 'representationId',
        message: 'On this day no such representation stands. Choose a representative of the register.',
      },
    ]);
  }
}
