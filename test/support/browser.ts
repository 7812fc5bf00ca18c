import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onEnd } from './clean-up.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

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
  context.setDefaultTimeout(15_000);
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
  const executablePath = findBrowser() ?? installed();
  // as root there is no sandbox of Chromium's; what it is shown is ours
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  onEnd(() => browser.close());
  return browser;
}

/** A browser that this machine has: the one that is named, one on the path, or Playwright's own. */
function findBrowser(): string | undefined {
  const named = process.env.TRIPLINE_TEST_BROWSER;
  if (named !== undefined) return named;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...paths, ...APPLICATIONS, chromium.executablePath()].find((path) => existsSync(path));
}

/** Installs one, as Playwright does, or as Debian does where we may. @throws Error that says what to do */
function installed(): string {
  const cli = join(createRequire(import.meta.url).resolve('playwright-core'), '..', 'cli.js');
  run(process.execPath, [cli, 'install', 'chromium']);
  if (findBrowser() === undefined && process.getuid?.() === 0) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  }
  const found = findBrowser();
  if (found !== undefined) return found;
  throw new Error('the browser tests need Chromium or Chrome: install one, or name it in TRIPLINE_TEST_BROWSER');
}

function run(command: string, args: readonly string[]): void {
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: 300_000 });
}
