import { join } from 'node:path';
import { type Account, Accounts, actorOf, Allow, SignedIn } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import { formatDate, idOf, londonClock, londonDate, NotFound, type StoredEvent } from '@caretrail/kernel';
import { PageRenderer, registerTemplates, rememberPosition } from '@caretrail/web';
import { Body, Controller, Get, Header, HttpCode, Inject, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DirectoryImporter } from '../application/directory/directory-importer.js';
import type { DirectoryReceivedData, DirectoryRecordRejectedData } from '../contracts/index.js';
import { directoryFileCategory, directoryFileStream } from '../domain/directory-file/directory-file.decider.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const HTML = 'text/html; charset=utf-8';
const FILES_SHOWN = 100;
const FAULTS_SHOWN = 500;

const importing = z.strictObject({
  /** What the file is called; for people. */
  name: z.string().trim().min(1).max(255).default('sent over the API'),
  /** The day the directory said so; today where it is left out. */
  publishedOn: z.iso.date().optional(),
  /** Whether it is the whole directory: what is not in it is delisted. */
  whole: z.boolean().default(false),
  /** What Open Referral UK (HSDS-UK 3.0) serves at `/services`: a page with `contents`, or an array of services. */
  directory: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]),
});

/** One file as it was taken in; without `received` its import is under way or was interrupted. */
interface TakenFile {
  readonly id: string;
  readonly received?: DirectoryReceivedData;
  readonly recorded: string;
  readonly by: string;
}

/** Files of the directory of universal services, and what became of their records. */
@ApiTags('directory')
@Controller()
@Allow('commissioner', 'analyst')
export class DirectoryImportsController {
  constructor(
    @Inject(DirectoryImporter) private readonly importer: DirectoryImporter,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  /** Takes in a listing of services of at most a megabyte (larger ones by `caretrail import directory`). The same again changes nothing. */
  @Post('api/directory-imports')
  @HttpCode(200)
  async take(
    @Body({ schema: importing }) { directory, publishedOn, ...body }: z.infer<typeof importing>,
    @SignedIn() account: Account,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const outcome = await this.importer.import({
      ...body,
      ...(publishedOn && { publishedOn }),
      tenant: account.tenant,
      actor: actorOf(account),
      content: Buffer.from(JSON.stringify(directory)),
    });
    if (outcome.events) rememberPosition(reply, { position: BigInt(outcome.position), eventIds: [] });
    return outcome;
  }

  /** Files of the directory that were taken in, newest first. */
  @Get('api/directory-imports')
  async apiList(@SignedIn() account: Account) {
    return (await this.files(account)).map(({ id, received, recorded }) => ({ id, recorded, ...received }));
  }

  /** One file, and the records that were rejected, with place and reason. */
  @Get('api/directory-imports/:id')
  async apiShow(@SignedIn() account: Account, @Param('id', ParseUUIDPipe) id: string) {
    const { file, rejected } = await this.one(account, id);
    return { id, ...file.received, rejectedRecords: rejected.map(({ place, faults }) => ({ place, faults })) };
  }

  @Get('directory-imports')
  @ApiExcludeEndpoint()
  @Header('content-type', HTML)
  async list(@SignedIn() account: Account, @Req() request: FastifyRequest) {
    const files = (await this.files(account)).map(wordsOf);
    return this.pages.render('directory-imports.njk', { title: 'Files of the directory', files }, request);
  }

  @Get('directory-imports/:id')
  @ApiExcludeEndpoint()
  @Header('content-type', HTML)
  async show(@SignedIn() account: Account, @Param('id', ParseUUIDPipe) id: string, @Req() request: FastifyRequest) {
    const { file, rejected } = await this.one(account, id);
    const faults = rejected.flatMap((record) => record.faults);
    const rows = (all: typeof faults) =>
      all.slice(0, FAULTS_SHOWN).map(({ place, reason, rule }) => ({ cells: [place, reason, rule] }));
    return this.pages.render(
      'directory-import.njk',
      {
        title: 'File of the directory',
        file: wordsOf(file),
        rejected: rejected.length,
        faults: rows(faults),
        warnings: rows(file.received?.warnings ?? []),
        more: faults.length > FAULTS_SHOWN,
      },
      request,
    );
  }

  private async files({ tenant }: Account): Promise<TakenFile[]> {
    const files: TakenFile[] = [];
    for (let after = ''; files.length < FILES_SHOWN;) {
      const streams = await this.store.streamsOf(tenant, directoryFileCategory, after, FILES_SHOWN);
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
  private async one({ tenant }: Account, fileId: string) {
    const events = await this.store.readStream(tenant, directoryFileStream({ fileId }));
    const last = events.at(-1);
    if (!last) throw new NotFound('There is no file of the directory with this id. Look at the list of files.');
    const rejected = events
      .filter(({ type }) => type === 'commissioning.directory-record-rejected.v1')
      .map(({ data }) => data as DirectoryRecordRejectedData);
    return { file: await this.fileOf(last), rejected };
  }

  private async fileOf({ type, data, stream, tenant, metadata, recordedAt }: StoredEvent): Promise<TakenFile> {
    return {
      id: idOf(stream),
      ...(type === 'commissioning.directory-received.v1' && { received: data as DirectoryReceivedData }),
      recorded: recordedAt,
      by: await this.accounts.nameOf(tenant, metadata.actorId),
    };
  }
}

function wordsOf({ id, received, recorded, by }: TakenFile) {
  return {
    id,
    by,
    recorded: `${formatDate(londonDate(recorded), 'shortYear')} ${londonClock(recorded)}`,
    name: received?.name ?? 'not finished',
    publishedOn: received && formatDate(received.publishedOn, 'shortYear'),
    whole: received?.whole,
    counts: received?.counts,
  };
}
