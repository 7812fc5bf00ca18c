import type { Filter } from '../filter/filter.ts';
import type { Facts } from '../filter/match.ts';
import { type Json, objectOf } from '../model/json.ts';
import { uncleanJson } from '../model/loose-json.ts';
import { valueAt } from '../model/value-at.ts';
import { ARTIFACT_COLUMNS, type Artifact } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable } from './database.ts';
import type { KeysetList, Listed, ListPage } from './keyset-list.ts';
import { countRows, type Found, listRows, searchRows } from './keyset-search.ts';
import { type StretchedList, searchStretch, searchStretches } from './keyset-stretches.ts';
import { type ColumnOf, exactMemberOf, type ListColumn, Parameters } from './list-columns.ts';
import { asksOneOf, METADATA, SIZE } from './sought-terms.ts';
import {
  contains,
  EACH_BY_SIZE,
  EACH_VERSION,
  gatheredVersions,
  lastOfNext,
  lastOfNextBySize,
  nextBeyond,
  placedVersions,
  WHEN_FOUND,
} from './sought-versions.ts';
import { gatheredPlaces, type Narrowing, narrowingOf, orderedSql, orderedTable } from './version-narrowing.ts';

/** A version as a collection lists it. */
export interface CollectionVersion extends Artifact {
  /** In that collection. */
  readonly placeIndex: number;
  /** When it came there. */
  readonly placedAt: number;
}

export interface VersionListing extends CollectionKey {
  /** Only those in whose number, aliases or tags it lies, in whatever case. */
  readonly text?: string | undefined;
  readonly filter: Filter | undefined;
}

/** A page of the versions of a collection that match (see {@link searchRows}); ids are numbers in the collection. */
export async function listVersions(
  database: Queryable,
  listing: VersionListing,
  page: ListPage,
): Promise<Listed<CollectionVersion>[]> {
  const narrowing = (await narrowed(database, listing)) ?? inOrder(page);
  return (
    (await nearbyPage(database, listing, narrowing, page)) ??
    listRows(database, versionList(listing, narrowing, page), page)
  );
}

/**
 * The same, but not for longer than some time where each version has to be looked at.
 *
 * @param page in the order of numbers, or of sizes
 */
export async function searchVersions(
  database: Queryable,
  listing: VersionListing,
  page: ListPage,
  milliseconds: number,
): Promise<Found<CollectionVersion>> {
  const isBySize = page.order.field !== undefined;
  const narrowing = await narrowed(database, listing, isBySize);
  if (isBySize ? !isRare(narrowing) : isLookedThrough(listing, narrowing)) {
    return searchStretches(database, stretchedList(listing, page), page, milliseconds);
  }
  const nearby = await nearbyPage(database, listing, narrowing, page);
  if (nearby !== undefined) return { rows: nearby, reached: null };
  return searchRows(database, versionList(listing, narrowing, page), page, milliseconds);
}

function isLookedThrough({ filter }: VersionListing, narrowing: Narrowing | undefined): boolean {
  return narrowing === undefined && filter !== undefined && !asksOneOf(filter.root, LOOKED_UP);
}

/** Whether so few versions are found that they can all be put in another order than that of their numbers. */
function isRare(narrowing: Narrowing | undefined): boolean {
  if (narrowing?.kind === 'ordered') return narrowing.term.kind === 'alias';
  return narrowing !== undefined && !narrowing.areFrequent && !narrowing.untold;
}

/** Fields with an index that leads from a value to the versions that have it. */
const LOOKED_UP: ReadonlySet<string> = new Set(['alias', 'tag', 'version']);
const NUMBER: ReadonlySet<string> = new Set(['version']);

/** Versions that are looked at before all are gathered that have what many have. */
const NEARBY = 2_000;

/** A page of versions that have what many have, when it is full with those that come next; `undefined` else. */
async function nearbyPage(
  database: Queryable,
  listing: VersionListing,
  narrowing: Narrowing | undefined,
  page: ListPage,
): Promise<Listed<CollectionVersion>[] | undefined> {
  if (narrowing?.kind !== 'gathered' || !narrowing.areFrequent || page.order.field !== undefined) return undefined;
  const stretch = { rows: NEARBY, milliseconds: Number.POSITIVE_INFINITY };
  const { rows } = await searchStretch(database, stretchedList(listing, page), page, stretch);
  return rows.length < page.limit ? undefined : rows;
}

