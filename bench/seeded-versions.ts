import type { CollectionId, ProjectId, TenantId } from '../src/model/ids.ts';
import { largeIdAt } from '../src/model/large-id.ts';
import type { Database } from '../src/store/database.ts';

const DAY_MS = 86_400_000;

/** What a benchmark fills by hand, without asking anybody. */
export interface SeededPlace {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
}

export interface SeededCollection extends SeededPlace {
  readonly collectionId: CollectionId;
}

/**
 * Gives a sequence so many committed versions more, each with a manifest and a file. Every second one is of the split
 * `train`, every tenth has a tag, every hundredth an alias `n<number>`, and one in ten thousand is by the author
 * `rare`. Seeds of one database begin at days of their own.
 */
export async function seedVersions(
  database: Database,
  { tenantId, projectId, collectionId }: SeededCollection,
  count: number,
  day: number,
): Promise<void> {
  const from = largeIdAt(Date.UTC(2026, 1, 1) + day * DAY_MS);
  const at = new Date();
  const place = [tenantId, collectionId, from, count, at];
  const numbers = 'generate_series(0, $4::int - 1) number';
  const [next = { first: 0 }] = await database.query<{ first: number }>(
    'select next_version as first from collection where tenant_id = $1::bigint and collection_id = $2::bigint',
    [tenantId, collectionId],
  );
  await database.execute(
    `insert into artifact (tenant_id, artifact_id, project_id, collection_id, state, digest, digest_algorithm, client_id,
       metadata_raw, metadata, size, file_count, created_at, updated_at, committed_at)
     select $1::bigint, $3::bigint + number, $6::bigint, $2::bigint, 'committed', md5($2::bigint || '-' || number),
       'MANIFEST_MD5', 'client-' || ($3::bigint + number), made::text, made, 1000, 1, $5::timestamptz, $5::timestamptz,
       $5::timestamptz
     from ${numbers}, lateral (select jsonb_build_object('split', case when number % 2 = 0 then 'train' else 'test' end,
       'author', case when number % 10000 = 77 then 'rare' else 'author-' || number % 50 end, 'epoch', number % 100,
       'eval', jsonb_build_object('loss', number / 1000.0))) as metadata (made)`,
    [...place, projectId],
  );
  await database.execute(
    `insert into artifact_manifest (tenant_id, manifest_id, artifact_id, type, digest, blob, size, created_at)
     select $1::bigint, $3::bigint + number, $3::bigint + number, 'full', 'bWFuaWZlc3QgbWFuaWZlcw==',
       $2::bigint || '/m' || number, 100, $5::timestamptz from ${numbers}`,
    place,
  );
  await database.execute(
    `insert into artifact_file (tenant_id, artifact_id, path, digest, size, birth_artifact_id)
     select $1::bigint, $3::bigint + number, 'model.bin', md5($2::bigint || '-' || number), 1000, $3::bigint + number
       from ${numbers} where $5::timestamptz is not null`,
    place,
  );
  await database.execute(
    `insert into artifact_blob (tenant_id, collection_id, digest, birth_artifact_id, size, blob, created_at, wanted_at)
     select $1::bigint, $2::bigint, md5($2::bigint || '-' || number), $3::bigint + number, 1000,
       $2::bigint || '/b' || number, $5::timestamptz, $5::timestamptz from ${numbers}`,
    place,
  );
  await seedPlaces(database, { tenantId, projectId, collectionId }, { from, count, first: next.first, at });
  await database.execute(
    `insert into version_term (tenant_id, collection_id, key, text, number, version_index)
     select $1::bigint, $2::bigint, term.key, term.text, term.number, $5::int + step
       from generate_series(0, $4::int - 1) step
       join artifact on artifact.tenant_id = $6::bigint and artifact.artifact_id = $3::bigint + step
       cross join version_terms(artifact.metadata, artifact.size) term`,
    [tenantId, collectionId, from, count, next.first, tenantId],
  );
  await database.execute(
    `insert into version_tag (tenant_id, artifact_id, tag, created_at)
     select $1::bigint, $2::bigint + number, 'tenth', $4::timestamptz
       from generate_series(0, $3::int - 1) number where number % 10 = 0`,
    [tenantId, from, count, at],
  );
  await database.execute(
    `insert into alias (tenant_id, collection_id, alias, version_index, created_at)
     select $1::bigint, $2::bigint, 'n' || number, $6::int + number, $5::timestamptz
       from ${numbers} where number % 100 = 0 and $3::bigint is not null`,
    [...place, next.first],
  );
}

/** Links the versions that {@link seedVersions} made for a sequence on a day to a portfolio; one is there in each. */
export async function seedLinks(
  database: Database,
  portfolio: SeededCollection,
  sequence: SeededCollection,
  { day, count }: { readonly day: number; readonly count: number },
): Promise<void> {
  const from = largeIdAt(Date.UTC(2026, 1, 1) + day * DAY_MS);
  await seedPlaces(database, portfolio, { from, count, first: 1, at: new Date(), of: sequence.tenantId });
  await database.execute(
    `insert into version_term (tenant_id, collection_id, key, text, number, version_index)
     select $1::bigint, $2::bigint, key, text, number, version_index from version_term
      where tenant_id = $3::bigint and collection_id = $4::bigint and version_index > 0`,
    [portfolio.tenantId, portfolio.collectionId, sequence.tenantId, sequence.collectionId],
  );
}

