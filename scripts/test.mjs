// Installs what the tests need, builds, checks, and runs every test.
// `npm test -- test/acceptance/run-state.test.ts --test-name-pattern=AUT-073` runs some, without the check.
import { spawn } from 'node:child_process';
import { ensurePython } from './python.mjs';
import { CHECKS, root, step } from './steps.mjs';
import { testFiles } from './test-files.mjs';

/** The longest the tests may take in all; what hangs is ended with this sentence instead of silently. */
const LIMIT_MS = 17 * 60_000;

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const all = wanted.length === 0 && options.length === 0;

step('build', process.execPath, ['scripts/build.mjs']);
if (all) for (const check of CHECKS) step(...check);
process.env.TRIPLINE_TEST_PYTHON = python();
process.exitCode = await runTests(wanted.length === 0 ? testFiles() : wanted);

function python() {
  try {
    return ensurePython();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

function runTests(files) {
  const node = [
    ...['--import', 'tsx', '--test', '--test-concurrency=2'],
    ...['--test-reporter=./scripts/test-reporter.mjs', '--test-reporter-destination=stdout'],
  ];
  console.log(`> tests: ${files.length} files`);
  const child = spawn(process.execPath, [...node, ...options, ...files], { cwd: root, stdio: 'inherit' });
  const watchdog = setTimeout(() => {
    console.error(`the tests did not end within ${LIMIT_MS / 60_000} minutes`);
    child.kill('SIGKILL');
  }, LIMIT_MS);
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      clearTimeout(watchdog);
      resolve(code ?? 1);
    });
  });
}
