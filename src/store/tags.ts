import type { Instant } from '../model/clock.ts';
import type { ArtifactId, TenantId } from '../model/ids.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable, Transaction } from './database.ts';
import { rowsOf } from './rows.ts';
import { tellCollection } from './tell-collection.ts';

/** The tags of several versions of one tenant, each version's by name; one without tags is missing. */
export async function tagsOfVersions(
  database: Queryable,
  tenantId: TenantId,
  ids: readonly ArtifactId[],
): Promise<ReadonlyMap<ArtifactId, readonly string[]>> {
  const rows = await database.query<{ artifactId: ArtifactId; tags: string[] }>(
    `select artifact_id as "artifactId", array_agg(tag order by tag) as tags from version_tag
      where tenant_id = $1::bigint and artifact_id = any($2::bigint[]) group by artifact_id`,
    [tenantId, ids],
  );
  return new Map(rows.map(({ artifactId, tags }) => [artifactId, tags]));
}

/** Takes tags from a version, the collections of whose places are locked. */
export async function removeVersionTags(
  tx: Transaction,
  { tenantId, artifactId }: ArtifactKey,
  tags: readonly string[],
): Promise<void> {
  await tx.execute(
    'delete from version_tag where tenant_id = $1::bigint and artifact_id = $2::bigint and tag = any($3::text[])',
    [tenantId, artifactId, tags],
  );
}

/** Adds tags to a collection, whose lock is held. @returns those that it did not have, in no order */
export async function insertCollectionTags(
  tx: Transaction,
  { tenantId, collectionId }: CollectionKey,
  tags: readonly string[],
  now: Instant,
): Promise<string[]> {
  if (tags.length === 0) return [];
  const { values, parameters } = rowsOf(tags, (tag) => [tenantId, collectionId, tag, new Date(now)]);
  const rows = await tx.query<{ tag: string }>(
    `insert into collection_tag (tenant_id, collection_id, tag, created_at) values ${values}
     on conflict do nothing returning tag`,
    parameters,
  );
  if (rows.length > 0) tellCollection(tx, { tenantId, collectionId });
  return rows.map(({ tag }) => tag);
}

/** Takes tags from a collection, whose lock is held. @returns those that it had, in no order */
export async function removeCollectionTags(
  tx: Transaction,
  { tenantId, collectionId }: CollectionKey,
  tags: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ tag: string }>(
    `delete from collection_tag
      where tenant_id = $1::bigint and collection_id = $2::bigint and tag = any($3::text[]) returning tag`,
    [tenantId, collectionId, tags],
  );
  if (rows.length > 0) tellCollection(tx, { tenantId, collectionId });
  return rows.map(({ tag }) => tag);
}
