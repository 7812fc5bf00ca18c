// Builds the web app into dist/web with packed forms beside its files, unless it was built from the very same sources.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** What the web app is made of. */
const SOURCES = [
  'web',
  'src/model',
  'src/filter',
  'src/template',
  'src/events',
  'src/actions',
  'src/engine',
  'src/access',
];
const FILES = ['package-lock.json', 'scripts/build-web.mjs'];
const PACKED = /\.(js|css|html|svg)$/;
/** Bytes: less than this is not worth packing. */
const SMALLEST = 512;

export async function buildWeb(root) {
  const out = `${root}/dist/web`;
  const stamp = stampOf(root);
  const told = `${out}/built.txt`;
  if (existsSync(told) && readFileSync(told, 'utf8').startsWith(stamp)) return;
  const { build } = await import('vite');
  await build({ root: `${root}/web`, configFile: `${root}/web/vite.config.ts`, logLevel: 'warn' });
  for (const file of filesIn(out)) if (PACKED.test(file)) pack(`${out}/${file}`);
  const sizes = firstLoad(out);
  console.log(`web app, first load: ${sizes.js} kB JavaScript and ${sizes.css} kB CSS, packed by brotli`);
  writeFileSync(told, `${stamp}\n${JSON.stringify(sizes)}\n`);
}

function stampOf(root) {
  const hash = createHash('sha256');
  const sources = SOURCES.flatMap((folder) => filesIn(`${root}/${folder}`).map((file) => `${folder}/${file}`));
  for (const file of [...sources, ...FILES]) hash.update(file).update(readFileSync(`${root}/${file}`));
  return hash.digest('hex');
}

function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).sort();
}

function pack(file) {
  const plain = readFileSync(file);
  if (plain.length < SMALLEST) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  writeFileSync(`${file}.br`, brotliCompressSync(plain, { params }));
  writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
}

/** Kilobytes, as browsers load them, of what the first page needs: the entry and all that it imports at once. */
function firstLoad(out) {
  const manifest = JSON.parse(readFileSync(`${out}/.vite/manifest.json`, 'utf8'));
  const chunks = new Set();
  const visit = (name) => {
    if (chunks.has(name)) return;
    chunks.add(name);
    for (const each of manifest[name].imports ?? []) visit(each);
  };
  for (const [name, { isEntry }] of Object.entries(manifest)) if (isEntry) visit(name);
  const files = [...chunks].map((name) => manifest[name]);
  const bytes = (name) => statSync([`${out}/${name}.br`, `${out}/${name}`].find((file) => existsSync(file))).size;
  const kilobytes = (names) => Math.round([...new Set(names)].reduce((sum, name) => sum + bytes(name), 0) / 1000);
  return { js: kilobytes(files.map(({ file }) => file)), css: kilobytes(files.flatMap(({ css = [] }) => css)) };
}
