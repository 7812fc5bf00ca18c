import type { Instant } from '../model/clock.ts';
import type { ArtifactTypeId, ProjectId, TenantId } from '../model/ids.ts';
import type { Queryable } from './database.ts';

export interface NewArtifactType {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
  /** Used when the project has no type of that name. */
  readonly typeId: ArtifactTypeId;
  readonly name: string;
  readonly now: Instant;
}

/** Makes a type of a project, unless it has one of that name. */
export async function ensureArtifactType(database: Queryable, type: NewArtifactType): Promise<void> {
  await database.execute(
    `insert into artifact_type (tenant_id, project_id, type_id, name, created_at)
     values ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::timestamptz) on conflict do nothing`,
    [type.tenantId, type.projectId, type.typeId, type.name, new Date(type.now)],
  );
}
