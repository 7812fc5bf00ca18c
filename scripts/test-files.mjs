// Where tests lie: beside the pure file they test, or below test/.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { root } from './steps.mjs';

/** Those that take longest, as measured: begun first, none of them runs on alone when all others have ended. */
const LONGEST = [
  'pages',
  'web-run',
  'web-versions',
  'web-builder',
  'web-integrations',
  'acceptance/secrets',
  'acceptance/branched-runs',
  'rights',
  'web-workspace',
  'web-runs',
  'acceptance/chaos-database',
  'acceptance/killed-uploads',
  'web-registries',
  'acceptance/blobs-move',
  'web-team',
  'acceptance/nodes',
  'acceptance/chaos-nodes',
  'acceptance/chaos',
  'web-hub',
  'web-artifacts',
  'acceptance/durability',
  'acceptance/client-runs',
  'acceptance/client-registries',
  'acceptance/client-artifact-events',
  'acceptance/ssrf',
  'acceptance/definitions',
  'delivery',
  'web-charts',
].map((name) => `test/${name}.test.ts`);

/** Paths from the root, the long-running ones first so that all workers stay busy until the end. */
export function testFiles() {
  const others = [...below('test/acceptance'), ...below('test'), ...below('src')];
  return [...new Set([...LONGEST.filter((file) => existsSync(root + file)), ...others])];
}

/** Starts the server within the test's own process. */
const WITHIN = /\/(in-process|http-stage)\.ts'/;
/** Drives a browser. */
const WITH_BROWSER = /support\/(browser|visit)\.ts'/;
/** Starts programs. */
const WITH_PROGRAMS = /support\/(server|stage|python)\.ts'/;

/**
 * How a file is run: a pure one, which needs nothing of the world, and a light one, which needs but a database, share a
 * process with others of their kind; what starts programs, a browser, or takes long, has one of its own.
 *
 * @returns {'pure' | 'light' | 'alone' | 'browser'}
 */
export function kindOf(file) {
  if (file.startsWith('src/') || file.startsWith('test/plots/')) return 'pure';
  const source = readFileSync(root + file, 'utf8');
  if (WITH_BROWSER.test(source)) return 'browser';
  return WITHIN.test(source) && !WITH_PROGRAMS.test(source) && !LONGEST.includes(file) ? 'light' : 'alone';
}

function below(folder) {
  if (!existsSync(root + folder)) return [];
  return readdirSync(`${root}${folder}`, { recursive: true })
    .map((file) => `${folder}/${String(file).replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
}
