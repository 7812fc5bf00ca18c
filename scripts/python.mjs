// The Python side of the tests: the client that users have, and a server that speaks S3, each at the version pinned in
// test/support/, in virtual environments of this checkout.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { root } from './steps.mjs';

const CLIENT = { name: 'wandb', requirements: `${root}test/support/requirements.txt` };
const OBJECT_STORE = { name: 'moto', requirements: `${root}test/support/object-store-requirements.txt` };
const HELP =
  "Python 3.10 or newer with virtual environments is needed: install it (Debian, Ubuntu: 'apt-get install python3-venv'), or set TRIPLINE_TEST_PYTHON to an interpreter.";

export const wandbVersion = versionOf(CLIENT);

/** Found once in each process: what packages an interpreter has only its start tells, and tests ask for each script. */
let found;

/**
 * Path of an interpreter that has the pinned client; makes the environment when it is not there yet.
 * TRIPLINE_TEST_PYTHON names the interpreter to build on; one that has the pinned client already is used as it is.
 */
export function ensurePython() {
  const given = process.env.TRIPLINE_TEST_PYTHON;
  found ??= given && hasClient(given) ? given : environment(CLIENT);
  return found;
}

/** Path of an interpreter that has the pinned object store; makes the environment when it is not there yet. */
export function ensureObjectStore() {
  return environment(OBJECT_STORE);
}

function versionOf({ name, requirements }) {
  return new RegExp(`^${name}(?:\\[.*\\])?==(\\S+)$`, 'm').exec(readFileSync(requirements, 'utf8'))[1];
}

function environment(packages) {
  const folder = `${root}.venv/${packages.name}-${versionOf(packages)}`;
  const python = process.platform === 'win32' ? `${folder}/Scripts/python.exe` : `${folder}/bin/python`;
  const given = process.env.TRIPLINE_TEST_PYTHON;
  if (existsSync(`${folder}/.ready`)) return python;
  const base = [given, 'python3', 'python'].find((name) => name && isRecent(name));
  if (base === undefined) throw new Error(HELP);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${root}.venv`, { recursive: true });
  console.log(`> Python: installing ${packages.name} ${versionOf(packages)} into .venv (once)`);
  const failures = [];
  for (const [name, make] of WAYS) {
    const failure = make(base, folder, python, packages.requirements);
    if (failure === undefined) {
      writeFileSync(`${folder}/.ready`, '');
      return python;
    }
    failures.push(`${name}: ${failure}`);
    rmSync(folder, { recursive: true, force: true });
  }
  throw new Error(`${HELP}\n${failures.join('\n')}`);
}

/** In order of likelihood. Debian and Ubuntu ship Python without `ensurepip`, so plain `venv` may not work there. */
const WAYS = [
  [
    'venv',
    (base, folder, python, wanted) => run(base, ['-m', 'venv', folder]) ?? install(python, ['-m', 'pip'], wanted),
  ],
  [
    "venv with the system's pip",
    (base, folder, python, wanted) =>
      run(base, ['-m', 'venv', '--without-pip', folder]) ?? install(base, ['-m', 'pip', '--python', python], wanted),
  ],
  [
    'virtualenv module',
    (base, folder, python, wanted) => run(base, ['-m', 'virtualenv', folder]) ?? install(python, ['-m', 'pip'], wanted),
  ],
  [
    'virtualenv',
    (base, folder, python, wanted) => run('virtualenv', ['-p', base, folder]) ?? install(python, ['-m', 'pip'], wanted),
  ],
];

function install(python, pip, requirements) {
  return run(python, [...pip, 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
}

/** What went wrong, as one line; `undefined` when nothing did. */
function run(command, args) {
  const { status, error, stderr, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return undefined;
  const said = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').at(-1);
  return error?.message ?? (said || `exit code ${status}`);
}

function isRecent(python) {
  return run(python, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']) === undefined;
}

function hasClient(python) {
  const check = `import importlib.metadata, sys; sys.exit(importlib.metadata.version("wandb") != "${wandbVersion}")`;
  return run(python, ['-c', check]) === undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(ensurePython());
  if (process.argv.includes('--object-store')) ensureObjectStore();
}