/** How many versions of a collection match. */
export async function countVersions(database: Queryable, listing: VersionListing): Promise<number> {
  const narrowing = await narrowed(database, listing);
  return narrowing?.isExact === true && listing.text === undefined
    ? countNarrowed(database, listing, narrowing)
    : countRows(database, versionList(listing, narrowing));
}

function narrowed(database: Queryable, { tenantId, collectionId, filter }: VersionListing, areReordered = false) {
  return narrowingOf(database, { tenantId, collectionIds: [collectionId] }, filter, areReordered);
}

async function countNarrowed(database: Queryable, { tenantId, collectionId }: VersionListing, narrowing: Narrowing) {
  const parameters = new Parameters();
  const place = { tenant: parameters.add(tenantId, 'bigint'), collection: parameters.add(collectionId, 'bigint') };
  const from =
    narrowing.kind === 'gathered'
      ? gatheredPlaces(narrowing, place, { parameters })
      : `${orderedTable(narrowing)} where term.tenant_id = ${place.tenant} and term.collection_id = ${place.collection}
          and ${orderedSql(narrowing, parameters)}`;
  const [row] = await database.queryOnce<{ count: number }>(
    ...parameters.finish(`select count(*)::float8 as count from ${from}`),
  );
  return row?.count ?? 0;
}

const TAGS = `array(select tag from version_tag t where t.tenant_id = artifact.tenant_id
  and t.artifact_id = artifact.artifact_id)`;
const ALIASES = `array(select alias from alias a where a.tenant_id = membership.tenant_id
  and a.collection_id = membership.collection_id and a.version_index = membership.version_index)`;

const COLUMNS: Readonly<Record<string, ListColumn>> = {
  id: { kind: 'text', sql: 'artifact.artifact_id::text', nullable: false },
  version: {
    kind: 'text',
    sql: `('v' || membership.version_index)`,
    nullable: false,
    among: (versions) => `membership.version_index = any(array(
      select substr(version, 2)::int from unnest(${versions}) version where version ~ '^v(0|[1-9][0-9]{0,8})$'))`,
  },
  version_index: { kind: 'number', sql: 'membership.version_index::float8', nullable: false },
  tag: {
    kind: 'tags',
    sql: TAGS,
    among: (tags) => `exists (select from version_tag t where t.tenant_id = artifact.tenant_id
      and t.artifact_id = artifact.artifact_id and t.tag = any(${tags}))`,
  },
  alias: {
    kind: 'tags',
    sql: ALIASES,
    among: (aliases) => `exists (select from alias a where a.tenant_id = membership.tenant_id
      and a.collection_id = membership.collection_id and a.version_index = membership.version_index
      and a.alias = any(${aliases}))`,
  },
  state: { kind: 'text', sql: 'upper(artifact.state)', nullable: false },
  digest: { kind: 'text', sql: 'artifact.digest', nullable: false },
  description: { kind: 'text', sql: 'artifact.description', nullable: true },
  size: { kind: 'number', sql: 'artifact.size::float8', nullable: false },
  created_at: { kind: 'instant', sql: 'artifact.created_at', nullable: false },
  updated_at: { kind: 'instant', sql: 'artifact.updated_at', nullable: false },
};

/** Where a field of a version is read, of `artifact` and its `membership`. */
export const versionColumn: ColumnOf = (field, parameters) => {
  if (!field.name.startsWith(METADATA)) return COLUMNS[field.name];
  const path = field.name.slice(METADATA.length);
  return { kind: 'tree', ...exactMemberOf('artifact.metadata', path, parameters) };
};

/** The facts that stand beside a version's row. */
export interface VersionFacts {
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
}

/** One `jsonb` column with those of {@link VersionFacts} that a filter asks for. */
export function versionFactColumns(filter: Filter | undefined): string {
  const part = (field: string, sql: string): string => (filter?.fields.has(field) ? sql : `'{}'::text[]`);
  return `jsonb_build_object('tags', ${part('tag', TAGS)}, 'aliases', ${part('alias', ALIASES)})`;
}

/** What is true of a version in a collection (wandb protocol, 7.6). */
export function versionFacts(version: CollectionVersion, { tags, aliases }: VersionFacts): Facts {
  return (field) => {
    switch (field) {
      case 'id':
        return version.artifactId;
      case 'version':
        return `v${version.placeIndex}`;
      case 'version_index':
        return version.placeIndex;
      case 'tag':
        return tags;
      case 'alias':
        return aliases;
      case 'state':
        return version.state.toUpperCase();
      case 'digest':
        return version.digest;
      case 'description':
        return version.description ?? undefined;
      case 'size':
        return version.size;
      case 'created_at':
        return new Date(version.createdAt).toISOString();
      case 'updated_at':
        return new Date(version.updatedAt).toISOString();
      default:
        return metadataAt(version, field);
    }
  };
}

