import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { ensureBrowser } from '../../scripts/browser.mjs';
import { onEnd } from './clean-up.ts';
import { WITHIN_MS } from './wait.ts';

/** A window of a browser, with what went wrong in it. */
export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts, and what the page's policy refused. */
  readonly faults: readonly string[];
}

let launched: Promise<Browser> | undefined;

/** A window of its own: nobody is signed in there. All of a process share one browser. */
export async function openWindow(baseURL: string, options: BrowserContextOptions = {}): Promise<Window> {
  launched ??= launch();
  const browser = await launched;
  const context = await browser.newContext({ baseURL, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(WITHIN_MS);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // the console also tells of every answer of 400 and above: those are the server's, and meant
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  return { page, context, faults };
}

async function launch(): Promise<Browser> {
  const executablePath = ensureBrowser();
  // as root there is no sandbox of Chromium's; what it is shown is ours
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  onEnd(() => browser.close());
  return browser;
}
