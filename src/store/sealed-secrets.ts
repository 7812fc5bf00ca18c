import type { Instant } from '../model/clock.ts';
import type { TenantId } from '../model/ids.ts';
import type { SecretAccess } from '../model/secret-access.ts';
import type { Queryable } from './database.ts';

export interface SecretPlace {
  readonly tenantId: TenantId;
  readonly name: string;
}

/** A secret as whoever has the data key can open it. */
export interface SealedRow extends SecretPlace {
  readonly sealed: Uint8Array;
  readonly previous: Uint8Array | null;
  readonly previousUntil: Instant | null;
  readonly lastUsedAt: Instant | null;
  readonly access: SecretAccess;
}

/** Those of the named secrets that there are, in no order. */
export function readSealed(database: Queryable, wanted: readonly SecretPlace[]): Promise<SealedRow[]> {
  return database.query<SealedRow>(
    `select secret.tenant_id as "tenantId", secret.name, secret.sealed, secret.previous,
       secret.previous_until as "previousUntil", secret.last_used_at as "lastUsedAt",
       json_build_object('webhooks', secret.for_webhooks, 'headerTemplates', secret.for_header_templates) as access
     from unnest($1::bigint[], $2::text[]) as wanted(tenant_id, name) join secret using (tenant_id, name)`,
    placesOf(wanted),
  );
}

/** Keeps when secrets were last used; who holds one of their rows at this moment is not waited for. */
export async function noteUse(database: Queryable, used: readonly SecretPlace[], now: Instant): Promise<void> {
  await database.execute(
    `with free as (
       select secret.tenant_id, secret.name
       from unnest($1::bigint[], $2::text[]) as used(tenant_id, name) join secret using (tenant_id, name)
       for no key update of secret skip locked
     )
     update secret set last_used_at = to_timestamp($3::float8 / 1000) from free
     where secret.tenant_id = free.tenant_id and secret.name = free.name`,
    [...placesOf(used), now],
  );
}

function placesOf(places: readonly SecretPlace[]): [TenantId[], string[]] {
  return [places.map(({ tenantId }) => tenantId), places.map(({ name }) => name)];
}
