import type { TenantId } from '../model/ids.ts';
import type { Queryable } from './database.ts';

/** The tenant after another one, by id; the first when there is none before it. For walks over all of them. */
export async function nextTenant(database: Queryable, after: TenantId | undefined): Promise<TenantId | undefined> {
  const [row] = await database.query<{ id: TenantId }>(
    'select id from entity where id > coalesce($1::bigint, 0) order by id limit 1',
    [after ?? null],
  );
  return row?.id;
}
