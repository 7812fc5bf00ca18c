import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { deleteProject } from '../src/directory/delete-project.ts';
import { ensureProject } from '../src/directory/ensure-project.ts';
import { parseLargeNodeId } from '../src/model/wire-id.ts';
import type { ArtifactKey } from '../src/store/artifacts.ts';
import { collectionByName } from '../src/store/collections.ts';
import { endVersions } from '../src/tracking/end-versions.ts';
import { linkArtifact } from '../src/tracking/link-artifact.ts';
import { unlinkArtifact } from '../src/tracking/unlink-artifact.ts';
import { updateArtifact } from '../src/tracking/update-artifact.ts';
import { artifactUploads, md5 } from './support/artifact-uploads.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';

const HOUR = 3_600_000;
const DAY_S = 86_400;

let here: InProcess;
let ann: ReturnType<typeof artifactUploads>;

before(async () => {
  here = await openInProcess();
  await here.user('ann');
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin' });
  await ensureProject(here.ground, await here.viewer('ann'), 'vision', 'p');
  ann = artifactUploads(here);
});

const keyOf = (node: string): ArtifactKey => {
  const parsed = parseLargeNodeId<ArtifactKey['tenantId'], ArtifactKey['artifactId']>('Artifact', node)!;
  return { tenantId: parsed.tenantId, artifactId: parsed.id };
};

async function stateOf(node: string): Promise<string | undefined> {
  const [row] = await here.ground.database.query<{ state: string }>(
    'select state from artifact where artifact_id = $1::bigint',
    [keyOf(node).artifactId],
  );
  return row?.state;
}

async function hoursLater(hours: number): Promise<void> {
  here.pass(hours * HOUR);
  while ((await endVersions(here.tracking)) > 0);
}

/** Gives a collection of one version copies of it, with the same end. */
async function copyVersion({ tenantId, artifactId }: ArtifactKey, copies: number): Promise<void> {
  const of = [tenantId, artifactId, copies];
  const each = 'generate_series(1, $3::int) number where tenant_id = $1::bigint';
  for (const statement of [
    `insert into artifact (tenant_id, artifact_id, project_id, collection_id, state, digest, digest_algorithm, metadata,
       ttl_seconds, created_at, updated_at, committed_at)
     select tenant_id, artifact_id + number, project_id, collection_id, state, digest, digest_algorithm, metadata,
       ttl_seconds, created_at, updated_at, committed_at from artifact, ${each} and artifact_id = $2::bigint`,
    `insert into membership (tenant_id, collection_id, version_index, artifact_tenant_id, artifact_id, created_at)
     select tenant_id, collection_id, number, artifact_tenant_id, artifact_id + number, created_at
       from membership, ${each} and artifact_id = $2::bigint`,
    `insert into deadline (tenant_id, kind, subject_id, automation_id, due_at)
     select tenant_id, kind, subject_id + number, automation_id, due_at
       from deadline, ${each} and kind = 'ttl' and subject_id = $2::bigint`,
    `update collection set version_count = version_count + $3::int, next_version = next_version + $3::int
      where tenant_id = $1::bigint and collection_id = (select collection_id from artifact where artifact_id = $2::bigint)`,
  ]) {
    await here.ground.database.execute(statement, of);
  }
}

const log = (name: string, ttlDurationSeconds: number, more: object = {}, text = name) =>
  ann.log(name, { a: text }, { ttlDurationSeconds, ...more });

const edit = async (node: string, change: { ttlSeconds?: number; aliases?: string[] }) =>
  updateArtifact(here.tracking, await here.viewer('ann'), keyOf(node), change);

