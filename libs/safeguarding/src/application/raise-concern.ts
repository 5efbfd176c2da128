import { type CommandMeta, type CommandResult } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { v5 as derivedUuid } from 'uuid';
import { RaiseAlert, type RaiseAlertData } from '../contracts/index.js';
import { AdultRecords } from './adult-records.js';
import { ConcernReferences } from './concern-references.js';

const CONCERN_NAMESPACE = '0d3c8f1a-53f8-4b0e-9a55-8a1e6f5f3c70';

/** What is told; whom it is about by record number or id. The concern's id and reference are given here. */
export type AlertTold = Omit<RaiseAlertData, 'concernId' | 'reference'>;

export interface RaisedConcern {
  readonly result: CommandResult;
  readonly concernId: string;
  readonly reference: string;
}

/** Raises an alert under a new concern. The id follows from the command's, so that sending it twice raises one. */
@Injectable()
export class RaiseConcern {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(ConcernReferences) private readonly references: ConcernReferences,
    @Inject(AdultRecords) private readonly records: AdultRecords,
  ) {}

  /** @throws InvalidInput when an adult is not known, RuleViolation when the rules refuse */
  async raise(meta: CommandMeta, told: AlertTold): Promise<RaisedConcern> {
    const adults = await this.records.find(meta.tenant, told.adults);
    const concernId = derivedUuid(`${meta.tenant}/${meta.commandId}`, CONCERN_NAMESPACE);
    const reference = await this.references.of(meta.tenant, concernId, Number(meta.effectiveOn.slice(0, 4)));
    const data: RaiseAlertData = { ...told, adults, concernId, reference };
    const result = await this.commands.execute<RaiseAlert, CommandResult>(new RaiseAlert(data, meta));
    return { result, concernId, reference };
  }
}
