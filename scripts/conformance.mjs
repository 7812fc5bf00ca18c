// Keeps docs/conformance.md true: each rule of the checklist names the files whose tests carry its number, or the
// benchmark that measures it.
// `node scripts/conformance.mjs --write` fills the last column in; without it, a row that differs is refused.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { root } from './steps.mjs';

const DOCUMENT = 'docs/conformance.md';
const NUMBER = /AUT-\d{3}/g;
/** The name of a test, of whatever helper declares it. */
const NAME = /^[ \t]*[a-z]\w*\(\s*(['"`])((?:(?!\1)[^\n]|\\.)+)\1/gim;
const ROW = /^\| (AUT-\d{3}) \| (.+) \| (.+) \|$/;
const NONE = '–';

const filesOf = new Map();
for (const file of sources('test')) for (const [, , name] of read(file).matchAll(NAME)) note(file, name);
for (const file of sources('src').filter((each) => each.endsWith('.test.ts'))) {
  for (const [, , name] of read(file).matchAll(NAME)) note(file, name);
}
for (const file of sources('bench')) note(file, read(file));

const told = read(DOCUMENT);
const kept = told
  .split('\n')
  .map((line) => line.replace(ROW, (_, number, rule) => `| ${number} | ${rule} | ${testsOf(number)} |`))
  .join('\n');
const numbers = told.split('\n').flatMap((line) => ROW.exec(line)?.[1] ?? []);
const unknown = [...filesOf.keys()].filter((number) => !numbers.includes(number)).sort();
const tested = numbers.filter((number) => filesOf.has(number));

if (process.argv.includes('--write')) writeFileSync(root + DOCUMENT, kept);
else if (kept !== told) fail(`${DOCUMENT} is not what the tests say: node scripts/conformance.mjs --write`);
if (unknown.length > 0) fail(`${DOCUMENT} has no row for ${unknown.join(', ')}, which tests name`);
console.log(`conformance: ${tested.length} of ${numbers.length} rules have tests`);

function read(file) {
  return readFileSync(root + file, 'utf8');
}

function sources(folder) {
  return readdirSync(root + folder, { recursive: true })
    .map((file) => `${folder}/${String(file).replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts'));
}

function note(file, text) {
  for (const number of text.match(NUMBER) ?? []) filesOf.set(number, (filesOf.get(number) ?? new Set()).add(file));
}

function testsOf(number) {
  const files = [...(filesOf.get(number) ?? [])].sort();
  return files.length === 0 ? NONE : files.map((file) => `[${shortName(file)}](../${file})`).join(', ');
}

function shortName(file) {
  return file.replace(/^(test\/acceptance|test|src)\//, '').replace(/(\.test)?\.ts$/, '');
}

function fail(reason) {
  console.error(reason);
  process.exit(1);
}
