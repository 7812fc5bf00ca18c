// Builds the server, a tenth of a second, and the web app where it changed, into dist/: it runs before every start.
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildWeb } from './build-web.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

for (const name of readdirSync(root).includes('dist') ? readdirSync(`${root}/dist`) : []) {
  if (name !== 'web') rmSync(`${root}/dist/${name}`, { recursive: true, force: true });
}
await build({
  absWorkingDir: root,
  entryPoints: {
    tripline: 'src/cli/main.ts',
    'hash-files-thread': 'src/blobs/hash-files-thread.ts',
    'make-columns-thread': 'src/tracking/make-columns-thread.ts',
    'run-backtest-thread': 'src/automations/run-backtest-thread.ts',
  },
  outdir: 'dist',
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
cpSync(`${root}/src/store/migrations`, `${root}/dist/migrations`, { recursive: true });
await buildWeb(root);