test('a version goes when its time is over, not before, and the newest that is left is the latest', async () => {
  const first = await log('goes', -2);
  const second = await log('goes', DAY_S, {}, 'second');
  await hoursLater(23);
  assert.equal(await stateOf(second), 'committed');
  await hoursLater(2);
  assert.equal(await stateOf(second), 'deleted');
  assert.equal(await stateOf(first), 'committed');
  const aliases = await here.ground.database.query<{ version_index: number }>(
    `select a.version_index from alias a join collection c using (tenant_id, collection_id) where c.name = 'goes'`,
  );
  assert.deepEqual(aliases, [{ version_index: 0 }]);
  const [entry] = await here.ground.database.query<{ actor_name: string; reason: string }>(
    `select actor_name, reason from audit_entry where deed = 'artifact.deleted' and subject_id = $1`,
    [keyOf(second).artifactId],
  );
  assert.deepEqual(entry, { actor_name: 'system', reason: 'it has lived as long as it was to live' });
});

test('several nodes delete each once', async () => {
  const versions: string[] = [];
  for (let version = 0; version < 6; version += 1) versions.push(await log(`several-${version}`, DAY_S));
  here.pass(25 * HOUR);
  await Promise.all([1, 2, 3].map(() => endVersions(here.tracking)));
  await hoursLater(0.1);
  for (const version of versions) assert.equal(await stateOf(version), 'deleted');
  const entries = await here.ground.database.query(
    `select from audit_entry where deed = 'artifact.deleted' and subject_id = any($1::text[])`,
    [versions.map((version) => keyOf(version).artifactId)],
  );
  assert.equal(entries.length, versions.length);
});

test('many that end at the same moment go in slices, each as a deed with its events', async () => {
  const MANY = 250;
  const first = keyOf(await log('many', DAY_S));
  await copyVersion(first, MANY - 1);
  await log('many', -2, {}, 'stays');
  await log('many', DAY_S, {}, 'goes too');
  const counts = async () => {
    const [row] = await here.ground.database.query(
      `select (select count(*)::int from artifact where collection_id = a.collection_id and state = 'committed') as left,
         (select count(*)::int from artifact where collection_id = a.collection_id and state = 'deleted') as deleted,
         (select count(*)::int from audit_entry where deed = 'artifact.deleted' and subject_id in (
           select artifact_id::text from artifact where collection_id = a.collection_id)) as told,
         (select json_agg(version_index) from alias where collection_id = a.collection_id) as latest,
         (select version_count from collection where collection_id = a.collection_id) as versions,
         (select count(*)::int from event where type = 'ADD_ARTIFACT_ALIAS'
           and subject_id in (select artifact_id from artifact where collection_id = a.collection_id)) as named
        from artifact a where a.artifact_id = $1::bigint`,
      [first.artifactId],
    );
    return row;
  };
  const ALL = MANY + 2;
  assert.deepEqual(await counts(), { left: ALL, deleted: 0, told: 0, latest: [ALL - 1], versions: ALL, named: 3 });
  here.pass(25 * HOUR);
  const slices: number[] = [];
  for (let looked = await endVersions(here.tracking); looked > 0; looked = await endVersions(here.tracking)) {
    slices.push(looked);
  }
  assert.deepEqual(slices, [100, 100, 51]);
  // `latest` went once to the one that stays, by no other that went
  const gone = { deleted: ALL - 1, told: ALL - 1, latest: [ALL - 2], versions: 1, named: 4 };
  assert.deepEqual(await counts(), { left: 1, ...gone });
});

test('one that cannot be looked at keeps no others from their end', async () => {
  const versions = [
    await log('fault', DAY_S),
    await log('fault', DAY_S, {}, 'second'),
    await log('fault', DAY_S, {}, 'third'),
  ];
  const faulty = keyOf(versions[1]!).artifactId;
  await here.ground.database.execute(
    `create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$`,
  );
  await here.ground.database.execute(
    `create trigger refuse before update on artifact for each row when (old.artifact_id = ${faulty}) execute function refuse()`,
  );
  here.pass(25 * HOUR);
  await assert.rejects(endVersions(here.tracking), /no/);
  assert.deepEqual(await Promise.all(versions.map(stateOf)), ['deleted', 'committed', 'deleted']);
  await here.ground.database.execute('drop trigger refuse on artifact');
  await hoursLater(0.1);
  assert.equal(await stateOf(versions[1]!), 'deleted');
});

