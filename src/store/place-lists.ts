import type { Filter } from '../filter/filter.ts';
import { matches } from '../filter/match.ts';
import type { CollectionId, TenantId } from '../model/ids.ts';
import { ARTIFACT_COLUMNS } from './artifacts.ts';
import type { Queryable } from './database.ts';
import { Parameters } from './list-columns.ts';
import type { Membership } from './memberships.ts';
import { filterToSql } from './run-filter-sql.ts';
import { gatheredVersions, placedVersions } from './sought-versions.ts';
import {
  type CollectionVersion,
  type VersionFacts,
  versionColumn,
  versionFactColumns,
  versionFacts,
} from './version-lists.ts';
import { gatheredPlaces, narrowingOf, orderedSql } from './version-narrowing.ts';

/** Places of committed versions in some collections of one tenant. */
export interface PlaceListing {
  readonly tenantId: TenantId;
  /** Some at a time, by id, from one of them on; no more of them are asked for than a page needs. */
  collections(from: CollectionId | undefined): AsyncIterable<readonly CollectionId[]>;
  /** On the version that lies there. */
  readonly filter: Filter | undefined;
}

/** The last place of the page before. */
export type PlaceCursor = Pick<Membership, 'collectionId' | 'versionIndex'>;

interface PlacePage {
  readonly after: PlaceCursor | undefined;
  readonly limit: number;
}

/** Rows tested at a time where the filter is more than SQL can say. */
const TESTED = 500;

/** A page of the places whose versions match, by collection, the oldest first. */
export async function listPlaces(database: Queryable, listing: PlaceListing, page: PlacePage): Promise<Membership[]> {
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
  page: PlacePage,
): AsyncGenerator<Membership> {
  const { tenantId, filter } = listing;
  for await (const collectionIds of listing.collections(page.after?.collectionId)) {
    yield* matchingIn(database, { tenantId, collectionIds, filter }, page);
  }
}

interface SomePlaces {
  readonly tenantId: TenantId;
  readonly collectionIds: readonly CollectionId[];
  readonly filter: Filter | undefined;
}

async function* matchingIn(database: Queryable, some: SomePlaces, page: PlacePage): AsyncGenerator<Membership> {
  const { filter } = some;
  let { after } = page;
  for (;;) {
    const { rows, exact, limit } = await candidates(database, some, { ...page, after });
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

/** Of each collection no more than a page is read, in its order, however many versions it has. */
async function candidates(database: Queryable, some: SomePlaces, page: PlacePage) {
  const { tenantId, collectionIds, filter } = some;
  const narrowing = await narrowingOf(database, some, filter);
  const leader = narrowing?.kind === 'ordered' ? 'term' : 'membership';
  const parameters = new Parameters();
  const tenant = parameters.add(tenantId, 'bigint');
  const place = { tenant, collection: 'place.collection_id' };
  const from =
    narrowing?.kind === 'gathered'
      ? gatheredVersions(gatheredPlaces(narrowing, place, { parameters }), place)
      : placedVersions(narrowing);
  const condition =
    filter === undefined ? { sql: 'true', exact: true } : filterToSql(filter.root, parameters, versionColumn);
  const limit = condition.exact ? page.limit : Math.max(page.limit, TESTED);
  const most = parameters.add(limit, 'int');
  const rows = await database.queryOnce<Row>(
    ...parameters.finish(`select found.* from unnest(${parameters.add(collectionIds, 'bigint[]')}) place (collection_id)
     cross join lateral (
       select ${ARTIFACT_COLUMNS}, ${leader}.collection_id as "placeCollectionId",
         ${leader}.version_index as "placeIndex", membership.created_at as "placedAt",
         ${condition.exact ? 'null' : versionFactColumns(filter)} as facts
       from ${from}
       where ${leader}.tenant_id = ${tenant} and ${leader}.collection_id = place.collection_id
         and ${narrowing?.kind === 'ordered' ? orderedSql(narrowing, parameters) : 'true'}
         and artifact.state = 'committed' and ${condition.sql} and ${afterCondition(page.after, leader, parameters)}
       order by ${leader}.version_index limit ${most}) found
     order by "placeCollectionId", "placeIndex" limit ${most}`),
  );
  const placed = rows.map((row) => ({ place: placeOf(tenantId, row), version: row, facts: row.facts }));
  return { rows: placed, exact: condition.exact, limit };
}

function afterCondition(after: PlaceCursor | undefined, leader: string, parameters: Parameters): string {
  if (after === undefined) return 'true';
  const { collectionId, versionIndex } = after;
  return `(${leader}.collection_id, ${leader}.version_index)
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
