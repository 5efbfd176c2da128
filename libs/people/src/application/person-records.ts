import { type Account, maySeeNeedToKnow, Representatives } from '@caretrail/access';
import { type Command, type CommandMeta, Forbidden, InvalidInput, NotFound } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';
import {
  AgreeErasure,
  type AgreeErasureData,
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
  ErasePerson,
  type ErasePersonData,
  IdentifyCarer,
  type IdentifyCarerData,
  isForSafeguarding,
  OpenDuties,
  RecordConsent,
  type RecordConsentData,
  ExtendErasure,
  type ExtendErasureData,
  RefuseErasure,
  type RefuseErasureData,
  RequestErasure,
  type RequestErasureData,
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
    @Inject(OpenDuties) private readonly duties: OpenDuties,
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
    await this.around.labelOf(meta.tenant, data.personId);
    const representation = await this.speaker(data.personId, representationId, meta);
    if (!representation) return new RecordConsent(data, meta);
    const checked = RecordConsent.schema.parse({ ...data, representation });
    return new RecordConsent(checked, { ...meta, onBehalfOf: data.personId });
  }

  /**
   * @param representationId of whoever asked for the person, if somebody did: as the register has them on that day
   * @throws InvalidInput for one who may not
   */
  async requestErasure(
    data: Omit<RequestErasureData, 'representation'>,
    representationId: string | undefined,
    meta: CommandMeta,
  ): Promise<RequestErasure> {
    await this.around.labelOf(meta.tenant, data.personId);
    const representation = await this.speaker(data.personId, representationId, meta);
    if (!representation) return new RequestErasure(data, meta);
    const checked = RequestErasure.schema.parse({ ...data, representation });
    return new RequestErasure(checked, { ...meta, onBehalfOf: data.personId });
  }

  async extendErasure(data: ExtendErasureData, meta: CommandMeta): Promise<ExtendErasure> {
    await this.around.labelOf(meta.tenant, data.personId);
    return new ExtendErasure(data, meta);
  }

  async refuseErasure(data: RefuseErasureData, meta: CommandMeta): Promise<RefuseErasure> {
    await this.around.labelOf(meta.tenant, data.personId);
    return new RefuseErasure(data, meta);
  }

  /** With what the council still owes the person. For safeguarding alone: nobody else may know of all of it. */
  async agreeErasure(data: Omit<AgreeErasureData, 'owed'>, meta: CommandMeta): Promise<AgreeErasure> {
    return new AgreeErasure({ ...data, owed: await this.owed(data.personId, meta) }, meta);
  }

  /** With what is owed now: it may have arisen since it was agreed. */
  async erasePerson(data: Omit<ErasePersonData, 'owed'>, meta: CommandMeta): Promise<ErasePerson> {
    return new ErasePerson({ ...data, owed: await this.owed(data.personId, meta) }, meta);
  }

  private async owed(personId: string, { tenant, effectiveOn }: CommandMeta): Promise<string[]> {
    await this.around.labelOf(tenant, personId);
    return [...(await this.duties.towards(tenant, personId, effectiveOn))];
  }

  /** Whoever spoke for the person in what is kept of them; undefined for the person themselves. */
  private async speaker(
    personId: string,
    representationId: string | undefined,
    { tenant, effectiveOn }: CommandMeta,
  ): Promise<{ representationId: string; kind: string } | undefined> {
    if (representationId === undefined) return undefined;
    const found = (await this.representatives.inForce(tenant, personId, effectiveOn)).find(
      (each) => each.representationId === representationId && each.scope.includes('sharing information'),
    );
    if (found) return { representationId, kind: found.kind };
    throw new InvalidInput([
      {
        rule: 'representative-may-speak-in-this',
        section: 'Care Act 2014 s9(5)',
        field: 'representationId',
        message: 'On this day no such representative may speak for the person on what is kept and shared of them.',
      },
    ]);
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
