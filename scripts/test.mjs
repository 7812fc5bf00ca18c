// Builds, checks, installs what the tests need, and runs every test.
// `npm test -- test/acceptance/run-state.test.ts --test-name-pattern=AUT-073` runs some, without the check.
import { ensurePython } from './python.mjs';
import { CHECKS, step } from './steps.mjs';
import { testFiles } from './test-files.mjs';
import { runFiles } from './test-pool.mjs';

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

step('build', process.execPath, ['scripts/build.mjs']);
if (wanted.length === 0 && options.length === 0) for (const check of CHECKS) step(...check);
process.env.TRIPLINE_TEST_PYTHON = python();
const files = wanted.length === 0 ? testFiles() : wanted;
console.log(`> tests: ${files.length} files`);
process.exitCode = (await runFiles(files, options)) ? 0 : 1;

function python() {
  try {
    return ensurePython();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
