// Holds the floors of the house: an import goes only down the list, never up, never sideways between
// rooms of one floor, never in a ring (type imports count). Prints each breach and exits 1.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../src', import.meta.url));

const FLOORS = [
  ['model'],
  ['filter', 'template'],
  ['events', 'actions'],
  ['engine', 'access'],
  ['store', 'blobs', 'secrets', 'outbound'],
  ['directory', 'tracking', 'automations', 'delivery', 'audit'],
  ['wire'],
  ['server'],
  ['cli'],
];

/** Rooms of floor 4 that stand beside the database and need only the nouns. */
const ONLY_MODEL = new Set(['blobs', 'secrets', 'outbound']);

const floorOf = new Map(FLOORS.flatMap((rooms, floor) => rooms.map((room) => [room, floor])));
const files = readdirSync(root, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
const imports = new Map(files.map((file) => [file, importsOf(file)]));
const faults = [...files.flatMap(faultsOf), ...rings()];

for (const fault of faults) console.error(fault);
if (faults.length === 0) console.log(`floors: ${files.length} files, no breach, no ring`);
process.exit(faults.length === 0 ? 0 : 1);

function importsOf(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const targets = [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)['"](\.[^'"]+)['"]/g)].map((match) => match[1]);
  return targets.map((target) => relative(root, resolve(root, dirname(file), target)));
}

function faultsOf(file) {
  const room = roomOf(file);
  if (!floorOf.has(room)) return [`src/${file}: no floor is named for the room '${room}'`];
  return (imports.get(file) ?? []).flatMap((target) => {
    const reached = roomOf(target);
    if (reached === room) return wireBreach(file, target);
    const below = (floorOf.get(reached) ?? Number.POSITIVE_INFINITY) < floorOf.get(room);
    const allowed = below && !(ONLY_MODEL.has(room) && reached !== 'model');
    return allowed ? [] : [`src/${file}: '${room}' may not import '${reached}' (${target})`];
  });
}

/** The protocols of `wire/` are rooms of their own; what they share lies directly in `wire/`. */
function wireBreach(file, target) {
  const [from, to] = [file, target].map((path) =>
    path.startsWith('wire/') ? path.split('/').slice(1, -1)[0] : undefined,
  );
  const sideways = to !== undefined && from !== undefined && from !== to;
  return sideways ? [`src/${file}: protocol '${from}' may not import protocol '${to}'`] : [];
}

function roomOf(file) {
  return file.split('/')[0];
}

function rings() {
  const state = new Map();
  const found = [];
  const visit = (file, trail) => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push(`ring: ${[...trail.slice(trail.indexOf(file)), file].join(' -> ')}`);
      return;
    }
    state.set(file, 'open');
    for (const target of imports.get(file) ?? []) visit(target, [...trail, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  return found;
}
