import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { openWindow, type Window } from './browser.ts';
import { OWN_PAGE } from './browser-call.ts';
import type { Person, Scene } from './scene.ts';

/**
 * Somebody has signed in by their key, in a window of their own, in which nothing goes wrong. The first page is the
 * test's to open.
 */
export async function visit(
  { server }: Pick<Scene, 'server'>,
  { key }: Pick<Person, 'key'>,
  body: (window: Window) => Promise<void>,
): Promise<void> {
  const window = await openWindow(server.url, { viewport: { width: 1440, height: 900 } });
  const answer = await window.context.request.post('/api/v1/session', { data: { apiKey: key }, headers: OWN_PAGE });
  assert.ok(answer.ok(), `${answer.status()} ${await answer.text()}`);
  await body(window);
  assert.deepEqual(window.faults, []);
  await window.context.close();
}

/** Exports what a list shows, and reads the file that the browser gets. */
export async function exportedLines<Line>(page: Page): Promise<Line[]> {
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'JSON Lines' }).click(),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line));
}
