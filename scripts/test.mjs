// Builds, checks, installs what the tests need, and runs every test.
// `npm test -- test/acceptance/run-state.test.ts --test-name-pattern=AUT-073` runs some, without the check.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { ensureBrowser } from './browser.mjs';
import { ensureObjectStore, ensurePython } from './python.mjs';
import { CHECKS, root, step } from './steps.mjs';
import { testFiles } from './test-files.mjs';
import { runFiles } from './test-pool.mjs';

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

const files = wanted.length === 0 ? testFiles() : wanted;
const usesStore = files.some((file) => uses(file, 'object-store'));
// what takes longest to install comes while the steps below keep but one core busy
const python = spawn(process.execPath, ['scripts/python.mjs', ...(usesStore ? ['--object-store'] : [])], {
  cwd: root,
  stdio: 'ignore',
});
process.on('exit', () => python.kill());
const installed = once(python, 'exit');
step('build', process.execPath, ['scripts/build.mjs']);
if (wanted.length === 0 && options.length === 0) for (const check of CHECKS) step(...check);
await installed;
// once, before several files ask for it at the same time; what was not installed is tried again, and told
process.env.TRIPLINE_TEST_PYTHON = orExit(ensurePython);
if (files.some((file) => uses(file, 'browser'))) process.env.TRIPLINE_TEST_BROWSER = orExit(ensureBrowser);
if (usesStore) orExit(ensureObjectStore);
console.log(`> tests: ${files.length} files`);
process.exitCode = (await runFiles(files, options)) ? 0 : 1;

function uses(file, support) {
  return readFileSync(root + file, 'utf8').includes(`support/${support}.ts`);
}

function orExit(ensure) {
  try {
    return ensure();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
