import type { ManifestId } from '../model/ids.ts';
import { ARTIFACT_COLUMNS, ARTIFACTS, type Artifact, type ArtifactKey } from './artifacts.ts';
import type { Queryable } from './database.ts';
import { MEMBERSHIP_COLUMNS, type Membership } from './memberships.ts';

/** Artifacts in whatever state, in no order. */
export function artifactsByKey(database: Queryable, keys: readonly ArtifactKey[]): Promise<Artifact[]> {
  return database.query<Artifact>(
    `select ${ARTIFACT_COLUMNS} from ${ARTIFACTS}
      where artifact.tenant_id = any($1::bigint[])
        and (artifact.tenant_id, artifact.artifact_id) in (select * from unnest($1::bigint[], $2::bigint[]))`,
    columnsOf(keys),
  );
}

/** All places of some artifacts, the oldest first. */
export function placesOfArtifacts(database: Queryable, keys: readonly ArtifactKey[]): Promise<Membership[]> {
  return database.query<Membership>(
    `select ${MEMBERSHIP_COLUMNS} from membership
      where artifact_tenant_id = any($1::bigint[])
        and (artifact_tenant_id, artifact_id) in (select * from unnest($1::bigint[], $2::bigint[]))
      order by created_at, tenant_id, collection_id`,
    columnsOf(keys),
  );
}

export interface VersionTag extends ArtifactKey {
  readonly tag: string;
}

/** The tags of some versions, by name. */
export function versionTags(database: Queryable, keys: readonly ArtifactKey[]): Promise<VersionTag[]> {
  return database.query<VersionTag>(
    `select tenant_id as "tenantId", artifact_id as "artifactId", tag from version_tag
      where tenant_id = any($1::bigint[]) and (tenant_id, artifact_id) in (select * from unnest($1::bigint[], $2::bigint[]))
      order by tag collate "C"`,
    columnsOf(keys),
  );
}

/** The whole list of a version's files. */
export interface CurrentManifest extends ArtifactKey {
  readonly manifestId: ManifestId;
  /** Base64. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

/** The newest manifest of each artifact that says all of its files and has arrived. */
export function currentManifests(database: Queryable, keys: readonly ArtifactKey[]): Promise<CurrentManifest[]> {
  return database.query<CurrentManifest>(
    `select distinct on (tenant_id, artifact_id) tenant_id as "tenantId", artifact_id as "artifactId",
       manifest_id as "manifestId", digest, size::float8 as size
      from artifact_manifest
      where tenant_id = any($1::bigint[]) and (tenant_id, artifact_id) in (select * from unnest($1::bigint[], $2::bigint[]))
        and type = 'full' and blob is not null
      order by tenant_id, artifact_id, manifest_id desc`,
    columnsOf(keys),
  );
}

function columnsOf(keys: readonly ArtifactKey[]): [tenants: string[], artifacts: string[]] {
  return [keys.map(({ tenantId }) => tenantId), keys.map(({ artifactId }) => artifactId)];
}
