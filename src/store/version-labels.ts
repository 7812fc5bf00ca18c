import type { CollectionKey } from './collections.ts';
import type { Queryable } from './database.ts';

/** Names that versions of a collection have. */
export interface LabelsSought extends CollectionKey {
  /** With what they begin, in whatever case; `''` for any. */
  readonly begun: string;
  /** Of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** Tags are looked for on so many of the newest versions: each of them is looked at. */
const NEWEST = 10_000;

/** Aliases in a collection, by name. */
export async function aliasNames(database: Queryable, sought: LabelsSought): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    `select alias as name from alias
      where tenant_id = $1::bigint and collection_id = $2::bigint
        and starts_with(lower(alias), lower($3::text)) and ($4::text is null or alias > $4::text)
      order by alias limit $5::int`,
    parametersOf(sought),
  );
  return rows.map(({ name }) => name);
}

/** Tags of the newest versions in a collection, each once, by name. */
export async function versionTagNames(database: Queryable, sought: LabelsSought): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    `select distinct tag as name from (
       select artifact_tenant_id, artifact_id from membership
        where tenant_id = $1::bigint and collection_id = $2::bigint
        order by version_index desc limit ${NEWEST}) newest
      join version_tag on version_tag.tenant_id = newest.artifact_tenant_id
        and version_tag.artifact_id = newest.artifact_id
      where starts_with(lower(tag), lower($3::text)) and ($4::text is null or tag > $4::text)
      order by tag limit $5::int`,
    parametersOf(sought),
  );
  return rows.map(({ name }) => name);
}

function parametersOf({ tenantId, collectionId, begun, after, limit }: LabelsSought): unknown[] {
  return [tenantId, collectionId, begun, after ?? null, limit];
}
