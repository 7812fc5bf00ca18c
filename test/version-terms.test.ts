import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { matches } from '../src/filter/match.ts';
import type { JsonObject } from '../src/model/json.ts';
import type { Collection } from '../src/store/collections.ts';
import type { Queryable } from '../src/store/database.ts';
import { listPlaces } from '../src/store/place-lists.ts';
import { collectionsFrom } from '../src/store/registry-lists.ts';
import { countVersions, listVersions, versionFacts } from '../src/store/version-lists.ts';
import { linkArtifact } from '../src/tracking/link-artifact.ts';
import { updateArtifact } from '../src/tracking/update-artifact.ts';
import { NEWEST_FIRST, parseVersionFilters } from '../src/wire/wandb/artifact-listing.ts';
import { type EditScene, type EditStage, openEditStage } from './artifact-edits-stage.ts';
import { onOneDatabase } from './support/databases.ts';

const PAGE = { order: NEWEST_FIRST, after: undefined, limit: 1_000 };

const scalar = fc.constantFrom(null, true, false, 0, 1, 1.5, 1e21, -0.25, '', 'a', '1', 'true', 'ü');
const key = fc.constantFrom('a', 'b', 'a.b', 'b.a', 'a.b.a', '~');
const tree = fc.letrec((tie) => ({
  value: fc.oneof(
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 2, arbitrary: tie('object') },
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 3 }),
})).object as fc.Arbitrary<JsonObject>;
const path = fc.constantFrom('a', 'b', 'a.b', 'b.a', 'a.b.a', 'a.a.a', 'a.b.a.b', '~', 'a.~');
const condition = fc.oneof(
  scalar,
  fc.record({ $ne: scalar }),
  fc.record({ $in: fc.array(scalar, { maxLength: 2 }) }),
  fc.record({ $gt: fc.constantFrom(0, 1, 'a') }),
  fc.record({ $exists: fc.boolean() }),
);
const filter = fc.array(fc.tuple(path, condition), { minLength: 1, maxLength: 2 }).map((parts) => ({
  $and: parts.map(([at, wanted]) => ({ [`metadata.${at}`]: wanted })),
}));

onOneDatabase('oldest', (name) => {
  let stage: EditStage;
  before(async () => {
    stage = await openEditStage(name);
  });
  after(() => stage.drop());

  async function described(scene: EditScene, sequence: Collection, trees: readonly JsonObject[]): Promise<void> {
    for (const metadata of trees) {
      const version = await scene.version(sequence);
      await linkArtifact(stage.room, scene.ann, version, {
        project: scene.registry,
        collectionName: 'links',
        aliases: [],
      });
      await updateArtifact(stage.room, scene.ann, version, { metadata: JSON.stringify(metadata) });
    }
  }

  const find = async (database: Queryable, collection: Pick<Collection, 'tenantId' | 'collectionId'>, json: object) => {
    const listing = { ...collection, filter: parseVersionFilters(JSON.stringify(json)) };
    return { rows: await listVersions(database, listing, PAGE), count: await countVersions(database, listing) };
  };

  /** The versions of a registry, collection by collection. */
  const findLinked = (database: Queryable, { registry }: EditScene, json: object) => {
    const { tenantId, id } = registry;
    const inside = { tenantId, projectIds: [id], kinds: ['portfolio'], filter: undefined } as const;
    const collections = (from: Collection['collectionId'] | undefined) => collectionsFrom(database, inside, from);
    const listing = { tenantId, collections, filter: parseVersionFilters(JSON.stringify(json)) };
    return listPlaces(database, listing, { after: undefined, limit: 1_000 });
  };

  test('whatever metadata holds and a filter asks, a list finds what the filter language finds', async () => {
    const { database } = stage.ground;
    const stories = fc.asyncProperty(
      fc.array(tree, { minLength: 2, maxLength: 8 }),
      fc.array(filter, { minLength: 4, maxLength: 8 }),
      async (trees, filters) => {
        const scene = await stage.scene();
        const sequence = await scene.sequence('seq-0');
        await described(scene, sequence, trees);
        const { rows: all } = await find(database, sequence, {});
        assert.equal(all.length, trees.length);
        for (const json of filters) {
          const parsed = parseVersionFilters(JSON.stringify(json))!;
          const wanted = all.filter((version) => matches(parsed, versionFacts(version, { tags: [], aliases: [] })));
          const { rows, count } = await find(database, sequence, json);
          const numbers = wanted.map(({ placeIndex }) => placeIndex);
          assert.deepEqual(
            [rows.map(({ placeIndex }) => placeIndex), count],
            [numbers, numbers.length],
            JSON.stringify(json),
          );
          const linked = await findLinked(database, scene, json);
          assert.deepEqual(
            linked.map(({ artifactId }) => artifactId).toSorted(),
            wanted.map(({ artifactId }) => artifactId).toSorted(),
          );
        }
        assert.deepEqual(await stage.strayTerms(), []);
      },
    );
    await fc.assert(stories, { numRuns: 25 });
  });

  test('metadata with more values than are kept is found all the same', async () => {
    const { database } = stage.ground;
    const scene = await stage.scene();
    const sequence = await scene.sequence('seq-0');
    const much = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`k${index}`, index]));
    const long = { deep: { text: 'x'.repeat(40_000), k7: 7 } };
    await described(scene, sequence, [{ all: much }, { k7: 7 }, long, { all: { k7: 7 } }]);
    for (const [json, numbers] of [
      [{ 'metadata.all.k7': 7 }, [3, 0]],
      [{ 'metadata.k7': 7 }, [1]],
      [{ 'metadata.deep.k7': 7 }, [2]],
      [{ 'metadata.k7': 8 }, []],
    ] as const) {
      const { rows, count } = await find(database, sequence, json);
      assert.deepEqual(
        [rows.map(({ placeIndex }) => placeIndex), count],
        [numbers, numbers.length],
        JSON.stringify(json),
      );
      assert.equal((await findLinked(database, scene, json)).length, numbers.length);
    }
  });

  test('a page reads what it shows, not what the collection holds', async () => {
    const { database } = stage.ground;
    const scene = await stage.scene();
    const sequence = await scene.sequence('seq-0');
    const VERSIONS = 3_000;
    for (let at = 0; at < 2; at += 1) await scene.version(sequence);
    await fill(database, sequence, VERSIONS);
    const page = { ...PAGE, limit: 11 };
    const { tenantId, collectionId } = sequence;
    const read = async (json: object) => {
      let rows = 0;
      const counting: Queryable = {
        ...database,
        queryOnce: async <Row>(sql: string, parameters: readonly unknown[]) => {
          rows += await rowsRead(database, sql, parameters);
          return database.queryOnce<Row>(sql, parameters);
        },
      };
      const found = await listVersions(
        counting,
        { tenantId, collectionId, filter: parseVersionFilters(JSON.stringify(json)) },
        page,
      );
      return { rows, found: found.length };
    };
    for (const [json, found] of [
      [{}, 11],
      [{ 'metadata.half': true }, 11],
      [{ 'metadata.rare': 1_000 }, 1],
      [{ 'metadata.rare': -1 }, 0],
      [{ 'metadata.deep.er': 'x77' }, 1],
      [{ 'metadata.half': true, 'metadata.rare': 1_000 }, 1],
      [{ alias: 'seven' }, 1],
      [{ alias: 'nothing' }, 0],
    ] as const) {
      const page = await read(json);
      assert.equal(page.found, found, JSON.stringify(json));
      // two values are weighed against each other, each up to a bound
      const most = Object.keys(json).length > 1 ? 1_600 : 150;
      assert.ok(page.rows < most, `${JSON.stringify(json)} read ${page.rows} rows`);
    }
  });
});

