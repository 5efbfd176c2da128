import { type Account, maySeeNeedToKnow, Representatives } from '@caretrail/access';
import { type Command, type CommandMeta, Forbidden, InvalidInput, NotFound } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';
import {
  AppointAdvocate,
  type AppointAdvocateData,
  AppointRepresentative,
  type AppointRepresentativeData,
  AssessCapacity,
  type AssessCapacityData,
  ConsiderAdvocacy,
  type ConsiderAdvocacyData,
  EndAdvocacy,
  type EndAdvocacyData,
  IdentifyCarer,
  type IdentifyCarerData,
  isForSafeguarding,
  RecordConsent,
  type RecordConsentData,
} from '../contracts/index.js';
import { SupportAroundQuery } from './support-around.query.js';

/**
 * Commands about what is known around a person, with what has to be looked up before they are decided: the same for pages
 * and for other systems. All throw NotFound for a person whom this council has not registered.
 */
@Injectable()
export class PersonRecords {
  constructor(
    @Inject(SupportAroundQuery) private readonly around: SupportAroundQuery,
    @Inject(Representatives) private readonly representatives: Representatives,
  ) {}

  /** With the day of death, after which nobody is appointed. */
  async appointRepresentative(
    data: Omit<AppointRepresentativeData, 'diedOn'>,
    meta: CommandMeta,
  ): Promise<AppointRepresentative> {
    const { diedOn } = await this.around.labelOf(meta.tenant, data.personId);
    const { personId: own } = data.representative;
    if (own) await this.registered(meta.tenant, own, 'representative.personId');
    return new AppointRepresentative({ ...data, ...(diedOn && { diedOn }) }, meta);
  }

  /** @throws Forbidden where it is for an enquiry or review, of which the account may not know */
  async considerAdvocate(account: Account, data: ConsiderAdvocacyData, meta: CommandMeta): Promise<ConsiderAdvocacy> {
    await this.around.labelOf(meta.tenant, data.personId);
    if (isForSafeguarding(data) && !maySeeNeedToKnow(account))
      throw new Forbidden(
        'An advocate for an enquiry or a safeguarding review is considered by the safeguarding team.',
      );
    return new ConsiderAdvocacy(data, meta);
  }

  /** @throws NotFound also for one of which the account may not know */
  async appointAdvocate(account: Account, data: AppointAdvocateData, meta: CommandMeta): Promise<AppointAdvocate> {
    await this.mayKnow(account, data);
    return new AppointAdvocate(data, meta);
  }

  /** @throws NotFound also for one of which the account may not know */
  async endAdvocacy(account: Account, data: EndAdvocacyData, meta: CommandMeta): Promise<EndAdvocacy> {
    await this.mayKnow(account, data);
    return new EndAdvocacy(data, meta);
  }

  async assessCapacity(data: AssessCapacityData, meta: CommandMeta): Promise<AssessCapacity> {
    await this.around.labelOf(meta.tenant, data.personId);
    return new AssessCapacity(data, meta);
  }

  /**
   * @param representationId of whoever answered for the person, if somebody did: as the register has them on that day
   * @throws InvalidInput for one who may not
   */
  async recordConsent(
    data: Omit<RecordConsentData, 'representation'>,
    representationId: string | undefined,
    meta: CommandMeta,
  ): Promise<Command> {
    const { tenant, effectiveOn } = meta;
    await this.around.labelOf(tenant, data.personId);
    if (representationId === undefined) return new RecordConsent(data, meta);
    const found = (await this.representatives.inForce(tenant, data.personId, effectiveOn)).find(
      (each) => each.representationId === representationId && each.scope.includes('sharing information'),
    );
    if (!found)
      throw new InvalidInput([
        {
          rule: 'representative-may-speak-in-this',
          section: 'Care Act 2014 s9(5)',
          field: 'representationId',
          message: 'On this day no such representative may consent to sharing information for the person.',
        },
      ]);
    const checked = RecordConsent.schema.parse({ ...data, representation: { representationId, kind: found.kind } });
    return new RecordConsent(checked, { ...meta, onBehalfOf: data.personId });
  }

  async identifyCarer(data: IdentifyCarerData, meta: CommandMeta): Promise<IdentifyCarer> {
    for (const each of data.caresFor) await this.registered(meta.tenant, each, 'caresFor');
    return new IdentifyCarer(data, meta);
  }

  private async mayKnow(account: Account, of: { readonly personId: string; readonly advocacyId: string }) {
    const { advocacy } = await this.around.of(account, of.personId);
    if (!advocacy.some(({ considered }) => considered.advocacyId === of.advocacyId))
      throw new NotFound('No advocate was considered here under this id.');
  }

  /** @throws InvalidInput at the field that names somebody whom nobody has registered */
  private async registered(tenant: string, personId: string, field: string): Promise<void> {
    await this.around.labelOf(tenant, personId).catch((error: unknown) => {
      if (!(error instanceof NotFound)) throw error;
      throw new InvalidInput([
        { rule: 'person-is-registered', field, message: 'No person with this id is known here. Register them first.' },
      ]);
    });
  }
}
