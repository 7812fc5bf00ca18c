// Measures the built program beside the limits of this machine, in about a minute.
import { spawnSync } from 'node:child_process';
import { root, step } from './steps.mjs';

step('build', process.execPath, ['scripts/build.mjs']);
const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'bench/main.ts'], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
