// The browser that the tests drive: one that this machine has, else installed as Playwright does, else as Debian does.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Path of a browser, installed if there is none. @throws Error that says what to do */
export function ensureBrowser() {
  const found = findBrowser() ?? installed();
  if (found !== undefined) return found;
  throw new Error('the browser tests need Chromium or Chrome: install one, or name it in TRIPLINE_TEST_BROWSER');
}

function findBrowser() {
  const named = process.env.TRIPLINE_TEST_BROWSER;
  if (named !== undefined) return named;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...paths, ...APPLICATIONS, chromium.executablePath()].find((path) => existsSync(path));
}

function installed() {
  console.log('> browser: installing Chromium (once)');
  const cli = join(createRequire(import.meta.url).resolve('playwright-core'), '..', 'cli.js');
  run(process.execPath, [cli, 'install', 'chromium']);
  if (findBrowser() === undefined && process.getuid?.() === 0) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  }
  return findBrowser();
}

function run(command, args) {
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 180_000 });
}
