import type { Instant } from '../model/clock.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import type { Transaction } from './database.ts';

/**
 * Changes a locked integration. What its receiver asked to wait for is forgotten: it may have been another one's.
 *
 * @throws DatabaseError 23505 when the entity has another one of that name
 */
export async function updateIntegration(
  tx: Transaction,
  id: IntegrationId,
  { name, config, now }: { readonly name: string; readonly config: JsonObject; readonly now: Instant },
): Promise<void> {
  await tx.execute(
    `with changed as (
       update integration set name = $2::text, config = $3::jsonb, updated_at = $4::timestamptz where id = $1::bigint
       returning id
     )
     update destination set open_at = null from changed where destination.id = changed.id`,
    [id, name, JSON.stringify(config), new Date(now)],
  );
}

/** Lets deliveries to an integration go on. */
export async function enableIntegration(tx: Transaction, id: IntegrationId): Promise<void> {
  await tx.execute('update integration set disabled_at = null, disabled_reason = null where id = $1::bigint', [id]);
}

/** Stores what is sealed of an integration, under a data key of its tenant. */
export async function keepSealed(tx: Transaction, id: IntegrationId, sealed: Uint8Array): Promise<void> {
  await tx.execute('update integration set sealed = $2::bytea where id = $1::bigint', [id, sealed]);
}

/** Leaves a tombstone, without what was sealed: what is queued for it fails, names of deliveries that were made stay. */
export async function markIntegrationDeleted(tx: Transaction, id: IntegrationId, now: Instant): Promise<void> {
  await tx.execute('update integration set deleted_at = $2::timestamptz, sealed = null where id = $1::bigint', [
    id,
    new Date(now),
  ]);
}
