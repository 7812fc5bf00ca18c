// Runs test files with node's own test runner, several at a time: those that start programs each in a process of its
// own, so that one that hangs is ended alone; light ones several in one process, whose start costs more than they do.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { root } from './steps.mjs';
import { closing } from './test-counts.mjs';
import { kindOf } from './test-files.mjs';

/** One more than there are cores: most tests wait for some of their time, for a client or a database. */
const WORKERS = Math.min(availableParallelism() + 1, 6);
/**
 * Those that begin with what drives a browser, and take other files when there is no more of it: where several browsers
 * draw at a time on few cores, each may stand still for as long as a test waits.
 */
const WITH_BROWSER = Math.max(1, Math.floor(WORKERS / 3));
/** The longest that one process may take. */
const FILE_LIMIT_MS = 12 * 60_000;
/** Light files that share a process, and its database: few, for each keeps connections until the last has ended. */
const LIGHT_TOGETHER = 6;
/** Imports the files that it is given, one after the other. */
const TOGETHER = 'scripts/test-together.mjs';
const NODE = ['--import', 'tsx', '--test-reporter=./scripts/test-reporter.mjs', '--test-reporter-destination=stdout'];

/** Runs the files and prints the closing counts. @returns whether tests ran and all of them passed */
export async function runFiles(files, options) {
  const { browser, others } = groupsOf(files);
  const results = [];
  const work = async (first, then) => {
    const next = () => first.shift() ?? then.shift();
    for (let group = next(); group !== undefined; group = next()) {
      const result = await runGroup(group, options);
      results.push(result);
      console.log(lineOf(result));
    }
  };
  await Promise.all(
    Array.from({ length: WORKERS }, (_, at) => (at < WITH_BROWSER ? work(browser, others) : work(others, browser))),
  );
  return conclude(results);
}

/** What runs in one process each, in the given order; small ones come last, and fill what time the workers have left. */
function groupsOf(files) {
  const [browser, alone, light, pure] = ['browser', 'alone', 'light', 'pure'].map((kind) =>
    files.filter((file) => kindOf(file) === kind),
  );
  return {
    browser: browser.map((file) => [file]),
    others: [
      ...alone.map((file) => [file]),
      ...dealt(light, Math.ceil(light.length / LIGHT_TOGETHER)),
      ...dealt(pure, Math.min(WORKERS, pure.length)),
    ],
  };
}

/** The files in so many groups, as cards are dealt. */
function dealt(files, groups) {
  return Array.from({ length: groups }, (_, at) => files.filter((_file, place) => place % groups === at));
}

function runGroup(files, options) {
  const [file] = files.length === 1 ? files : [`${files[0]} and ${files.length - 1} more`];
  const started = Date.now();
  const child = spawn(process.execPath, [...NODE, ...options, ...(files.length === 1 ? files : [TOGETHER, ...files])], {
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
