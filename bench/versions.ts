import { randomBytes } from 'node:crypto';
import { type Database, openDatabase } from '../src/store/database.ts';
import { artifactDeeds } from '../test/support/artifact-deeds.ts';
import { logging, logVersion } from '../test/support/logged-version.ts';
import { rest } from '../test/support/rest.ts';
import { openScene, type Scene } from '../test/support/scene.ts';
import type { Bench } from './bench.ts';
import { percentile } from './percentile.ts';
import { rateOf } from './rate.ts';
import { type Aim, ms, percent, round, say, title } from './report.ts';
import { type SeededCollection, seedLinks, seedPortfolios, seedVersions, settleVersions } from './seeded-versions.ts';
import { startedServer } from './started-server.ts';
import { type Ask, SIZES, type Size, versionAsks } from './version-asks.ts';

/** Versions of a collection, or collections of a registry. */
const FEW = 100;
const MANY = 100_000;
const MANY_COLLECTIONS = 10_000;
const WORKERS = 8;
/** Times the seconds of a figure: what is compared must be steady. */
const ROUNDS = 4;
const TURNS = 11;
/** How much less may be done beside many. */
const MOST_LESS = 0.1;
/** What a page may take beside many. */
const MOST_MS = 100;

/**
 * Commits, links, lists and look-ups in a collection of a hundred versions and in one of a hundred thousand, and in
 * registries of a hundred collections and of ten thousand, in one database.
 */
export async function measureVersions(bench: Bench): Promise<void> {
  const server = await startedServer(bench);
  const database = openDatabase({ connection: { connectionString: server.databaseUrl }, onConnectionError: () => {} });
  const scene = await openScene(server, bench.receiver);
  const begun = performance.now();
  await seed(database, scene);
  title(
    `versions: collections of ${FEW} and ${round(MANY)}, registries of ${FEW} and ${round(MANY_COLLECTIONS)} collections, made in ${round((performance.now() - begun) / 1000)} s`,
  );
  for (const [label, ask] of Object.entries(versionAsks(scene))) await reads(label, ask);
  await writes(bench, 'versions committed', (size) => logAnother(scene, size));
  await writes(bench, 'versions committed, linked and named', (size) => linkAnother(scene, size));
  await database.close();
  await server.dispose();
}

async function seed(database: Database, scene: Scene): Promise<void> {
  const { team, organization, project } = scene;
  for (const [day, size] of SIZES.entries()) {
    const registry = `wandb-registry-${size}`;
    const path = `/organizations/${organization}/registries`;
    await rest(scene.server, scene.person.key, path, { method: 'POST', body: { name: size } });
    await linkAnother(scene, size);
    const sequence = await collectionOf(database, [team, project, size]);
    const links = await collectionOf(database, [organization, registry, 'links']);
    const versions = size === 'few' ? FEW : MANY;
    await seedVersions(database, sequence, versions, day);
    await seedLinks(database, links, sequence, { day, count: versions });
  }
  for (const size of SIZES) {
    const { tenantId } = await collectionOf(database, [team, project, 'many']);
    const registry = await collectionOf(database, [organization, `wandb-registry-${size}`, 'links']);
    await seedPortfolios(database, registry, size === 'few' ? FEW : MANY_COLLECTIONS, { day: 1, of: tenantId });
  }
  await settleVersions(database);
}

async function collectionOf(database: Database, names: readonly [string, string, string]): Promise<SeededCollection> {
  const [found] = await database.query<SeededCollection>(
    `select collection.tenant_id as "tenantId", collection.project_id as "projectId",
       collection.collection_id as "collectionId" from collection
       join project on project.id = collection.project_id join entity on entity.id = collection.tenant_id
      where entity.name = $1::text and project.name = $2::text and collection.name = $3::text`,
    names,
  );
  if (found === undefined) throw new Error(`there is no collection ${names.join('/')}`);
  return found;
}

const logAnother = (scene: Scene, collection: string): Promise<string> =>
  logVersion(logging(scene), { collection, files: { 'model.bin': randomBytes(1_024) } });

async function linkAnother(scene: Scene, size: Size): Promise<void> {
  const links = { entity: scene.organization, project: `wandb-registry-${size}`, collection: 'links' };
  await artifactDeeds(scene.graphql).link(await logAnother(scene, size), links, 'candidate');
}

/** Each worker acts beside few and beside many in turn, so that what else runs on this machine slows both alike. */
async function writes(bench: Bench, label: string, act: (size: Size) => Promise<unknown>): Promise<void> {
  const taken: Record<Size, number[]> = { few: [], many: [] };
  const timed = async (size: Size) => {
    const begun = performance.now();
    await act(size);
    taken[size].push(performance.now() - begun);
  };
  const turn = async (worker: number) => {
    for (const size of worker % 2 === 0 ? SIZES : SIZES.toReversed()) await timed(size);
  };
  await rateOf(1, WORKERS, turn);
  for (const size of SIZES) taken[size] = [];
  await rateOf(ROUNDS * bench.seconds, WORKERS, turn);
  const perSecond = (size: Size) =>
    (1_000 * WORKERS * taken[size].length) / taken[size].reduce((sum, each) => sum + each);
  const [few, many] = [perSecond('few'), perSecond('many')];
  const less = 1 - many / few;
  const aim: Aim = { text: `<= ${percent(MOST_LESS)} less`, met: less <= MOST_LESS };
  const medians = SIZES.map((size) => percentile(taken[size], 50).toFixed(1)).join(' / ');
  say(`${label} a second`, `${few.toFixed(1)} / ${many.toFixed(1)}`, {
    aim,
    note: `${percent(less)} less; p50 ${medians} ms`,
  });
}

/** The median, beside few and beside many. */
async function reads(label: string, ask: Ask): Promise<void> {
  const taken: Record<Size, number[]> = { few: [], many: [] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const size of SIZES) {
      const begun = performance.now();
      await ask(size);
      taken[size].push(performance.now() - begun);
    }
  }
  const [few, many] = [percentile(taken.few, 50), percentile(taken.many, 50)];
  const aim: Aim = { text: `<= ${ms(MOST_MS)}`, met: many <= MOST_MS };
  say(label, `${few.toFixed(1)} / ${ms(many)}`, { aim, note: `longest ${ms(Math.max(...taken.many))}` });
}
