import { type Account, Accounts, type SignedInRequest } from '@caretrail/access';
import { formatDate, formatPence, londonClock, londonDate, type PlainDate } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import nunjucks from 'nunjucks';
import { type AsOfDays, asOfQuery, asOfSentence, asOfSource } from '../as-of/as-of.js';
import { ukDate } from '../as-of/uk-date.js';
import { type FormState, fieldId } from '../forms/form-state.js';
import { SHOWN_FIELD } from '../shown/what-was-shown.js';
import { CouncilDirectory, type NamedCouncil } from './council-directory.port.js';
import { navigationOf } from './navigation.js';
import { StyleSheet } from './style-sheet.js';
import { templateFolders } from './template-folders.js';

/** What a template is given besides its own values. */
export interface PageContext {
  /** Of the page, as it stands in `<title>`; the h1 is the template's own. */
  readonly title: string;
  /** With it the page has the as-of bar. */
  readonly asOf?: AsOfDays;
  readonly form?: FormState;
  /** On the right of the footer. */
  readonly footerNote?: string;
  readonly [name: string]: unknown;
}

/** A page that is drawn as it was shown to whoever made a decision. */
export interface PageAgain {
  readonly by: string;
  /** London day and clock time. */
  readonly at: string;
  /** Where the decision is read. */
  readonly href: string;
}

export type PageRequest = Pick<FastifyRequest, 'url' | 'headers'> &
  Pick<SignedInRequest, 'account'> & {
    behind?: boolean;
    vouchedFor?: string;
    asShown?: PageAgain;
  };

const VIEW = 'page';
/** Where the macro `commandId` stands; what people type is escaped, so that nobody else can write it. */
const SHOWN_MARK = '<!--shown-->';

/** Renders pages on the server, inside the layout that belongs to whoever is signed in. */
@Injectable()
export class PageRenderer {
  private environment?: { readonly folders: string; readonly nunjucks: nunjucks.Environment };

  constructor(
    @Inject(CouncilDirectory) private readonly councils: CouncilDirectory,
    @Inject(StyleSheet) private readonly styles: StyleSheet,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  /**
   * @param template name within a registered folder: `market-position.njk`
   * @param context the page's own values beside `PageContext`; a value named like one of the layout's wins
   */
  async render(template: string, context: PageContext, request: PageRequest): Promise<string> {
    const account = request.account;
    const council = account && (await this.councils.get(account.tenant));
    const values = { ...this.layoutValues(account, council, context, request), ...context };
    const page = await new Promise<string>((resolve, reject) => {
      this.engine().render(template, values, (error, text) => (error ? reject(error) : resolve(text ?? '')));
    });
    const drawn = page.replaceAll(SHOWN_MARK, shownField(request.vouchedFor));
    return request.asShown ? withoutSending(drawn) : drawn;
  }

  /** The name of an actor for display, see `Accounts.nameOf`. */
  nameOf(account: Account, actorId: string, actorRole?: string): Promise<string> {
    return this.accounts.nameOf(account.tenant, actorId, actorRole);
  }

  private layoutValues(
    account: Account | undefined,
    council: NamedCouncil | undefined,
    { asOf }: PageContext,
    request: PageRequest,
  ) {
    const url = new URL(request.url, 'http://page');
    const path = url.pathname;
    return {
      view: VIEW,
      account,
      council,
      path,
      behind: request.behind === true,
      asShown: request.asShown,
      styleSheet: this.styles.href,
      script: this.styles.scriptHref,
      navigation: (account ? navigationOf(account.role) : []).map((entry) => ({
        ...entry,
        active: path === entry.href || path.startsWith(`${entry.href}/`),
      })),
      asOfSentence: asOf && asOfSentence(asOf),
      asOfSource: asOf && asOfSource(asOf),
      asOfQuery: asOf ? asOfQuery(asOf) : '',
      otherQuery: [...url.searchParams].filter(([name]) => !['effective', 'known', 'page'].includes(name)),
      /** The address of this page with some of its query values changed; empty ones go. */
      withQuery: (changes: Record<string, string | number | null | undefined>) => {
        const query = new URLSearchParams(url.search);
        for (const [name, value] of Object.entries(changes)) {
          if (value === null || value === undefined || value === '') query.delete(name);
          else query.set(name, String(value));
        }
        const text = query.toString();
        return text ? `${path}?${text}` : path;
      },
    };
  }

  private engine(): nunjucks.Environment {
    const folders = templateFolders();
    const key = folders.join('\n');
    if (this.environment?.folders !== key) this.environment = { folders: key, nunjucks: environmentFor(folders) };
    return this.environment.nunjucks;
  }
}

/** What was shown is looked at, and not sent once more: a form whose button is disabled cannot be. */
function withoutSending(page: string): string {
  const main = page.indexOf('<main');
  return page.slice(0, main) + page.slice(main).replaceAll('<button', '<button disabled');
}

function environmentFor(folders: string[]): nunjucks.Environment {
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(folders), {
    autoescape: true,
    throwOnUndefined: false,
    trimBlocks: true,
    lstripBlocks: true,
  });
  environment.addFilter('number', (value: number | bigint) => writtenNumber(value));
  environment.addFilter('signed', (value: number) => writtenNumber(value, true));
  environment.addFilter('cell', (value: unknown, signed?: boolean) =>
    typeof value === 'number' || typeof value === 'bigint'
      ? writtenNumber(value, signed)
      : typeof value === 'string'
        ? value
        : '',
  );
  environment.addFilter('pounds', (pence: number, style?: 'exact' | 'pounds') => formatPence(pence, style));
  environment.addFilter('date', (date: PlainDate, style?: 'long' | 'short' | 'shortYear') =>
    date ? formatDate(date, style) : '',
  );
  environment.addFilter('uk', (date: PlainDate) => (date ? ukDate(date) : ''));
  environment.addFilter('clock', (instant: string, seconds?: boolean) => londonClock(instant, seconds));
  environment.addFilter('day', (instant: string) => londonDate(instant));
  environment.addFilter('fieldId', (path: string) => fieldId(path));
  environment.addFilter('pixels', (share: number, width: number) =>
    Math.round(Math.max(0, Math.min(1, share)) * width),
  );
  return environment;
}

/** Goes into every form that sends a command: what its reader has before them. */
const shownField = (token: string | undefined): string =>
  token === undefined ? '' : `<input type="hidden" name="${SHOWN_FIELD}" value="${token}">`;

/** `-1250` → `−1,250`; `signed` puts a plus before what is more than nothing. */
function writtenNumber(value: number | bigint, signed = false): string {
  const digits = value.toLocaleString('en-GB').replace(/^-/, '−');
  return signed && value > 0 ? `+${digits}` : digits;
}
