import type { Filter } from '../filter/filter.ts';
import type { Facts } from '../filter/match.ts';
import { type Json, objectOf } from '../model/json.ts';
import { uncleanJson } from '../model/loose-json.ts';
import { valueAt } from '../model/value-at.ts';
import { ARTIFACT_COLUMNS, ARTIFACTS, type Artifact } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable } from './database.ts';
import { countRows, type KeysetList, type Listed, type ListPage, listRows } from './keyset-list.ts';
import { type ColumnOf, type ListColumn, memberOf } from './list-columns.ts';

/** A version as a collection lists it. */
export interface CollectionVersion extends Artifact {
  /** In that collection. */
  readonly placeIndex: number;
  /** When it came there. */
  readonly placedAt: number;
}

export interface VersionListing extends CollectionKey {
  readonly filter: Filter | undefined;
}

/** A page of the versions of a collection that match (see {@link listRows}); ids are numbers in the collection. */
export function listVersions(
  database: Queryable,
  listing: VersionListing,
  page: ListPage,
): Promise<Listed<CollectionVersion>[]> {
  return listRows(database, versionList(listing), page);
}

/** How many versions of a collection match. */
export function countVersions(database: Queryable, listing: VersionListing): Promise<number> {
  return countRows(database, versionList(listing));
}

const TAGS = `array(select tag from version_tag t where t.tenant_id = artifact.tenant_id
  and t.artifact_id = artifact.artifact_id)`;
const ALIASES = `array(select alias from alias a where a.tenant_id = membership.tenant_id
  and a.collection_id = membership.collection_id and a.version_index = membership.version_index)`;
const METADATA = 'metadata.';

const COLUMNS: Readonly<Record<string, ListColumn>> = {
  id: { kind: 'text', sql: 'artifact.artifact_id::text', nullable: false },
  version: { kind: 'text', sql: `('v' || membership.version_index)`, nullable: false },
  version_index: { kind: 'number', sql: 'membership.version_index::float8', nullable: false },
  tag: { kind: 'tags', sql: TAGS },
  alias: { kind: 'tags', sql: ALIASES },
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
  return { kind: 'tree', sql: memberOf('artifact.metadata', path, parameters), exact: !path.includes('.') };
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

function versionList({ tenantId, collectionId, filter }: VersionListing): KeysetList<CollectionVersion> {
  return {
    name: 'artifacts',
    columns: `${ARTIFACT_COLUMNS}, membership.version_index as "placeIndex", membership.created_at as "placedAt"`,
    from: `membership join (${ARTIFACTS}) on artifact.tenant_id = membership.artifact_tenant_id
      and artifact.artifact_id = membership.artifact_id`,
    id: { sql: 'membership.version_index', type: 'int' },
    filter,
    scope: (parameters) => `membership.tenant_id = ${parameters.add(tenantId, 'bigint')}
      and membership.collection_id = ${parameters.add(collectionId, 'bigint')}`,
    columnOf: versionColumn,
    factColumns: () => versionFactColumns(filter),
    factsOf: versionFacts,
  };
}
