import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Of what axe looks for, only contrast depends on the colours. */
const OF_COLOURS = ['color-contrast'];

/** In the page: all that changes its looks is at its end, but for what turns for ever. Some would wait for a frame. */
const SETTLE = `for (const each of document.getAnimations())
  if (each.effect?.getComputedTiming().endTime !== Infinity) each.finish();`;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Nothing on the page keeps anybody out, in light colours and in dark ones. */
export async function assertAccessible(page: Page): Promise<void> {
  const show = async (colours: 'light' | 'dark') => {
    await page.evaluate(`document.documentElement.dataset.mantineColorScheme = '${colours}'; ${SETTLE}`);
  };
  assert.deepEqual(await objections(page, show), []);
}

/** What axe objects to on the page, with where; what it finds in dark colours only is told as such. */
export async function objections(page: Page, show: (colours: 'light' | 'dark') => Promise<void>): Promise<string[]> {
  await show('light');
  const light = await violations(page);
  await show('dark');
  const dark = await violations(page, OF_COLOURS);
  await show('light');
  return [...light, ...dark.map((each) => `dark: ${each}`)];
}

/** @param rules all, where they are left out */
async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(`globalThis.axe ?? (() => { ${AXE} })()`);
  // selectors of what axe approves of, and style sheets, which none of these rules reads, are half of its work
  const lean = { resultTypes: ['violations'], preload: { assets: ['media'] } };
  const options = rules === undefined ? lean : { ...lean, runOnly: rules };
  const { violations: found } = await page.evaluate<{ violations: Violation[] }>(`axe.run(${JSON.stringify(options)})`);
  const told = ({ html, failureSummary }: Violation['nodes'][number]) => `${html.slice(0, 160)} ${failureSummary}`;
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(told).join('\n')}`);
}
