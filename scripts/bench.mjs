// Measures the built program beside the limits of this machine; options: bench/options.ts.
import { spawnSync } from 'node:child_process';
import { root, step } from './steps.mjs';

step('build', process.execPath, ['scripts/build.mjs']);
const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'bench/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
