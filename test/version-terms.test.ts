import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { matches } from '../src/filter/match.ts';
import type { JsonObject } from '../src/model/json.ts';
import { printLooseJson } from '../src/model/loose-json.ts';
import type { Collection } from '../src/store/collections.ts';
import type { Queryable } from '../src/store/database.ts';
import type { ListPlace } from '../src/store/keyset-list.ts';
import type { Found } from '../src/store/keyset-search.ts';
import { listPlaces } from '../src/store/place-lists.ts';
import { collectionsFrom } from '../src/store/registry-lists.ts';
import {
  type CollectionVersion,
  countVersions,
  listVersions,
  searchVersions,
  versionFacts,
} from '../src/store/version-lists.ts';
import { linkArtifact } from '../src/tracking/link-artifact.ts';
import { updateArtifact } from '../src/tracking/update-artifact.ts';
import { NEWEST_FIRST, parseVersionFilters, parseVersionOrder } from '../src/wire/wandb/artifact-listing.ts';
import { type EditScene, type EditStage, openEditStage } from './artifact-edits-stage.ts';
import { onOneDatabase } from './support/databases.ts';

const PAGE = { order: NEWEST_FIRST, after: undefined, limit: 1_000 };

/** As long as what is kept of a text in order. */
const LONG = 'a'.repeat(64);
const scalar = fc.constantFrom(
  ...[null, true, false, 0, 1, 1.5, 1e21, -0.25, 5e-324, '', 'a', '1', 'true', 'ü', `${LONG}b`, `${LONG}c`, LONG],
);
const key = fc.constantFrom('a', 'b', 'a.b', 'b.a', 'a.b.a', '~');
const tree = fc.letrec((tie) => ({
  value: fc.oneof(
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN) },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 2, arbitrary: tie('object') },
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 3 }),
})).object as fc.Arbitrary<JsonObject>;
const path = fc.constantFrom('a', 'b', 'a.b', 'b.a', 'a.b.a', 'a.a.a', 'a.b.a.b', '~', 'a.~');
const bound = fc.constantFrom(
  0,
  1,
  -0.25,
  1.5,
  1e21,
  -1e300,
  '',
  'a',
  'a.',
  LONG,
  `${LONG}b`,
  `${LONG}bc`,
  'ü',
  '\u{10ffff}',
);
const range = fc.constantFrom('$gt', '$gte', '$lt', '$lte').chain((op) => bound.map((of) => ({ [op]: of })));
const condition = fc.oneof(
  scalar,
  fc.record({ $ne: scalar }),
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  range,
  fc.tuple(range, range).map(([one, other]) => ({ ...one, ...other })),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $regex: fc.constantFrom('^a', 'a$', '^aa*b$', `^${LONG}b`, '^ü', '1|true', '', '(?i)A') }),
  fc.record({ $contains: fc.constantFrom('a', 'ab', '1', 'ü', LONG, 'nothing') }),
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
      await updateArtifact(stage.room, scene.ann, version, { metadata: printLooseJson(metadata) });
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
    const read = async (json: object, order = page.order) => {
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
        { ...page, order },
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
      [{ 'metadata.rare': { $gte: 3_000 } }, 10],
      [{ 'metadata.rare': { $gt: 5_000 } }, 0],
      [{ 'metadata.deep.er': { $gte: 'x999' } }, 1],
      [{ 'metadata.rare': { $in: [12, 13, -1] } }, 2],
      [{ 'metadata.half': true, 'metadata.rare': { $lt: 20 } }, 5],
      [{ alias: 'seven' }, 1],
      [{ alias: 'nothing' }, 0],
      [{ version: { $in: ['v77', 'v0077', 'v9999999999', '77'] } }, 1],
      [{ size: 3 }, 11],
      [{ size: { $gt: 99 } }, 0],
      [{ 'metadata.deep.er': { $regex: '^x12..$' } }, 11],
      [{ 'metadata.tenth': { $regex: '^t.*[78]$' }, 'metadata.rare': { $lt: 40 } }, 6],
    ] as const) {
      const page = await read(json);
      assert.equal(page.found, found, JSON.stringify(json));
      // what several values have, or each of the texts that a pattern may match, is weighed, up to a bound
      const isWeighed = Object.keys(json).length > 1 || JSON.stringify(json).includes('$regex');
      assert.ok(page.rows < (isWeighed ? 1_600 : 150), `${JSON.stringify(json)} read ${page.rows} rows`);
    }
    const bySize = await read({}, parseVersionOrder('-size'));
    assert.equal(bySize.found, 11);
    assert.ok(bySize.rows < 150, `the largest read ${bySize.rows} rows`);
  });

  test('in the order of sizes pages go on where they ended, whatever is asked, and read no more for that', async () => {
    const { database } = stage.ground;
    const scene = await stage.scene();
    const sequence = await scene.sequence('seq-0');
    for (let at = 0; at < 2; at += 1) await scene.version(sequence);
    await fill(database, sequence, 1_200);
    const { tenantId, collectionId } = sequence;
    const all = await listVersions(database, { tenantId, collectionId, filter: undefined }, { ...PAGE, limit: 2_000 });
    const walked = async (text: string | undefined, json: object, sort: string, milliseconds: number) => {
      const listing = { tenantId, collectionId, text, filter: parseVersionFilters(JSON.stringify(json)) };
      const found: number[] = [];
      for (let after: ListPlace | undefined, isOver = false; !isOver; ) {
        const page = { order: parseVersionOrder(sort), after, limit: 300 };
        const { rows, reached } = await searchVersions(database, listing, page, milliseconds);
        found.push(...rows.map(({ placeIndex }) => placeIndex));
        after = reached ?? (rows.length < 300 ? undefined : rows.at(-1));
        isOver = after === undefined;
      }
      return found;
    };
    for (const [json, text, holds] of [
      [{}, undefined, () => true],
      [{ 'metadata.half': true }, undefined, ({ placeIndex }) => placeIndex > 1 && placeIndex % 2 === 0],
      [{ 'metadata.rare': { $lt: 20 } }, undefined, ({ placeIndex }) => placeIndex > 9 && placeIndex < 20],
      [{ 'metadata.half': { $exists: false } }, undefined, ({ placeIndex }) => placeIndex < 2],
      [{ alias: 'seven' }, undefined, ({ placeIndex }) => placeIndex === 17],
      [{ size: { $gt: 45 } }, undefined, ({ size }) => size > 45],
      [{}, 'v119', ({ placeIndex }) => `v${placeIndex}`.includes('v119')],
    ] as const satisfies [object, string | undefined, (version: CollectionVersion) => boolean][])
      for (const [sort, sign] of [
        ['+size', 1],
        ['-size', -1],
      ] as const) {
        const wanted = all.filter(holds).toSorted((a, b) => sign * (a.size - b.size || a.placeIndex - b.placeIndex));
        const numbers = wanted.map(({ placeIndex }) => placeIndex);
        for (const milliseconds of [0, Number.POSITIVE_INFINITY])
          assert.deepEqual(await walked(text, json, sort, milliseconds), numbers, `${JSON.stringify(json)} ${sort}`);
      }
  });

  test('what no index finds is looked for as long as there is time, and from where that ended', async () => {
    const { database } = stage.ground;
    const scene = await stage.scene();
    const sequence = await scene.sequence('seq-0');
    for (let at = 0; at < 2; at += 1) await scene.version(sequence);
    await fill(database, sequence, 1_200);
    const filter = parseVersionFilters('{"metadata.half": {"$exists": false}}');
    const listing = { tenantId: sequence.tenantId, collectionId: sequence.collectionId, filter };
    const found: number[] = [];
    const reached: string[] = [];
    for (let after: ListPlace | undefined, isOver = false; !isOver; ) {
      const answer: Found<CollectionVersion> = await searchVersions(database, listing, { ...PAGE, after }, 0);
      found.push(...answer.rows.map(({ placeIndex }) => placeIndex));
      if (answer.reached !== null) reached.push(answer.reached.listId);
      after = answer.reached ?? undefined;
      isOver = answer.reached === null;
    }
    assert.deepEqual(
      [found, reached],
      [
        [1, 0],
        ['710', '210'],
      ],
    );
    const listed = await listVersions(database, listing, PAGE);
    assert.deepEqual(
      listed.map(({ placeIndex }) => placeIndex),
      [1, 0],
    );
  });
});

