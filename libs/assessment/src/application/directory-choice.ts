import { InvalidInput, type PlainDate, type Tenant } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type DirectoryService, ServiceDirectory } from '../contracts/index.js';

/** A service as somebody names it: by its id in the directory, or in words. */
interface NamedService {
  readonly serviceId?: string | undefined;
  readonly service?: string | undefined;
}

/** What somebody is pointed to, chosen from the directory as it stood on the day; or any other service, in words. */
@Injectable()
export class DirectoryChoice {
  constructor(@Inject(ServiceDirectory) private readonly directory: ServiceDirectory) {}

  /** The same, with the directory’s own name for a service that is chosen from it. @throws InvalidInput */
  async named<Said extends NamedService>(tenant: Tenant, on: PlainDate, said: Said): Promise<Said> {
    if (!said.serviceId && !said.service?.trim())
      throw new InvalidInput([
        {
          rule: 'service-is-named',
          section: 'Care Act 2014 s4(2)',
          field: 'service',
          message: 'Choose a service of the directory, or write the name of another.',
        },
      ]);
    if (!said.serviceId) return said;
    const found = await this.directory.named(tenant, said.serviceId, on);
    if (found) return { ...said, service: found.name };
    throw new InvalidInput([
      {
        rule: 'service-stands-in-the-directory',
        section: 'Care Act 2014 s4(2)',
        field: 'serviceId',
        message: 'No such service stood in the directory on that day. Choose another, or write its name yourself.',
      },
    ]);
  }

  /** What can be chosen: services that fit the words, and in any case the one that was chosen before. */
  async offered(
    tenant: Tenant,
    on: PlainDate,
    words: string,
    chosen: string | undefined,
  ): Promise<readonly DirectoryService[]> {
    const found = words ? await this.directory.standing(tenant, on, words, MOST) : [];
    if (!chosen || found.some(({ serviceId }) => serviceId === chosen)) return found;
    const kept = await this.directory.named(tenant, chosen, on);
    return kept ? [kept, ...found] : found;
  }
}

/** As many as somebody reads before they look again with other words. */
const MOST = 12;
