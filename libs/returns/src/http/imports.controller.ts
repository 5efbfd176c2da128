import { type Account, Accounts, Allow, SignedIn } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import { NotFound, type StoredEvent, formatDate, londonClock, londonDate, streamName } from '@caretrail/kernel';
import { PageRenderer, registerTemplates } from '@caretrail/web';
import { Controller, Get, Header, Inject, Param, ParseUUIDPipe, Req } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { join } from 'node:path';
import type { FileReceivedData, RowRejectedData } from '../contracts/returns.events.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const CATEGORY = 'returns.cld-file';
const FILES_SHOWN = 100;
const REJECTED_SHOWN = 500;

/** One file as it was taken in; `received` is left out while its import is under way or was interrupted. */
interface ReceivedFile {
  readonly id: string;
  readonly received?: FileReceivedData;
  readonly recorded: string;
  readonly by: string;
}

/** What became of each Client Level Data file: data quality, without anybody's data. */
@ApiTags('imports')
@Controller()
@Allow('analyst')
export class ImportsController {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PageRenderer) private readonly renderer: PageRenderer,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  @Get('imports')
  @ApiExcludeEndpoint()
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@SignedIn() account: Account, @Req() request: FastifyRequest) {
    const files = await this.files(account);
    return this.renderer.render('imports.njk', { title: 'Imports', files: files.map(rowOf) }, request);
  }

  @Get('imports/:id')
  @ApiExcludeEndpoint()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@SignedIn() account: Account, @Param('id', ParseUUIDPipe) id: string, @Req() request: FastifyRequest) {
    const { file, rejected } = await this.one(account, id);
    const faults = rejected.flatMap(({ line, faults }) =>
      faults.map(({ column, reason, rule }) => ({ cells: [String(line), column ?? 'the whole row', reason, rule] })),
    );
    return this.renderer.render(
      'import.njk',
      {
        title: 'Import',
        file: rowOf(file),
        period: file.received?.period,
        rejected: rejected.length,
        faults: faults.slice(0, REJECTED_SHOWN),
        more: faults.length > REJECTED_SHOWN,
      },
      request,
    );
  }

  @Get('api/imports')
  @ApiOperation({ summary: 'Client Level Data files that were imported, newest first.' })
  async apiList(@SignedIn() account: Account) {
    return (await this.files(account)).map(({ id, received, recorded }) => ({ id, recorded, ...received }));
  }

  @Get('api/imports/:id')
  @ApiOperation({ summary: 'One file, and the lines that were rejected, with column and reason.' })
  async apiShow(@SignedIn() account: Account, @Param('id', ParseUUIDPipe) id: string) {
    const { file, rejected } = await this.one(account, id);
    return { id, ...file.received, rejectedRows: rejected.map(({ line, faults }) => ({ line, faults })) };
  }

  private async files({ tenant }: Account): Promise<ReceivedFile[]> {
    const files: ReceivedFile[] = [];
    for (let after = ''; files.length < FILES_SHOWN;) {
      const streams = await this.store.streamsOf(tenant, CATEGORY, after, FILES_SHOWN);
      if (!streams.length) break;
      for (const stream of streams) {
        const [last] = await this.store.readStream(tenant, stream, { backwards: true, limit: 1 });
        if (last) files.push(await this.fileOf(last));
      }
      after = streams.at(-1)!;
    }
    return files.sort((one, other) => (one.recorded < other.recorded ? 1 : -1));
  }

  /** @throws NotFound */
  private async one({ tenant }: Account, id: string): Promise<{ file: ReceivedFile; rejected: RowRejectedData[] }> {
    const events = await this.store.readStream(tenant, streamName(CATEGORY, id));
    const last = events.at(-1);
    if (!last) throw new NotFound('There is no import with this id. Look at the list of imports.');
    const rejected = events
      .filter(({ type }) => type === 'returns.row-rejected.v1')
      .map(({ data }) => data as RowRejectedData);
    return { file: await this.fileOf(last), rejected: rejected.sort((one, other) => one.line - other.line) };
  }

  private async fileOf(last: StoredEvent): Promise<ReceivedFile> {
    const { type, data, tenant, metadata, recordedAt } = last;
    return {
      id: (data as { fileId: string }).fileId,
      ...(type === 'returns.file-received.v1' && { received: data as FileReceivedData }),
      recorded: recordedAt,
      by: await this.accounts.nameOf(tenant, metadata.actorId),
    };
  }
}

function rowOf({ id, received, recorded, by }: ReceivedFile) {
  return {
    id,
    by,
    recorded: `${formatDate(londonDate(recorded), 'shortYear')} ${londonClock(recorded)}`,
    name: received?.name ?? 'not finished',
    submittedOn: received && formatDate(received.submittedOn, 'shortYear'),
    counts: received?.counts,
  };
}
