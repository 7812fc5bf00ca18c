import type { Instant } from '../model/clock.ts';
import type { CollectionId, ProjectId, TenantId } from '../model/ids.ts';
import type { Transaction } from './database.ts';

/**
 * Tombstones the collections of a project. What its portfolios linked to lives on without these places; versions of
 * its own sequences keep theirs until the project's rows go.
 */
export async function removeCollectionsOf(
  tx: Transaction,
  { tenantId, id, now }: { tenantId: TenantId; id: ProjectId; now: Instant },
): Promise<void> {
  const living = await tx.query<{ id: CollectionId; kind: string }>(
    `select collection_id as id, kind from collection
     where tenant_id = $1::bigint and project_id = $2::bigint and deleted_at is null
     order by collection_id for no key update`,
    [tenantId, id],
  );
  const all = living.map((collection) => collection.id);
  const portfolios = living.filter(({ kind }) => kind === 'portfolio').map((collection) => collection.id);
  await Promise.all([
    tx.execute(
      `update collection set deleted_at = to_timestamp($3::float8 / 1000)
       where tenant_id = $1::bigint and collection_id = any($2::bigint[])`,
      [tenantId, all, now],
    ),
    tx.execute('delete from alias where tenant_id = $1::bigint and collection_id = any($2::bigint[])', [
      tenantId,
      portfolios,
    ]),
    tx.execute('delete from membership where tenant_id = $1::bigint and collection_id = any($2::bigint[])', [
      tenantId,
      portfolios,
    ]),
    tx.execute('delete from version_term where tenant_id = $1::bigint and collection_id = any($2::bigint[])', [
      tenantId,
      portfolios,
    ]),
  ]);
}
