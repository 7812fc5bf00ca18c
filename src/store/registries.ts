import type { ProjectId, TenantId } from '../model/ids.ts';
import type { Queryable, Transaction } from './database.ts';

/** What a registry has beside its project. */
export interface RegistrySettings {
  readonly allowAllTypes: boolean;
  /** By name: those that were allowed, and those that its collections have. Without `allowAllTypes` no others come. */
  readonly types: readonly string[];
  /** Set and removed by admins of the registry only. */
  readonly protectedAliases: readonly string[];
}

export interface RegistryKey {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
}

export interface NewRegistry extends RegistryKey {
  readonly allowAllTypes: boolean;
  readonly types: readonly string[];
}

export async function insertRegistry(tx: Transaction, registry: NewRegistry): Promise<void> {
  await tx.execute(
    `insert into registry (project_id, tenant_id, allow_all_types, allowed_types)
     values ($1::bigint, $2::bigint, $3::boolean, $4::text[])`,
    [registry.projectId, registry.tenantId, registry.allowAllTypes, registry.types],
  );
}

/** Changes settings; `null` leaves one as it is. */
export async function updateRegistry(
  tx: Transaction,
  { tenantId, projectId }: RegistryKey,
  change: {
    readonly allowAllTypes: boolean | null;
    /** Allowed from now on; a type that was allowed stays so (wandb protocol, 7.5). */
    readonly addedTypes: readonly string[];
    readonly protectedAliases: readonly string[] | null;
  },
): Promise<void> {
  await tx.execute(
    `update registry set allow_all_types = coalesce($3::boolean, allow_all_types),
       allowed_types = allowed_types
         || array(select added from unnest($4::text[]) added where added <> all (allowed_types)),
       protected_aliases = coalesce($5::text[], protected_aliases)
     where tenant_id = $1::bigint and project_id = $2::bigint`,
    [tenantId, projectId, change.allowAllTypes, change.addedTypes, change.protectedAliases],
  );
}

/** The settings of those projects that are registries. */
export async function registrySettings(
  database: Queryable,
  keys: readonly RegistryKey[],
): Promise<ReadonlyMap<ProjectId, RegistrySettings>> {
  const rows = await database.query<RegistrySettings & { projectId: ProjectId }>(
    `select project_id as "projectId", allow_all_types as "allowAllTypes", protected_aliases as "protectedAliases",
       array(select unnest(registry.allowed_types)
             union select name from artifact_type
             where artifact_type.tenant_id = registry.tenant_id and artifact_type.project_id = registry.project_id
             order by 1) as types
     from registry where tenant_id = any($1::bigint[]) and project_id = any($2::bigint[])`,
    [keys.map(({ tenantId }) => tenantId), keys.map(({ projectId }) => projectId)],
  );
  return new Map(rows.map(({ projectId, ...settings }) => [projectId, settings]));
}

/** The aliases of a project's collections that only admins of the registry set; none when it is no registry. */
export async function protectedAliasesOf(database: Queryable, key: RegistryKey): Promise<ReadonlySet<string>> {
  const settings = (await registrySettings(database, [key])).get(key.projectId);
  return new Set(settings?.protectedAliases);
}
