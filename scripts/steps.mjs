// Runs the steps of a gate one after the other, stopping at the first that fails.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const bin = (name) => `${root}node_modules/.bin/${name}`;

/** The one ordered gate, cheapest first. */
export const CHECKS = [
  ['format and lint', bin('biome'), ['check', '--error-on-warnings']],
  ['types', bin('tsc'), []],
  ['types of the web app', bin('tsc'), ['-p', 'web']],
  ['floors', process.execPath, ['scripts/floors.mjs']],
  ['test names', process.execPath, ['scripts/test-names.mjs']],
  ['conformance', process.execPath, ['scripts/conformance.mjs']],
];

/** Runs one step with its output shown; ends this process with the step's code when it fails. */
export function step(name, command, args) {
  const started = Date.now();
  console.log(`> ${name}`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return console.log(`  ${name}: clean, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  console.error(`FAILED at '${name}': ${error?.message ?? `exit code ${status}`}; nothing after it was run`);
  process.exit(status || 1);
}
