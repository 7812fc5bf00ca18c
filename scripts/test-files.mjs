// Where tests lie: beside the pure file they test, or below test/.
import { existsSync, readdirSync } from 'node:fs';
import { root } from './steps.mjs';

/** Paths from the root, the long-running acceptance tests first so that two workers stay busy until the end. */
export function testFiles() {
  return [
    ...below('test/acceptance'),
    ...below('test').filter((file) => !file.startsWith('test/acceptance/')),
    ...below('src'),
  ];
}

function below(folder) {
  if (!existsSync(root + folder)) return [];
  return readdirSync(`${root}${folder}`, { recursive: true })
    .map((file) => `${folder}/${String(file).replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
}
