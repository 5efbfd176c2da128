import type { Account } from '@caretrail/access';
import { Injectable, Logger } from '@nestjs/common';

/** Says in the program's log who looked at what is need-to-know. A log line, not the record that the person can see. */
@Injectable()
export class AccessLog {
  private readonly log = new Logger('NeedToKnow');

  /** @param reference of a concern; no name, no record number */
  viewed(account: Account, what: string, reference?: string): void {
    this.log.log({ viewed: what, account: account.id, tenant: account.tenant, ...(reference && { reference }) });
  }
}