/** Versions more, of which every second is of a half, each is rare, and the seventh has an alias. */
async function fill(database: Queryable, { tenantId, collectionId, projectId }: Collection, count: number) {
  const of = [tenantId, collectionId, count];
  await database.execute(
    `insert into artifact (tenant_id, artifact_id, project_id, collection_id, state, digest, digest_algorithm, metadata,
       created_at, updated_at)
     select $1::bigint, number, $4::bigint, $2::bigint, 'committed', 'd', 'MANIFEST_MD5', jsonb_build_object('half',
       number % 2 = 0, 'rare', number, 'deep', jsonb_build_object('er', 'x' || number)), to_timestamp(0), to_timestamp(0)
     from generate_series(10, $3::int + 9) number`,
    [...of, projectId],
  );
  await database.execute(
    `insert into membership (tenant_id, collection_id, version_index, artifact_tenant_id, artifact_id, created_at)
     select $1::bigint, $2::bigint, number, $1::bigint, number, to_timestamp(0)
       from generate_series(10, $3::int + 9) number`,
    of,
  );
  await database.execute(
    `insert into version_term select $1::bigint, $2::bigint, unnest(metadata_terms(metadata)), artifact_id::int
       from artifact where tenant_id = $1::bigint and collection_id = $2::bigint and artifact_id between 10 and $3::int + 9`,
    of,
  );
  await database.execute(
    `insert into alias values ($1::bigint, $2::bigint, 'seven', 17, to_timestamp(0))`,
    of.slice(0, 2),
  );
  for (const table of ['artifact', 'membership', 'version_term', 'alias']) await database.execute(`analyze ${table}`);
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** How many rows a statement takes from tables and indexes. */
async function rowsRead(database: Queryable, sql: string, parameters: readonly unknown[]): Promise<number> {
  const [row] = await database.queryOnce<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `explain (analyze, format json) ${sql}`,
    parameters,
  );
  const read = (plan: Plan): number => {
    const own = (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'];
    const below = (plan.Plans ?? []).reduce((sum, each) => sum + read(each), 0);
    return below + (/Scan/.test(plan['Node Type']) ? own : 0);
  };
  return read(row!['QUERY PLAN'][0].Plan);
}
