import { ARTIFACTS } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable } from './database.ts';
import type { ListPage, ListPlace } from './keyset-list.ts';
import type { Parameters } from './list-columns.ts';
import { type NarrowedPlace, type Narrowing, orderedTable } from './version-narrowing.ts';

const VERSIONS = `(${ARTIFACTS}) on artifact.tenant_id = membership.artifact_tenant_id
  and artifact.artifact_id = membership.artifact_id`;

/** Versions at their places: one after the other, or those in the order of a value that their metadata has. */
export function placedVersions(narrowing: Narrowing | undefined): string {
  if (narrowing?.kind !== 'ordered') return `membership join ${VERSIONS}`;
  return `${orderedTable(narrowing)} join membership on membership.tenant_id = term.tenant_id
    and membership.collection_id = term.collection_id and membership.version_index = term.version_index
    join ${VERSIONS}`;
}

/** Versions at their places, each looked up by itself: what is looked at is not all that is stored. */
export const EACH_VERSION = `membership join lateral (
    select * from artifact at where at.tenant_id = membership.artifact_tenant_id
      and at.artifact_id = membership.artifact_id offset 0) artifact on true`;

/** The same in the order of their sizes. */
export const EACH_BY_SIZE = `version_term term join lateral (
    select at.* from membership at where at.tenant_id = term.tenant_id and at.collection_id = term.collection_id
      and at.version_index = term.version_index offset 0) membership on true join lateral (
    select * from artifact at where at.tenant_id = membership.artifact_tenant_id
      and at.artifact_id = membership.artifact_id offset 0) artifact on true`;

/**
 * Versions at those places of a collection that were gathered, as the rows of `term`. Each place is looked up by itself:
 * few of them may be taken for many, since nothing tells how many values lie in a range.
 */
export function gatheredVersions(gathered: string, { tenant, collection }: NarrowedPlace): string {
  return `${gathered} join lateral (
      select at.* from membership at where at.tenant_id = ${tenant} and at.collection_id = ${collection}
        and at.version_index = term.version_index limit 1) membership on membership.version_index = term.version_index
    join ${VERSIONS}`;
}

/** The number of a version, such that it is known only when the version itself was looked at. */
export const WHEN_FOUND = 'membership.version_index + 0 * artifact.artifact_id';

/** The next so many versions in the order of their numbers, whether or not they match. */
export function nextBeyond(
  { order, after }: ListPage,
  rows: number,
  place: NarrowedPlace,
  parameters: Parameters,
): string | undefined {
  if (order.field !== undefined) return undefined;
  const [beyond, within, direction] = order.descending ? ['<', '>=', 'desc'] : ['>', '<=', 'asc'];
  const further = after === undefined ? 'true' : `version_index ${beyond} ${parameters.add(after.listId, 'int')}`;
  return `membership.version_index ${within} coalesce((
    select version_index from membership where tenant_id = ${place.tenant} and collection_id = ${place.collection}
      and ${further} order by version_index ${direction} offset ${parameters.add(rows, 'int')} limit 1), membership.version_index)`;
}

/** The last of the next so many versions in a collection, in the order of their numbers, whether or not they match. */
export async function lastOfNext(
  database: Queryable,
  { tenantId, collectionId }: CollectionKey,
  { order, after }: ListPage,
  versions: number,
): Promise<ListPlace | undefined> {
  const [beyond, direction] = order.descending ? ['<', 'desc'] : ['>', 'asc'];
  const [row] = await database.query<ListPlace>(
    `select null as "sortKey", version_index::text as "listId" from membership
      where tenant_id = $1::bigint and collection_id = $2::bigint
        and ($3::int is null or version_index ${beyond} $3::int)
      order by version_index ${direction} offset $4::int limit 1`,
    [tenantId, collectionId, after?.listId ?? null, versions - 1],
  );
  return row;
}

/** The same in the order of their sizes. */
export async function lastOfNextBySize(
  database: Queryable,
  { tenantId, collectionId }: CollectionKey,
  { order, after }: ListPage,
  versions: number,
): Promise<ListPlace | undefined> {
  const [beyond, direction] = order.descending ? ['<', 'desc'] : ['>', 'asc'];
  const [row] = await database.query<ListPlace>(
    `select number::text as "sortKey", version_index::text as "listId" from version_term
      where tenant_id = $1::bigint and collection_id = $2::bigint and key = metadata_key('', 'size') and text = ''
        and ($4::int is null or (number, version_index) ${beyond} ($3::float8, $4::int))
      order by number ${direction}, version_index ${direction} offset $5::int limit 1`,
    [tenantId, collectionId, after?.sortKey ?? null, after?.listId ?? null, versions - 1],
  );
  return row;
}

/** Aliases and tags are looked through once, not for each version; numbers only for what may be part of one. */
export function contains(text: string, { tenant, collection }: NarrowedPlace, parameters: Parameters): string {
  const sought = parameters.add(text.toLowerCase(), 'text');
  const named = `membership.version_index in (select a.version_index from alias a
      where a.tenant_id = ${tenant} and a.collection_id = ${collection} and strpos(lower(a.alias), ${sought}) > 0
    union all select m.version_index from membership m
      join version_tag t on t.tenant_id = m.artifact_tenant_id and t.artifact_id = m.artifact_id
      where m.tenant_id = ${tenant} and m.collection_id = ${collection} and strpos(lower(t.tag), ${sought}) > 0)`;
  return /^v?\d*$/i.test(text) ? `(strpos('v' || membership.version_index, ${sought}) > 0 or ${named})` : named;
}
