import type { TenantId } from '../model/ids.ts';
import { ARTIFACT_COLUMNS, ARTIFACTS, type Artifact } from './artifacts.ts';
import type { Queryable } from './database.ts';

/** Those artifacts of several tenants that a client gave this provisional id. */
export async function artifactsByClientId(
  database: Queryable,
  tenantIds: readonly TenantId[],
  clientId: string,
): Promise<Artifact[]> {
  return database.query<Artifact>(
    `select ${ARTIFACT_COLUMNS} from ${ARTIFACTS}
      where artifact.tenant_id = any($1::bigint[]) and artifact.client_id = $2::text and artifact.state <> 'deleted'`,
    [tenantIds, clientId],
  );
}
