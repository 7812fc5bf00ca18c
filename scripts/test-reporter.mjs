// Prints one line per test file, each failure in full, and closing counts that scripts can read.
// A test is a leaf: suites are not counted, a file that cannot even be loaded counts as one failure.
import { relative } from 'node:path';
import { inspect } from 'node:util';

export default async function* report(events) {
  const counts = { pass: 0, fail: 0, skipped: 0, todo: 0 };
  const files = new Map();
  const failures = [];
  const trails = new Map();
  for await (const { type, data } of events) {
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if (type === 'test:diagnostic' && data.nesting > 0) yield `  ${data.message}\n`;
    if (type === 'test:start') extend(trails, data);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (isSuite(data) || isWrapper(data, type)) continue;
    const outcome = outcomeOf(type, data);
    counts[outcome] += 1;
    tally(files, data.file, outcome, data.details.duration_ms);
    if (outcome !== 'fail') continue;
    const name = `${extend(trails, data).join(' › ')} (${place(data.file)})`;
    failures.push(`✖ ${name}`);
    yield `\n✖ ${name}\n${describe(data)}\n`;
  }
  yield summary(files, failures, counts);
}

/** Names from the outermost suite to this test; starts and results of one file come in order. */
function extend(trails, data) {
  const trail = [...(trails.get(data.file) ?? []).slice(0, data.nesting), data.name];
  trails.set(data.file, trail);
  return trail;
}

function isSuite(data) {
  return data.details.type === 'suite';
}

/** A file that passed, or failed only because a test in it did, is not a test of its own. */
function isWrapper(data, type) {
  const isFile = data.nesting === 0 && /\.test\.ts$/.test(data.name);
  const cause = data.details.error?.failureType;
  return isFile && (type === 'test:pass' || cause === 'subtestsFailed');
}

function outcomeOf(type, data) {
  if (data.skip !== undefined) return 'skipped';
  if (data.todo !== undefined) return 'todo';
  return type === 'test:pass' ? 'pass' : 'fail';
}

function tally(files, file, outcome, duration) {
  const line = files.get(file) ?? { pass: 0, fail: 0, skipped: 0, todo: 0, ms: 0 };
  line[outcome] += 1;
  line.ms += duration;
  files.set(file, line);
}

function describe(data) {
  const error = data.details.error;
  const cause = error?.cause ?? error;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
  return text.replace(/^/gm, '  ');
}

function place(file) {
  return file === undefined ? 'no file' : relative(process.cwd(), file);
}

function summary(files, failures, counts) {
  const lines = [...files].map(
    ([file, line]) =>
      `${line.fail === 0 ? '✔' : '✖'} ${place(file)}: ${line.pass} passed${line.fail ? `, ${line.fail} failed` : ''}${line.skipped ? `, ${line.skipped} skipped` : ''} (${(line.ms / 1000).toFixed(1)} s)`,
  );
  const tests = counts.pass + counts.fail + counts.skipped + counts.todo;
  if (tests === 0) process.exitCode = 1;
  return [
    '',
    ...lines,
    ...(failures.length === 0 ? [] : ['', 'Failed:', ...failures]),
    ...(tests === 0 ? ['', 'No test ran.'] : []),
    '',
    `# tests ${tests}`,
    `# pass ${counts.pass}`,
    `# fail ${counts.fail}`,
    `# skipped ${counts.skipped}`,
    `${counts.pass} passed, ${counts.fail} failed`,
    '',
  ].join('\n');
}
