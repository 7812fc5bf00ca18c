// Runs test files with node's own test runner, each in a process of its own, two at a time: a file that fails is
// named even where its tests are declared by a helper, and one that hangs is ended alone.
import { spawn } from 'node:child_process';
import { root } from './steps.mjs';
import { closing } from './test-counts.mjs';

const WORKERS = 2;
/** The longest one file may take. */
const FILE_LIMIT_MS = 6 * 60_000;
const NODE = ['--import', 'tsx', '--test-reporter=./scripts/test-reporter.mjs', '--test-reporter-destination=stdout'];

/** Runs the files and prints the closing counts. @returns whether tests ran and all of them passed */
export async function runFiles(files, options) {
  const waiting = [...files];
  const results = [];
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const result = await runFile(file, options);
      results.push(result);
      console.log(lineOf(result));
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return conclude(results);
}

function runFile(file, options) {
  const started = Date.now();
  const child = spawn(process.execPath, [...NODE, ...options, file], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said = [];
  let told;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => said.push(data));
  child.on('message', (message) => {
    told = message;
  });
  const limit = setTimeout(() => {
    said.push(`${file} did not end within ${FILE_LIMIT_MS / 60_000} minutes\n`);
    child.kill('SIGKILL');
  }, FILE_LIMIT_MS);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(limit);
      const { counts, failures } = outcome(told, code);
      resolve({
        file,
        counts,
        failures,
        text: Buffer.concat(said.map(Buffer.from)).toString(),
        ms: Date.now() - started,
      });
    });
  });
}

/** A file that broke off, or failed outside of its tests, is one failure more. */
function outcome(told, code) {
  const { counts, failures } = told ?? { counts: { pass: 0, fail: 0, skipped: 0 }, failures: [] };
  if (code === 0 || counts.fail > 0) return { counts, failures };
  return { counts: { ...counts, fail: 1 }, failures: ['(the file itself)'] };
}

function lineOf({ file, counts, text, ms }) {
  const { pass, fail, skipped } = counts;
  const more = `${fail ? `, ${fail} failed` : ''}${skipped ? `, ${skipped} skipped` : ''}`;
  return `${text}${fail === 0 ? '✔' : '✖'} ${file}: ${pass} passed${more} (${(ms / 1000).toFixed(1)} s)`;
}

function conclude(results) {
  const counts = { pass: 0, fail: 0, skipped: 0 };
  for (const result of results) for (const name of Object.keys(counts)) counts[name] += result.counts[name];
  const failed = results.flatMap(({ file, failures }) => failures.map((name) => `✖ ${name} (${file})`));
  if (failed.length > 0) console.log(['', 'Failed:', ...failed].join('\n'));
  if (counts.pass + counts.fail === 0) console.log('\nNo test ran.');
  process.stdout.write(closing(counts));
  return counts.fail === 0 && counts.pass > 0;
}
