import type { Filter } from '../filter/filter.ts';
import { matches } from '../filter/match.ts';
import type { CollectionId, TenantId } from '../model/ids.ts';
import { ARTIFACT_COLUMNS, ARTIFACTS } from './artifacts.ts';
import type { Queryable } from './database.ts';
import { Parameters } from './list-columns.ts';
import type { Membership } from './memberships.ts';
import { filterToSql } from './run-filter-sql.ts';
import {
  type CollectionVersion,
  type VersionFacts,
  versionColumn,
  versionFactColumns,
  versionFacts,
} from './version-lists.ts';

/** Places of committed versions in some collections of one tenant. */
export interface PlaceListing {
  readonly tenantId: TenantId;
  readonly collectionIds: readonly CollectionId[];
  /** On the version that lies there. */
  readonly filter: Filter | undefined;
}

/** The last place of the page before. */
export type PlaceCursor = Pick<Membership, 'collectionId' | 'versionIndex'>;

/** Rows tested at a time where the filter is more than SQL can say. */
const TESTED = 500;

/** A page of the places whose versions match, by collection, the oldest first. */
export async function listPlaces(
  database: Queryable,
  listing: PlaceListing,
  page: { readonly after: PlaceCursor | undefined; readonly limit: number },
): Promise<Membership[]> {
  const found: Membership[] = [];
  for await (const place of matchingPlaces(database, listing, page)) {
    found.push(place);
    if (found.length === page.limit) break;
  }
  return found;
}

/** How many places match. */
export async function countPlaces(database: Queryable, listing: PlaceListing): Promise<number> {
  let count = 0;
  for await (const _place of matchingPlaces(database, listing, { after: undefined, limit: TESTED })) count += 1;
  return count;
}

async function* matchingPlaces(
  database: Queryable,
  listing: PlaceListing,
  page: { readonly after: PlaceCursor | undefined; readonly limit: number },
): AsyncGenerator<Membership> {
  const { filter } = listing;
  let { after } = page;
  for (;;) {
    const { rows, exact, limit } = await candidates(database, listing, { ...page, after });
    for (const { place, version, facts } of rows) {
      if (exact || filter === undefined || matches(filter, versionFacts(version, facts))) yield place;
    }
    after = rows.at(-1)?.place;
    if (after === undefined || rows.length < limit) return;
  }
}

interface Row extends CollectionVersion {
  readonly placeCollectionId: CollectionId;
  readonly facts: VersionFacts;
}

async function candidates(
  database: Queryable,
  { tenantId, collectionIds, filter }: PlaceListing,
  page: { readonly after: PlaceCursor | undefined; readonly limit: number },
) {
  const parameters = new Parameters();
  const condition =
    filter === undefined ? { sql: 'true', exact: true } : filterToSql(filter.root, parameters, versionColumn);
  const limit = condition.exact ? page.limit : Math.max(page.limit, TESTED);
  const rows = await database.queryOnce<Row>(
    ...parameters.finish(`select ${ARTIFACT_COLUMNS}, membership.collection_id as "placeCollectionId",
       membership.version_index as "placeIndex", membership.created_at as "placedAt",
       ${condition.exact ? 'null' : versionFactColumns(filter)} as facts
     from membership join (${ARTIFACTS}) on artifact.tenant_id = membership.artifact_tenant_id
       and artifact.artifact_id = membership.artifact_id
     where membership.tenant_id = ${parameters.add(tenantId, 'bigint')}
       and membership.collection_id = any(${parameters.add(collectionIds, 'bigint[]')})
       and artifact.state = 'committed' and ${condition.sql} and ${afterCondition(page.after, parameters)}
     order by membership.collection_id, membership.version_index limit ${parameters.add(limit, 'int')}`),
  );
  const placed = rows.map((row) => ({ place: placeOf(tenantId, row), version: row, facts: row.facts }));
  return { rows: placed, exact: condition.exact, limit };
}

function afterCondition(after: PlaceCursor | undefined, parameters: Parameters): string {
  if (after === undefined) return 'true';
  const { collectionId, versionIndex } = after;
  return `(membership.collection_id, membership.version_index)
    > (${parameters.add(collectionId, 'bigint')}, ${parameters.add(versionIndex, 'int')})`;
}

function placeOf(tenantId: TenantId, row: Row): Membership {
  return {
    tenantId,
    collectionId: row.placeCollectionId,
    versionIndex: row.placeIndex,
    artifactTenantId: row.tenantId,
    artifactId: row.artifactId,
    createdAt: row.placedAt,
  };
}