test('an alias that somebody gave holds it, and so does a link, as long as they are there', async () => {
  const named = await log('named', DAY_S, { aliases: [{ artifactCollectionName: 'named', alias: 'best' }] });
  const linked = await log('linked', DAY_S);
  const viewer = await here.viewer('ann');
  const project = await ensureProject(here.ground, viewer, 'vision', 'published');
  await linkArtifact(here.tracking, viewer, keyOf(linked), { project, collectionName: 'shown', aliases: [] });
  await hoursLater(25);
  await hoursLater(24);
  assert.deepEqual([await stateOf(named), await stateOf(linked)], ['committed', 'committed']);
  await edit(named, { aliases: ['latest'] });
  const name = { tenantId: project.tenantId, projectId: project.id, name: 'shown' };
  await unlinkArtifact(here.tracking, viewer, keyOf(linked), (await collectionByName(here.ground.database, name))!);
  await hoursLater(1.1);
  assert.deepEqual([await stateOf(named), await stateOf(linked)], ['deleted', 'deleted']);
});

test('of a deleted project they go too, and one that is linked elsewhere stays', async () => {
  const viewer = await here.viewer('ann');
  const project = await ensureProject(here.ground, viewer, 'vision', 'passing');
  const passing = artifactUploads(here, 'ann', md5, 'passing');
  const logged = (name: string) => passing.log(name, { a: name }, { ttlDurationSeconds: DAY_S });
  const [goes, linked] = [await logged('goes'), await logged('linked')];
  const published = await ensureProject(here.ground, viewer, 'vision', 'published');
  const shelf = { project: published, collectionName: 'passed', aliases: [] };
  await linkArtifact(here.tracking, viewer, keyOf(linked), shelf);
  await hoursLater(20);
  await deleteProject(here.ground, viewer, project);
  await hoursLater(5);
  assert.deepEqual([await stateOf(goes), await stateOf(linked)], ['deleted', 'committed']);
});

test('another time to live counts from when the version was committed', async () => {
  const [longer, shorter, never, later] = [
    await log('longer', DAY_S),
    await log('shorter', 10 * DAY_S),
    await log('never', DAY_S),
    await log('later', -1),
  ] as [string, string, string, string];
  await edit(longer, { ttlSeconds: 2 * DAY_S });
  await edit(shorter, { ttlSeconds: DAY_S });
  await edit(never, { ttlSeconds: -2 });
  await hoursLater(25);
  await edit(later, { ttlSeconds: 2 * DAY_S });
  const states = () => Promise.all([longer, shorter, never, later].map(stateOf));
  assert.deepEqual(await states(), ['committed', 'deleted', 'committed', 'committed']);
  await hoursLater(24);
  assert.deepEqual(await states(), ['deleted', 'deleted', 'committed', 'deleted']);
  const left = await here.ground.database.query(`select from deadline where kind = 'ttl' and subject_id = $1::bigint`, [
    keyOf(never).artifactId,
  ]);
  assert.equal(left.length, 0);
});

test('a version that was deleted by hand, and one that says a very long time, need nothing', async () => {
  const gone = await log('by-hand', DAY_S);
  await log('for-ages', Number.MAX_SAFE_INTEGER);
  await here.as(
    'ann',
    'mutation D($input: DeleteArtifactInput!) { deleteArtifact(input: $input) { artifact { id } } }',
    {
      input: { artifactID: gone, deleteAliases: true },
    },
  );
  await hoursLater(25);
  const left = await here.ground.database.query(`select from deadline where kind = 'ttl' and due_at < now()`);
  assert.equal(left.length, 0);
});
