import type { ArtifactKey } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Transaction } from './database.ts';

/** Has whoever listens told, after the commit, that something of a collection changed. */
export function tellCollection(tx: Transaction, { tenantId, collectionId }: CollectionKey): void {
  tx.changed({ kind: 'collection', tenantId, collectionId });
}

/** The same of every collection that one of these versions is in: each shows where else they lie, and who uses them. */
export async function tellPlaces(tx: Transaction, artifacts: readonly ArtifactKey[]): Promise<void> {
  const collections = await tx.query<CollectionKey>(
    `select distinct membership.tenant_id as "tenantId", membership.collection_id as "collectionId"
      from unnest($1::bigint[], $2::bigint[]) as version (tenant_id, artifact_id)
      join membership on membership.artifact_tenant_id = version.tenant_id
        and membership.artifact_id = version.artifact_id`,
    [artifacts.map(({ tenantId }) => tenantId), artifacts.map(({ artifactId }) => artifactId)],
  );
  for (const collection of collections) tellCollection(tx, collection);
}
