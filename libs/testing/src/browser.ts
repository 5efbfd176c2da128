import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll } from '@jest/globals';
import type { Browser, CDPSession, Page as BrowserPage } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const CLOSE_LIMIT_MS = 15_000;
/** For a click, a navigation, the start: a slow machine takes its time, only what hangs is ended. */
const PATIENCE_MS = 240_000;
const SCRIPT = 'Emulation.setScriptExecutionDisabled';
/** The script of axe-core, read when the first page is looked at. */
let axe: string | undefined;

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** How a browser window is opened. */
export interface WindowOptions {
  /** In CSS pixels; 1280 where it is left out. */
  readonly width?: number;
  readonly height?: number;
  /** False: pages as they are without script; it is let run only for the moment in which axe looks at them. */
  readonly script?: boolean;
}

/** A page that is checked for accessibility whenever it has gone somewhere: none escapes. */
export class Page {
  constructor(
    /** Playwright's own page, for what is not a navigation. */
    readonly raw: BrowserPage,
    private readonly base: string,
    /** Of a window without script: what lets axe's timers run, without which it would never finish. */
    private readonly debug?: CDPSession,
  ) {}

  /** Goes to a path of the site. @returns the HTTP status @throws Error with every violation of WCAG 2.2 AA */
  async open(path: string): Promise<number> {
    const answer = await this.raw.goto(new URL(path, this.base).href, { waitUntil: 'load' });
    await this.check();
    return answer?.status() ?? 0;
  }

  /** Clicks what leads to another page, and waits for it. @param name the accessible name of a link or button */
  async follow(role: 'link' | 'button', name: string | RegExp): Promise<void> {
    const target = this.raw.getByRole(role, { name, ...(typeof name === 'string' && { exact: true }) }).first();
    await Promise.all([this.raw.waitForEvent('load'), target.click()]);
    await this.check();
  }

  text(): Promise<string> {
    return this.raw.locator('body').innerText();
  }

  path(): string {
    const { pathname, search } = new URL(this.raw.url());
    return pathname + search;
  }

  async screenshot(file: string): Promise<void> {
    await this.raw.screenshot({ path: file, fullPage: true });
  }

  /** @throws Error with every violation of WCAG 2.2 AA, and when the page is wider than the window */
  async check(): Promise<void> {
    await this.debug?.send(SCRIPT, { value: false });
    try {
      await this.checkNow();
    } finally {
      await this.debug?.send(SCRIPT, { value: true });
    }
  }

  private async checkNow(): Promise<void> {
    axe ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    // Evaluated by the browser's debugger, so the page's content policy does not stand in its way.
    await this.raw.evaluate(`${axe}; undefined`);
    const violations = await this.raw.evaluate<Violation[]>(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }).then((found) => found.violations)`,
    );
    const overflow = await this.raw.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    const wrong = [
      ...violations.map(
        ({ id, help, nodes }) =>
          `${id}: ${help}\n${nodes.map((node) => `    ${node.target.join(' ')}: ${node.failureSummary ?? ''}`).join('\n')}`,
      ),
      ...(overflow > 0 ? [`The page is ${overflow} px wider than the window.`] : []),
    ];
    if (wrong.length) throw new Error(`${this.path()} is not accessible.\n${wrong.join('\n')}`);
  }
}

/** A headless Chromium; `close` it when the tests are done. */
export class TestBrowser {
  constructor(private readonly browser: Browser) {}

  /** A fresh window, with no cookies. @param base address of the site: `http://127.0.0.1:41234` */
  async window(base: string, { width = 1280, height = 900, script = true }: WindowOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: { width, height },
      javaScriptEnabled: script,
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    if (script) return new Page(page, base);
    const debug = await context.newCDPSession(page);
    // Each session of the debugger has its own switch, and obeys only a change of it.
    await debug.send(SCRIPT, { value: true });
    return new Page(page, base, debug);
  }

  /** Waits a while for the browser to end by itself; what is left then ends with this process. */
  async close(): Promise<void> {
    const waiting = new AbortController();
    const patience = pause(CLOSE_LIMIT_MS, undefined, { signal: waiting.signal }).catch(() => undefined);
    await Promise.race([this.browser.close(), patience]).finally(() => waiting.abort());
  }
}

const opened = new Set<Promise<TestBrowser>>();
// Also one that opened beside a house which did not start: nobody was given it, and it would keep jest's worker from ending.
afterAll(async () => {
  for (const browser of await Promise.allSettled(opened))
    if (browser.status === 'fulfilled') await browser.value.close();
});

/** Opens the browser of `CHROMIUM_PATH`, which the setup of the end-to-end tests has found. It ends with the file's tests. */
export function openBrowser(): Promise<TestBrowser> {
  const browser = launch();
  opened.add(browser);
  return browser;
}

async function launch(): Promise<TestBrowser> {
  const executablePath = process.env['CHROMIUM_PATH'];
  if (!executablePath) throw new Error('No browser: CHROMIUM_PATH is set by test/jest/browser.mjs, before the tests.');
  // Loaded here and not above: the unit tests import this library too, and it is the largest thing in it by far.
  const { chromium } = await import('playwright-core');
  return new TestBrowser(await chromium.launch({ executablePath, args: FLAGS, timeout: PATIENCE_MS }));
}
