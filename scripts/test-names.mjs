// Refuses two tests with one name in one file: a failing test must be found by its name alone.
import { readFileSync } from 'node:fs';
import { root } from './steps.mjs';
import { testFiles } from './test-files.mjs';

const CALL = /^[ \t]*(?:test|it|scenario|property)\(\s*(['"`])((?:(?!\1).|\\.)+)\1/gm;

const faults = testFiles().flatMap((file) => {
  const names = [...readFileSync(root + file, 'utf8').matchAll(CALL)].map((match) => match[2]);
  const repeated = new Set(names.filter((name, at) => names.indexOf(name) !== at));
  return [...repeated].map((name) => `${file}: two tests are called '${name}'`);
});

for (const fault of faults) console.error(fault);
if (faults.length === 0) console.log(`test names: ${testFiles().length} files, none twice`);
process.exit(faults.length === 0 ? 0 : 1);
