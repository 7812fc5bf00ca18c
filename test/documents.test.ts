import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { DEFINITIONS } from '../src/server/settings/schema.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const readme = read('README.md');

test('the README names every setting with its flag, and none that is not there', () => {
  const table = readme.split('\n').filter((line) => /^\| (`--|\| `[A-Z0-9_]{8,}`)/.test(line));
  const told = table.map((line) => /`([A-Z0-9_]{8,})`/.exec(line)?.[1]);
  const shown = DEFINITIONS.map(([, definition]) => definition).filter(({ hidden }) => !hidden);
  deepStrictEqual(told.toSorted(), shown.map(({ variable }) => variable).toSorted());
  for (const { flag, variable } of shown) {
    const row = table.find((line) => line.includes(`\`${variable}\``)) ?? '';
    ok(flag === undefined || row.includes(`\`${flag.split(' ')[0]}\``), `${variable} has another flag`);
  }
});

test('the README shows the quick-start script as it is, in at most 25 lines, with nothing but wandb', () => {
  const script = read('docs/quick_start.py');
  ok(readme.includes(`\`\`\`python\n${script}\`\`\``), 'the README shows another script');
  ok(script.trim().split('\n').length <= 25);
  const imports = script.match(/^(?:import|from) \S+/gm) ?? [];
  deepStrictEqual(imports, ['import wandb', 'from wandb.automations']);
});

test('every document that another one links to is there', () => {
  const documents = readdirSync(new URL('../docs', import.meta.url)).filter((name) => name.endsWith('.md'));
  for (const path of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...documents.map((name) => `docs/${name}`)]) {
    for (const [, target = ''] of read(path).matchAll(/\]\((?!http)([^)#]+)(?:#[^)]*)?\)/g)) {
      ok(read(join(dirname(path), target)).length > 0, `${path} links to ${target}`);
    }
  }
});

test('the changelog tags every line', () => {
  const lines = read('CHANGELOG.md')
    .split('\n')
    .filter((line) => line.startsWith('- '));
  ok(lines.length > 0);
  strictEqual(
    lines.filter((line) => !/^- \[(CHANGE|FEATURE|ENHANCEMENT|BUGFIX)\] [a-z-]+: .+\.$/.test(line)).join('\n'),
    '',
  );
});
