import type {} from '@fastify/cookie';
import {
  type Account,
  Accounts,
  Allow,
  Public,
  SESSION_COOKIE,
  SESSION_SECONDS,
  SignedIn,
  type SignedInRequest,
  Sessions,
} from '@caretrail/access';
import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CouncilDirectory } from '../page/council-directory.port.js';
import { firstPageOf } from '../page/navigation.js';
import { PageRenderer } from '../page/page-renderer.js';
import { SignInDesk } from './sign-in-desk.js';

const signIn = z.object({
  account: z.uuid({ error: 'Choose an account' }),
  next: z.string().max(2_000).optional(),
});
const newSession = z.strictObject({ account: z.uuid({ error: 'Give the id of an account, a UUID' }) });

/** A path of this site, never another site's address. */
export function safeNext(next: string | undefined): string | undefined {
  return next && /^\/(?![/\\])[^\\\s]*$/.test(next) ? next : undefined;
}

/** Signing in and out, and where a role begins. */
@ApiExcludeController()
@Controller()
export class SignInController {
  constructor(
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(CouncilDirectory) private readonly councils: CouncilDirectory,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(SignInDesk) private readonly desk: SignInDesk,
  ) {}

  @Public()
  @Get()
  async home(@Req() request: SignedInRequest, @Res() reply: FastifyReply): Promise<void> {
    await reply.redirect(request.account ? firstPageOf(request.account.role) : '/sign-in', 303);
  }

  @Public()
  @Get('sign-in')
  @Header('content-type', 'text/html; charset=utf-8')
  async choose(@Req() request: FastifyRequest & SignedInRequest, @Query('next') next?: string): Promise<string> {
    const councils = await Promise.all(
      (await this.councils.list()).map(async (council) => ({
        council,
        accounts: await this.accounts.list(council.tenant),
      })),
    );
    return this.pages.render('pages/sign-in.njk', { title: 'Sign in', councils, next: safeNext(next) }, request);
  }

  @Public()
  @Post('sign-in')
  async signIn(
    @Body({ schema: signIn }) body: z.infer<typeof signIn>,
    @Req() { ip }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const account = await this.desk.accountOf(body.account, ip);
    await reply
      .setCookie(SESSION_COOKIE, await this.sessions.issue(account), {
        httpOnly: true,
        sameSite: 'lax',
        path: '/',
        maxAge: SESSION_SECONDS,
      })
      .redirect(safeNext(body.next) ?? firstPageOf(account.role), 303);
  }

  @Public()
  @Post('sign-out')
  async signOut(@Req() request: SignedInRequest, @Res() reply: FastifyReply): Promise<void> {
    // Also where the session cannot be ended now: this browser forgets it.
    reply.clearCookie(SESSION_COOKIE, { path: '/' });
    await this.sessions.signOut(request);
    await reply.redirect('/sign-in', 303);
  }
}

/** Sessions for other systems. */
@ApiTags('sessions')
@Controller('api/sessions')
export class SessionsController {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(SignInDesk) private readonly desk: SignInDesk,
  ) {}

  /** A token for an account, for `Authorization: Bearer …`; valid for twelve hours, or until it is signed out with. */
  @Public()
  @Post()
  @HttpCode(201)
  @ApiOperation({ summary: 'Sign in', security: [] })
  async create(
    @Body({ schema: newSession }) body: z.infer<typeof newSession>,
    @Req() { ip }: FastifyRequest,
  ): Promise<{ token: string; role: string }> {
    const account = await this.desk.accountOf(body.account, ip);
    return { token: await this.sessions.issue(account), role: account.role };
  }

  /** Ends the session of the token that is sent: it opens nothing from now on. */
  @Allow()
  @Delete('current')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out' })
  async end(@Req() request: SignedInRequest): Promise<void> {
    await this.sessions.signOut(request);
  }

  /** Who is signed in. */
  @Allow()
  @Get('current')
  @ApiOperation({ summary: 'Who is signed in' })
  current(@SignedIn() account: Account): Account {
    return account;
  }
}
