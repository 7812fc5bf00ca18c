import type { Instant } from '../model/clock.ts';
import type { ArtifactTypeId, ProjectId, TenantId } from '../model/ids.ts';
import type { Queryable } from './database.ts';

/** Names a type of artifacts in a project. */
export interface ArtifactTypeKey {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
  readonly name: string;
}

export interface ArtifactType extends ArtifactTypeKey {
  readonly typeId: ArtifactTypeId;
  readonly description: string | null;
  readonly createdAt: Instant;
}

const COLUMNS = `tenant_id as "tenantId", project_id as "projectId", type_id as "typeId", name, description,
  created_at as "createdAt"`;

/** Types by name, in no order. */
export function artifactTypesByKey(database: Queryable, keys: readonly ArtifactTypeKey[]): Promise<ArtifactType[]> {
  return database.query<ArtifactType>(
    `select ${COLUMNS} from artifact_type
      where tenant_id = any($1::bigint[])
        and (tenant_id, project_id, name) in (select * from unnest($1::bigint[], $2::bigint[], $3::text[]))`,
    [keys.map(({ tenantId }) => tenantId), keys.map(({ projectId }) => projectId), keys.map(({ name }) => name)],
  );
}

export interface ArtifactTypePage extends Omit<ArtifactTypeKey, 'name'> {
  /** The last name of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** The types of a project by name. */
export function listArtifactTypes(database: Queryable, page: ArtifactTypePage): Promise<ArtifactType[]> {
  return database.query<ArtifactType>(
    `select ${COLUMNS} from artifact_type
      where tenant_id = $1::bigint and project_id = $2::bigint
        and ($3::text is null or name collate "C" > $3::text)
      order by name collate "C" limit $4::int`,
    [page.tenantId, page.projectId, page.after ?? null, page.limit],
  );
}