function metadataAt({ metadata }: Artifact, field: string): Json | undefined {
  if (!field.startsWith(METADATA)) return undefined;
  return valueAt(objectOf(uncleanJson(metadata)), field.slice(METADATA.length));
}

function versionList(
  { tenantId, collectionId, text, filter }: VersionListing,
  narrowing: Narrowing | undefined,
  page?: ListPage,
): KeysetList<CollectionVersion> {
  const leader = narrowing?.kind === 'ordered' ? 'term' : 'membership';
  const placeOf = (parameters: Parameters) => ({
    tenant: parameters.add(tenantId, 'bigint'),
    collection: parameters.add(collectionId, 'bigint'),
  });
  return {
    name: 'artifacts',
    columns: `${ARTIFACT_COLUMNS}, membership.version_index as "placeIndex", membership.created_at as "placedAt"`,
    from: placedVersions(narrowing),
    soughtFrom: (_asked, parameters) => {
      if (narrowing?.kind !== 'gathered') return placedVersions(narrowing);
      const order = { parameters, ...orderWithin(page, parameters) };
      const place = placeOf(parameters);
      return gatheredVersions(gatheredPlaces(narrowing, place, order), place);
    },
    nearby: (page, rows, parameters) =>
      narrowing === undefined && filter !== undefined && !asksOneOf(filter.root, NUMBER)
        ? nextBeyond(page, rows, placeOf(parameters), parameters)
        : undefined,
    id: { sql: `${leader}.version_index`, type: 'int', whenFound: WHEN_FOUND },
    rowWith: (id, parameters) => {
      const { tenant, collection } = placeOf(parameters);
      return `${placedVersions(undefined)} where membership.tenant_id = ${tenant}
        and membership.collection_id = ${collection} and membership.version_index = ${id}`;
    },
    filter,
    scope: (parameters) => {
      const place = placeOf(parameters);
      return [
        `${leader}.tenant_id = ${place.tenant} and ${leader}.collection_id = ${place.collection}`,
        ...(narrowing?.kind === 'ordered' ? [orderedSql(narrowing, parameters)] : []),
        ...(text === undefined ? [] : [contains(text, place, parameters)]),
      ].join(' and ');
    },
    columnOf: (field, parameters) =>
      field.name === 'size' && isBySize(narrowing) ? SIZE_IN_ORDER : versionColumn(field, parameters),
    factColumns: () => versionFactColumns(filter),
    factsOf: versionFacts,
  };
}

/** All versions, as the index has them that a list in the order of their sizes follows. */
const ALL_SIZES: Narrowing = {
  kind: 'ordered',
  term: { kind: 'range', path: SIZE, op: '$gte', bound: 0 },
  isExact: false,
};

function inOrder({ order }: ListPage): Narrowing | undefined {
  return order.field?.name === 'size' ? ALL_SIZES : undefined;
}

function isBySize(narrowing: Narrowing | undefined): boolean {
  return narrowing?.kind === 'ordered' && narrowing.term.kind === 'range';
}

const SIZE_IN_ORDER = { kind: 'number', sql: 'term.number', nullable: false } as const;

/** All versions in the order of a page, to be looked at one after the other. */
function stretchedList(listing: VersionListing, page: ListPage): StretchedList<CollectionVersion> {
  const narrowing = inOrder(page);
  const { nearby: _all, ...list } = versionList(listing, narrowing);
  const endOf = narrowing === undefined ? lastOfNext : lastOfNextBySize;
  return {
    ...list,
    soughtFrom: () => (narrowing === undefined ? EACH_VERSION : EACH_BY_SIZE),
    endOf: (database, place, versions) => endOf(database, listing, place, versions),
  };
}

/** Of a list in the order of numbers only what lies beyond the page before is gathered. */
function orderWithin(page: ListPage | undefined, parameters: Parameters) {
  if (page === undefined || page.order.field !== undefined) return {};
  const { after, order } = page;
  const beyond = order.descending ? '<' : '>';
  return {
    descending: order.descending,
    further: after && `term.version_index ${beyond} ${parameters.add(after.listId, 'int')}`,
  };
}
