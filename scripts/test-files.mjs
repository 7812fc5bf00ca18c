// Where tests lie: beside the pure file they test, or below test/.
import { existsSync, readdirSync } from 'node:fs';
import { root } from './steps.mjs';

/** Those that take longest, as measured: begun first, none of them runs on alone when all others have ended. */
const LONGEST = [
  'rights',
  'acceptance/chaos',
  'acceptance/chaos-database',
  'acceptance/chaos-nodes',
  'acceptance/durability',
  'delivery',
  'acceptance/client-runs',
  'acceptance/ssrf',
  'acceptance/secrets',
  'acceptance/killed-uploads',
  'acceptance/nodes',
  'acceptance/client-registries',
  'acceptance/definitions',
  'acceptance/client-artifact-events',
  'pages',
  'web-integrations',
  'web-builder',
].map((name) => `test/${name}.test.ts`);

/** Paths from the root, the long-running ones first so that all workers stay busy until the end. */
export function testFiles() {
  const others = [...below('test/acceptance'), ...below('test'), ...below('src')];
  return [...new Set([...LONGEST.filter((file) => existsSync(root + file)), ...others])];
}

function below(folder) {
  if (!existsSync(root + folder)) return [];
  return readdirSync(`${root}${folder}`, { recursive: true })
    .map((file) => `${folder}/${String(file).replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
}
