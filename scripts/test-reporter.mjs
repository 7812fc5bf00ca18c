// Prints each failure in full and tells the counts to the process that started this one. A test is a leaf: suites
// are not counted.
import { inspect } from 'node:util';
import { closing } from './test-counts.mjs';

export default async function* report(events) {
  const counts = { pass: 0, fail: 0, skipped: 0 };
  const failures = [];
  let trail = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') trail = [...trail.slice(0, data.nesting), data.name];
    if (type === 'test:diagnostic' && data.nesting > 0) yield `  ${data.message}\n`;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details.type === 'suite') {
      // its tests are told apart; what failed in the suite itself is told here
      const { failureType } = data.details.error ?? {};
      if (failureType === undefined || failureType === 'subtestsFailed') continue;
      yield `\n✖ ${data.name}\n${describe(data.details.error)}\n`;
      // of a hook that failed, its tests say that they did not finish
      if (failureType === 'hookFailed') continue;
      counts.fail += 1;
      failures.push(data.name);
      continue;
    }
    const outcome = outcomeOf(type, data);
    counts[outcome] += 1;
    if (outcome !== 'fail') continue;
    const name = [...trail.slice(0, data.nesting), data.name].join(' › ');
    failures.push(name);
    yield `\n✖ ${name}\n${describe(data.details.error)}\n`;
  }
  if (process.send === undefined) yield closing(counts);
  else process.send({ counts, failures });
}

function outcomeOf(type, data) {
  if (data.skip !== undefined || data.todo !== undefined) return 'skipped';
  return type === 'test:pass' ? 'pass' : 'fail';
}

function describe(error) {
  const cause = error?.cause ?? error;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
  return text.replace(/^/gm, '  ');
}
