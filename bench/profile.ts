import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { percent, say, title } from './report.ts';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const SHOWN = 40;
const BUNDLE = fileURLToPath(new URL('../dist/tripline.js', import.meta.url));

/** Variables with which a server writes a profile into the folder when it ends. */
export function profilingEnv(folder: string): Record<string, string> {
  mkdirSync(folder, { recursive: true });
  const hook = new URL('profile-hook.mjs', import.meta.url).href;
  return { NODE_OPTIONS: `--import=${hook}`, BENCH_PROFILE: folder };
}

/** Prints where the newest profile's time went: by file, and by function. */
export function printProfile(folder: string): void {
  const newest = readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .toSorted()
    .at(-1);
  if (newest === undefined) return;
  const profile = JSON.parse(readFileSync(join(folder, newest), 'utf8')) as Profile;
  const places = new Places();
  const files = new Map<string, number>();
  const functions = new Map<string, number>();
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  let busy = 0;
  for (const [at, id] of profile.samples.entries()) {
    const frame = frames.get(id);
    if (frame === undefined || frame.functionName === '(idle)') continue;
    const took = profile.timeDeltas[at] ?? 0;
    const file = places.fileOf(frame.url, frame.lineNumber);
    busy += took;
    add(files, file, took);
    add(functions, `${frame.functionName || '(anonymous)'}  ${file}`, took);
  }
  title(`where the server's ${(busy / 1e6).toFixed(1)} s of work went: by file, then by function (${newest})`);
  for (const costs of [files, functions]) printCosts(costs, busy);
}

function add(costs: Map<string, number>, what: string, took: number): void {
  costs.set(what, (costs.get(what) ?? 0) + took);
}

function printCosts(costs: ReadonlyMap<string, number>, busy: number): void {
  const sorted = [...costs].toSorted(([, one], [, other]) => other - one);
  for (const [what, took] of sorted.slice(0, SHOWN)) say(percent(took / busy), '', { note: what });
  console.log();
}

/** Says which source file a place in the bundle comes from: the bundler leaves a comment above each. */
class Places {
  readonly #starts: readonly { readonly line: number; readonly file: string }[];

  constructor() {
    const lines = readFileSync(BUNDLE, 'utf8').split('\n');
    this.#starts = lines.flatMap((text, line) => (text.startsWith('// src/') ? [{ line, file: text.slice(3) }] : []));
  }

  fileOf(url: string, line: number): string {
    if (url.endsWith('/dist/tripline.js')) return this.#starts.findLast((start) => start.line <= line)?.file ?? url;
    const [, inPackage] = /.*\/node_modules\/(.*)/.exec(url) ?? [];
    return inPackage ?? (url === '' ? '(native)' : url);
  }
}