/** Versions more, of which every second is of a half, each is rare and has an alias, the seventh that one. */
async function fill(database: Queryable, { tenantId, collectionId, projectId }: Collection, count: number) {
  const of = [tenantId, collectionId, count];
  await database.execute(
    `insert into artifact (tenant_id, artifact_id, project_id, collection_id, state, digest, digest_algorithm, metadata,
       size, created_at, updated_at)
     select $1::bigint, number, $4::bigint, $2::bigint, 'committed', 'd', 'MANIFEST_MD5', jsonb_build_object('half',
       number % 2 = 0, 'rare', number, 'deep', jsonb_build_object('er', 'x' || number), 'tenth', 't' || number % 10), number % 50, to_timestamp(0), to_timestamp(0)
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
    `insert into version_term select $1::bigint, $2::bigint, term.key, term.text, term.number, artifact_id::int
       from artifact cross join version_terms(metadata, size) term where tenant_id = $1::bigint and collection_id = $2::bigint and artifact_id between 10 and $3::int + 9`,
    of,
  );
  await database.execute(
    `insert into alias select $1::bigint, $2::bigint, case number when 17 then 'seven' else 'n' || number end, number,
       to_timestamp(0) from generate_series(10, $3::int + 9) number`,
    of,
  );
  for (const table of ['artifact', 'membership', 'version_term', 'alias'])
    await database.execute(`vacuum analyze ${table}`);
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
