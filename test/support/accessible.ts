import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Nothing on the page keeps anybody out, in light colours and in dark ones. */
export async function assertAccessible(page: Page): Promise<void> {
  await page.evaluate(`globalThis.axe ?? (() => { ${AXE} })()`);
  for (const colours of ['light', 'dark']) {
    await page.evaluate(`document.documentElement.dataset.mantineColorScheme = '${colours}'`);
    const found = await page.evaluate<{
      violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
    }>('Promise.all(document.getAnimations().map((each) => each.finished.catch(() => 0))).then(() => axe.run())');
    const told = found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
    assert.deepEqual(told, [], colours);
  }
  await page.evaluate(`document.documentElement.dataset.mantineColorScheme = 'light'`);
}
