import { mkdirSync } from 'node:fs';
import { openWindow } from '/work/wt-artifacts/test/support/browser.ts';
import { assertAccessible } from '/work/wt-artifacts/test/support/accessible.ts';
import { cleanUp } from '/work/wt-artifacts/test/support/clean-up.ts';
import { openFilledServer } from '/work/wt-artifacts/test/support/filled-team.ts';
import { SCREENS, signIn } from '/work/wt-artifacts/test/screenshots/screens.ts';
const OUT = '/tmp/artifacts-shots'; mkdirSync(OUT, { recursive: true });
const only = /^(collection|version|registr|palette|project-artifacts)/;
const { server, team, dispose } = await openFilledServer();
try {
  for (const [size, scheme] of [['wide','light'],['narrow','light']] as const) {
    const viewport = size === 'wide' ? { width: 1440, height: 900 } : { width: 390, height: 844 };
    const window = await openWindow(server.url, { viewport, colorScheme: scheme });
    await window.page.clock.setFixedTime(server.clock.now());
    await window.page.goto('/');
    await signIn(window.page, team.username, team.password);
    await window.page.getByRole('link', { name: team.project }).first().waitFor();
    for (const s of SCREENS) {
      if (!only.test(s.name)) continue;
      try {
        if (s.path) await window.page.goto(s.path(team));
        await s.act?.(window.page, team);
        await window.page.waitForLoadState('networkidle');
        await assertAccessible(window.page);
      } catch (e) { console.error(size, s.name, String(e).slice(0, 900)); }
      await window.page.screenshot({ path: `${OUT}/${s.name}-${size}.png`, animations: 'disabled', fullPage: true });
    }
    console.error([...new Set(window.faults)].join('\n'));
    await window.context.close();
  }
} finally { await dispose(); await cleanUp(); }
process.exit(0);
