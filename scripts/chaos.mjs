// The kill ledger (docs/crash-safety.md): kills the built program again and again, and compares what was acknowledged
// with what is stored and what arrived. `npm run chaos -- --kills 2000`, for as long as one likes.
import { spawnSync } from 'node:child_process';
import { root, step } from './steps.mjs';

step('build', process.execPath, ['scripts/build.mjs']);
const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'test/chaos/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
