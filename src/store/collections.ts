import type { Instant } from '../model/clock.ts';
import type { CollectionId, ProjectId, TenantId, UserId } from '../model/ids.ts';
import type { Queryable, Transaction } from './database.ts';

/** A sequence holds the versions that were logged to it, a portfolio links to versions of sequences. */
export type CollectionKind = 'sequence' | 'portfolio';

export interface CollectionKey {
  readonly tenantId: TenantId;
  readonly collectionId: CollectionId;
}

/** A collection that is not deleted. */
export interface Collection extends CollectionKey {
  readonly projectId: ProjectId;
  readonly kind: CollectionKind;
  readonly name: string;
  readonly typeName: string;
  readonly description: string | null;
  /** The number of the next version. */
  readonly nextVersion: number;
  /** Of its living memberships. */
  readonly versionCount: number;
  /** How long a version lives that says nothing itself; `null` is for ever. */
  readonly ttlSeconds: number | null;
  readonly createdBy: UserId | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const COLLECTION_COLUMNS = `collection.tenant_id as "tenantId", collection.collection_id as "collectionId",
  collection.project_id as "projectId", collection.kind, collection.name, collection.type_name as "typeName",
  collection.description, collection.next_version as "nextVersion", collection.version_count as "versionCount",
  collection.ttl_seconds::float8 as "ttlSeconds", collection.created_by as "createdBy",
  collection.created_at as "createdAt", collection.updated_at as "updatedAt"`;

export interface CollectionName {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
  readonly name: string;
}

export async function collectionByName(
  database: Queryable,
  { tenantId, projectId, name }: CollectionName,
): Promise<Collection | undefined> {
  const [row] = await database.query<Collection>(
    `select ${COLLECTION_COLUMNS} from collection
      where tenant_id = $1::bigint and project_id = $2::bigint and name = $3::text and deleted_at is null`,
    [tenantId, projectId, name],
  );
  return row;
}

export async function collectionById(database: Queryable, key: CollectionKey): Promise<Collection | undefined> {
  const [row] = await database.query<Collection>(
    `select ${COLLECTION_COLUMNS} from collection
      where tenant_id = $1::bigint and collection_id = $2::bigint and deleted_at is null`,
    [key.tenantId, key.collectionId],
  );
  return row;
}

/** Those collections of one tenant that live, in no order. */
export async function collectionsById(
  database: Queryable,
  tenantId: TenantId,
  ids: readonly CollectionId[],
): Promise<Collection[]> {
  return database.query<Collection>(
    `select ${COLLECTION_COLUMNS} from collection
      where tenant_id = $1::bigint and collection_id = any($2::bigint[]) and deleted_at is null`,
    [tenantId, ids],
  );
}

/**
 * Locks living collections of one tenant, in the order of their ids: numbers, aliases, links and tags below them are
 * changed under these locks only (data model, section 5). Of several tenants, lock those of the smaller id first.
 */
export async function lockCollections(
  tx: Transaction,
  tenantId: TenantId,
  ids: readonly CollectionId[],
): Promise<Collection[]> {
  return tx.query<Collection>(
    `select ${COLLECTION_COLUMNS} from collection
      where tenant_id = $1::bigint and collection_id = any($2::bigint[]) and deleted_at is null
      order by collection_id for no key update`,
    [tenantId, ids],
  );
}

export interface NewCollection extends CollectionKey, CollectionName {
  readonly kind: CollectionKind;
  readonly typeName: string;
  readonly description: string | null;
  readonly createdBy: UserId;
  readonly now: Instant;
}

/** Creates a collection, unless the project has one of that name. @returns whether it was created */
export async function insertCollection(database: Queryable, collection: NewCollection): Promise<boolean> {
  const { tenantId, collectionId, projectId, kind, name, typeName, description, createdBy, now } = collection;
  const rows = await database.query(
    `insert into collection (tenant_id, collection_id, project_id, kind, name, type_name, description, created_by,
       created_at, updated_at)
     values ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::text, $6::text, $7::text, $8::bigint,
       $9::timestamptz, $9::timestamptz)
     on conflict (tenant_id, project_id, name) where deleted_at is null do nothing returning collection_id`,
    [tenantId, collectionId, projectId, kind, name, typeName, description, createdBy, new Date(now)],
  );
  return rows.length > 0;
}