/** Where versions were made. */
interface SeededDay {
  readonly day: number;
  readonly of: TenantId;
}

interface Places {
  readonly from: string;
  readonly count: number;
  readonly first: number;
  readonly at: Date;
  readonly of?: TenantId;
}

async function seedPlaces(
  database: Database,
  { tenantId, collectionId }: SeededCollection,
  { from, count, first, at, of = tenantId }: Places,
): Promise<void> {
  await database.execute(
    `insert into membership (tenant_id, collection_id, version_index, artifact_tenant_id, artifact_id, created_at)
     select $1::bigint, $2::bigint, $5::int + number, $6::bigint, $3::bigint + number, $7::timestamptz
       from generate_series(0, $4::int - 1) number`,
    [tenantId, collectionId, from, count, first, of, at],
  );
  await database.execute(
    `insert into alias (tenant_id, collection_id, alias, version_index, created_at)
     values ($1::bigint, $2::bigint, 'latest', $3::int, $4::timestamptz)
     on conflict (tenant_id, collection_id, alias) do update set version_index = excluded.version_index`,
    [tenantId, collectionId, first + count - 1, at],
  );
  await database.execute(
    `update collection set next_version = next_version + $3::int, version_count = version_count + $3::int
      where tenant_id = $1::bigint and collection_id = $2::bigint`,
    [tenantId, collectionId, count],
  );
}

/**
 * Makes so many portfolios `model-<number>` of a registry, each with a link to a version that {@link seedVersions} made
 * for another tenant on a day. One in a hundred has a tag, one in five thousand is described as `rare`.
 */
export async function seedPortfolios(
  database: Database,
  { tenantId, projectId }: SeededPlace,
  count: number,
  { day, of }: SeededDay,
): Promise<void> {
  // the project keeps the ids of several registries apart
  const from = String(BigInt(largeIdAt(Date.UTC(2026, 0, 5))) + BigInt(projectId) * 1_000_000n);
  const version = largeIdAt(Date.UTC(2026, 1, 1) + day * DAY_MS);
  const at = new Date();
  const numbers = 'generate_series(0, $3::int - 1) number';
  await database.execute(
    `insert into artifact_type (tenant_id, project_id, type_id, name, created_at)
     values ($1::bigint, $2::bigint, $3::bigint, 'model', $4::timestamptz) on conflict do nothing`,
    [tenantId, projectId, from, at],
  );
  await database.execute(
    `insert into collection (tenant_id, collection_id, project_id, kind, name, type_name, description, next_version,
       version_count, created_at, updated_at)
     select $1::bigint, $2::bigint + number, $4::bigint, 'portfolio', 'model-' || number, 'model',
       case when number % 5000 = 33 then 'a rare one' else 'one of many' end, 1, 1,
       $5::timestamptz, $5::timestamptz - number * interval '1 second' from ${numbers}`,
    [tenantId, from, count, projectId, at],
  );
  await database.execute(
    `insert into membership (tenant_id, collection_id, version_index, artifact_tenant_id, artifact_id, created_at)
     select $1::bigint, $2::bigint + number, 0, $4::bigint, $5::bigint + number, $6::timestamptz from ${numbers}`,
    [tenantId, from, count, of, version, at],
  );
  await database.execute(
    `insert into version_term (tenant_id, collection_id, key, text, number, version_index)
     select $1::bigint, $2::bigint + step, term.key, term.text, term.number, 0 from generate_series(0, $3::int - 1) step
       join artifact on artifact.tenant_id = $4::bigint and artifact.artifact_id = $5::bigint + step
       cross join version_terms(artifact.metadata, artifact.size) term`,
    [tenantId, from, count, of, version],
  );
  await database.execute(
    `insert into alias (tenant_id, collection_id, alias, version_index, created_at)
     select $1::bigint, $2::bigint + number, 'latest', 0, $4::timestamptz from ${numbers}`,
    [tenantId, from, count, at],
  );
  await database.execute(
    `insert into collection_tag (tenant_id, collection_id, tag, created_at)
     select $1::bigint, $2::bigint + number, 'hundredth', $4::timestamptz from ${numbers} where number % 100 = 0`,
    [tenantId, from, count, at],
  );
}

/** As autovacuum leaves them in time. */
export async function settleVersions(database: Database): Promise<void> {
  for (const table of [
    ...['artifact', 'artifact_manifest', 'artifact_file', 'artifact_blob', 'membership', 'alias', 'version_tag'],
    'version_term',
    ...['collection', 'collection_tag'],
  ]) {
    await database.execute(`vacuum analyze ${table}`);
  }
}
