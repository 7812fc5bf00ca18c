import type { Filter } from '../filter/filter.ts';
import type { Facts } from '../filter/match.ts';
import { type Json, objectOf } from '../model/json.ts';
import { uncleanJson } from '../model/loose-json.ts';
import { valueAt } from '../model/value-at.ts';
import { ARTIFACT_COLUMNS, ARTIFACTS, type Artifact } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable } from './database.ts';
import { countRows, type KeysetList, type Listed, type ListPage, listRows } from './keyset-list.ts';
import { type ColumnOf, exactMemberOf, type ListColumn, Parameters } from './list-columns.ts';
import { METADATA, type Narrowing, narrowingOf, narrowingSql, narrowingTable } from './sought-terms.ts';

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

/** A page of the versions of a collection that match (see {@link listRows}); ids are numbers in the collection. */
export async function listVersions(
  database: Queryable,
  listing: VersionListing,
  page: ListPage,
): Promise<Listed<CollectionVersion>[]> {
  return listRows(database, versionList(listing, await narrowed(database, listing)), page);
}

/** How many versions of a collection match. */
export async function countVersions(database: Queryable, listing: VersionListing): Promise<number> {
  const narrowing = await narrowed(database, listing);
  const isTold = narrowing?.sole === true && !narrowing.untold && listing.text === undefined;
  return isTold ? countTerms(database, listing, narrowing) : countRows(database, versionList(listing, narrowing));
}

function narrowed(database: Queryable, { tenantId, collectionId, filter }: VersionListing) {
  return narrowingOf(database, { tenantId, collectionIds: [collectionId] }, filter);
}

async function countTerms(database: Queryable, { tenantId, collectionId }: VersionListing, narrowing: Narrowing) {
  const parameters = new Parameters();
  const [row] = await database.queryOnce<{ count: number }>(
    ...parameters.finish(`select count(*)::float8 as count from ${narrowingTable(narrowing)}
      where term.tenant_id = ${parameters.add(tenantId, 'bigint')}
        and term.collection_id = ${parameters.add(collectionId, 'bigint')} and ${narrowingSql(narrowing, parameters)}`),
  );
  return row?.count ?? 0;
}

const TAGS = `array(select tag from version_tag t where t.tenant_id = artifact.tenant_id
  and t.artifact_id = artifact.artifact_id)`;
const ALIASES = `array(select alias from alias a where a.tenant_id = membership.tenant_id
  and a.collection_id = membership.collection_id and a.version_index = membership.version_index)`;

const COLUMNS: Readonly<Record<string, ListColumn>> = {
  id: { kind: 'text', sql: 'artifact.artifact_id::text', nullable: false },
  version: { kind: 'text', sql: `('v' || membership.version_index)`, nullable: false },
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

/** Versions at their places: found by a value of their metadata, or one after the other. */
export function placedVersions(narrowing: Narrowing | undefined): string {
  const versions = `(${ARTIFACTS}) on artifact.tenant_id = membership.artifact_tenant_id
    and artifact.artifact_id = membership.artifact_id`;
  if (narrowing === undefined) return `membership join ${versions}`;
  return `${narrowingTable(narrowing)} join membership on membership.tenant_id = term.tenant_id
    and membership.collection_id = term.collection_id and membership.version_index = term.version_index
    join ${versions}`;
}

function versionList(
  { tenantId, collectionId, text, filter }: VersionListing,
  narrowing: Narrowing | undefined,
): KeysetList<CollectionVersion> {
  const leader = narrowing === undefined ? 'membership' : 'term';
  return {
    name: 'artifacts',
    columns: `${ARTIFACT_COLUMNS}, membership.version_index as "placeIndex", membership.created_at as "placedAt"`,
    from: placedVersions(narrowing),
    id: { sql: `${leader}.version_index`, type: 'int' },
    filter,
    scope: (parameters) => {
      const tenant = parameters.add(tenantId, 'bigint');
      const collection = parameters.add(collectionId, 'bigint');
      return [
        `${leader}.tenant_id = ${tenant} and ${leader}.collection_id = ${collection}`,
        ...(narrowing === undefined ? [] : [narrowingSql(narrowing, parameters)]),
        ...(text === undefined ? [] : [contains(text, { tenant, collection }, parameters)]),
      ].join(' and ');
    },
    columnOf: versionColumn,
    factColumns: () => versionFactColumns(filter),
    factsOf: versionFacts,
  };
}

/** Aliases and tags are looked through once, not for each version. */
function contains(
  text: string,
  { tenant, collection }: { tenant: string; collection: string },
  parameters: Parameters,
) {
  const sought = parameters.add(text.toLowerCase(), 'text');
  return `(strpos('v' || membership.version_index, ${sought}) > 0
    or membership.version_index in (select a.version_index from alias a
      where a.tenant_id = ${tenant} and a.collection_id = ${collection} and strpos(lower(a.alias), ${sought}) > 0)
    or membership.version_index in (select m.version_index from membership m
      join version_tag t on t.tenant_id = m.artifact_tenant_id and t.artifact_id = m.artifact_id
      where m.tenant_id = ${tenant} and m.collection_id = ${collection} and strpos(lower(t.tag), ${sought}) > 0))`;
}
