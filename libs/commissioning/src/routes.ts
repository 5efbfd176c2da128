import type { CommandRoute } from '@caretrail/kernel';
import {
  ContributeToSpecification,
  DelistService,
  KeepRejectedRecords,
  ListService,
  OpenSpecification,
  PublishSpecification,
  RecordDirectoryFile,
  RecordReturnedElement,
  WithdrawReturnedElement,
  WithdrawSpecification,
  WriteSpecificationVersion,
} from './contracts/index.js';
import { carePackageDecider, carePackageStream } from './domain/care-package/care-package.decider.js';
import { directoryFileDecider, directoryFileStream } from './domain/directory-file/directory-file.decider.js';
import {
  directoryServiceDecider,
  directoryServiceStream,
} from './domain/directory-service/directory-service.decider.js';
import {
  specificationDecider,
  specificationStream,
} from './domain/service-specification/service-specification.decider.js';

const carePackage = { decider: carePackageDecider, stream: carePackageStream };
const directoryService = { decider: directoryServiceDecider, stream: directoryServiceStream };
const directoryFile = { decider: directoryFileDecider, stream: directoryFileStream };
const specification = { decider: specificationDecider, stream: specificationStream };

/** Which decider answers each command of this context, and on which stream. */
export const commissioningRoutes: CommandRoute[] = [
  { command: RecordReturnedElement, ...carePackage },
  { command: WithdrawReturnedElement, ...carePackage },
  { command: ListService, ...directoryService },
  { command: DelistService, ...directoryService },
  { command: RecordDirectoryFile, ...directoryFile },
  { command: KeepRejectedRecords, ...directoryFile },
  { command: OpenSpecification, ...specification },
  { command: ContributeToSpecification, ...specification },
  { command: WriteSpecificationVersion, ...specification },
  { command: PublishSpecification, ...specification },
  { command: WithdrawSpecification, ...specification },
];
