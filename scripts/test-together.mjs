// Declares the tests of several files in one process: `node … scripts/test-together.mjs src/a.test.ts src/b.test.ts`.
import { pathToFileURL } from 'node:url';

for (const file of process.argv.slice(2)) await import(pathToFileURL(file).href);
