// Holds the floors of the house: an import goes only down the list, never up, never sideways between
// rooms of one floor, never in a ring (type imports count). In web/: app, features, then what they share; features never
// import one another. Prints each breach and exits 1.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../src', import.meta.url));
const web = fileURLToPath(new URL('../web', import.meta.url));

const FLOORS = [
  ['model'],
  ['filter', 'template'],
  ['events', 'actions'],
  ['engine', 'access'],
  ['threads'],
  ['store', 'blobs', 'secrets', 'outbound'],
  ['directory', 'tracking', 'automations', 'delivery', 'audit'],
  ['wire'],
  ['server'],
  ['cli'],
];

/** The floors of the web app; from the server's house it may import what is pure. */
const WEB_FLOORS = { lib: 0, components: 1, features: 2, app: 3 };

/** The topmost floor that does no I/O. */
const PURE = 3;

/** Rooms that stand beside the database, and need only the nouns and threads. */
const BESIDE_STORE = new Set(['blobs', 'secrets', 'outbound']);
const NEEDED_BESIDE = new Set(['model', 'threads']);

const floorOf = new Map(FLOORS.flatMap((rooms, floor) => rooms.map((room) => [room, floor])));
const files = filesIn(root);
const imports = new Map(files.map((file) => [file, importsOf(root, file)]));
const pages = filesIn(web);
const pageImports = new Map(pages.map((file) => [file, importsOf(web, file)]));
const faults = [...files.flatMap(faultsOf), ...rings(imports), ...pages.flatMap(pageFaultsOf), ...rings(pageImports)];

for (const fault of faults) console.error(fault);
if (faults.length === 0) console.log(`floors: ${files.length + pages.length} files, no breach, no ring`);
process.exit(faults.length === 0 ? 0 : 1);

function filesIn(folder) {
  const found = readdirSync(folder, { recursive: true }).map(String);
  return found.filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'));
}

function importsOf(folder, file) {
  const text = readFileSync(join(folder, file), 'utf8');
  const targets = [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)['"](\.[^'"]+)['"]/g)].map((match) => match[1]);
  return targets.map((target) => relative(folder, resolve(folder, dirname(file), target)));
}

function faultsOf(file) {
  const room = roomOf(file);
  if (!floorOf.has(room)) return [`src/${file}: no floor is named for the room '${room}'`];
  return (imports.get(file) ?? []).flatMap((target) => {
    const reached = roomOf(target);
    if (reached === room) return wireBreach(file, target);
    const below = (floorOf.get(reached) ?? Number.POSITIVE_INFINITY) < floorOf.get(room);
    const allowed = below && !(BESIDE_STORE.has(room) && !NEEDED_BESIDE.has(reached));
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

function pageFaultsOf(file) {
  const from = pageRoomOf(file);
  return (pageImports.get(file) ?? []).flatMap((target) => {
    const to = pageRoomOf(target);
    const allowed = to.server === undefined ? isBelow(from, to) : (floorOf.get(to.server) ?? 9) <= PURE;
    return allowed ? [] : [`web/${file}: '${from.name}' may not import '${to.name}' (${target})`];
  });
}

function isBelow(from, to) {
  if (from.name === to.name || from.name === 'vite.config.ts') return true;
  return (WEB_FLOORS[to.floor] ?? 9) < (WEB_FLOORS[from.floor] ?? -1);
}

/** A feature is a room of its own. */
function pageRoomOf(file) {
  const [floor, feature, room] = file.split('/');
  if (floor === '..') return { name: `src/${room}`, server: room };
  return floor === 'features' ? { floor, name: `features/${feature}` } : { floor, name: floor };
}

function rings(imports) {
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
