// Declares the tests of several files in one process, each file a suite of its own, so that its hooks are its own:
// `node … scripts/test-together.mjs src/a.test.ts src/b.test.ts`.
import { describe } from 'node:test';
import { pathToFileURL } from 'node:url';
// what files share, a database above all, is undone when the last of them has ended
import '../test/support/clean-up.ts';

for (const file of process.argv.slice(2)) describe(file, () => import(pathToFileURL(file).href));
