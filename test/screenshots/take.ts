// Writes pictures of every screen into screenshots/: wide and narrow, light and dark. `npm run screenshots`
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openWindow, type Window } from '../support/browser.ts';
import { cleanUp } from '../support/clean-up.ts';
import { type FilledTeam, openFilledServer } from '../support/filled-team.ts';
import type { Server } from '../support/server.ts';
import { SCREENS, type Screen } from './screens.ts';

const FOLDER = fileURLToPath(new URL('../../screenshots', import.meta.url));
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const;
const SCHEMES = ['light', 'dark'] as const;

const { server, team, dispose } = await openFilledServer();
try {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const size of ['wide', 'narrow'] as const)
    for (const scheme of SCHEMES) await takeAll(server, team, size, scheme);
  console.log(`the screens are in ${FOLDER}`);
} finally {
  await dispose();
  await cleanUp();
}

async function takeAll(
  { url, clock }: Server,
  team: FilledTeam,
  size: keyof typeof SIZES,
  scheme: (typeof SCHEMES)[number],
): Promise<void> {
  const mobile = size === 'narrow' ? { isMobile: true, hasTouch: true } : {};
  const window = await openWindow(url, { viewport: SIZES[size], colorScheme: scheme, ...mobile });
  await window.page.clock.setFixedTime(clock.now());
  for (const screen of SCREENS) await take(window, screen, team, `${FOLDER}/${screen.name}-${size}-${scheme}.png`);
  if (window.faults.length > 0) console.error(`${size}, ${scheme}: ${[...new Set(window.faults)].join('\n')}`);
  await window.context.close();
}

async function take({ page }: Window, { path, act }: Screen, team: FilledTeam, file: string): Promise<void> {
  if (path !== undefined) await page.goto(path(team));
  await act?.(page, team);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: file, animations: 'disabled' });
}
