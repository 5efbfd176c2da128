import { Public, type SignedInRequest } from '@caretrail/access';
import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { PageRenderer } from './page-renderer.js';

/** Pages about the pages. */
@ApiExcludeController()
@Public()
@Controller()
export class StandingPagesController {
  constructor(@Inject(PageRenderer) private readonly pages: PageRenderer) {}

  @Get('accessibility')
  @Header('content-type', 'text/html; charset=utf-8')
  accessibility(@Req() request: FastifyRequest & SignedInRequest): Promise<string> {
    return this.pages.render('pages/accessibility.njk', { title: 'Accessibility' }, request);
  }

  @Get('about-figures')
  @Header('content-type', 'text/html; charset=utf-8')
  aboutFigures(@Req() request: FastifyRequest & SignedInRequest): Promise<string> {
    return this.pages.render('pages/about-figures.njk', { title: 'Why a figure is what it is' }, request);
  }
}
