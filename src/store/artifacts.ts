import type { Instant } from '../model/clock.ts';
import type { ArtifactId, CollectionId, ProjectId, RunId, TenantId, UserId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Queryable, Transaction } from './database.ts';

export type ArtifactState = 'pending' | 'committed' | 'deleted';

export interface ArtifactKey {
  readonly tenantId: TenantId;
  readonly artifactId: ArtifactId;
}

/** The content of a version. Its number and its aliases lie in its places ({@link Membership}). */
export interface Artifact extends ArtifactKey {
  readonly projectId: ProjectId;
  /** The sequence it is logged to. */
  readonly collectionId: CollectionId;
  readonly state: ArtifactState;
  /** Hexadecimal, of the manifest. */
  readonly digest: string;
  /** `MANIFEST_MD5` or `MANIFEST_XXH128`. */
  readonly digestAlgorithm: string;
  readonly description: string | null;
  /** As the client sent it. */
  readonly metadataRaw: string;
  /** The same, cleaned for `jsonb`. */
  readonly metadata: Json;
  /** -2 for ever, -1 as its collection says. */
  readonly ttlSeconds: number;
  readonly historyStep: number | null;
  /** Bytes of all its files and references. */
  readonly size: number;
  readonly fileCount: number;
  readonly commitHash: string | null;
  /** Asked for when it was created, given at commit. */
  readonly wantedAliases: readonly string[];
  readonly wantedTags: readonly string[];
  readonly baseArtifactId: ArtifactId | null;
  /** The run that made it, of the same tenant. */
  readonly runId: RunId | null;
  readonly userId: UserId | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly committedAt: Instant | null;
  /** In its sequence; `null` before it is committed and after it is deleted. */
  readonly versionIndex: number | null;
}

export const ARTIFACT_COLUMNS = `artifact.tenant_id as "tenantId", artifact.artifact_id as "artifactId",
  artifact.project_id as "projectId", artifact.collection_id as "collectionId", artifact.state, artifact.digest,
  artifact.digest_algorithm as "digestAlgorithm", artifact.description, artifact.metadata_raw as "metadataRaw",
  artifact.metadata, artifact.ttl_seconds::float8 as "ttlSeconds", artifact.history_step::float8 as "historyStep",
  artifact.size::float8 as size, artifact.file_count as "fileCount", artifact.commit_hash as "commitHash",
  artifact.wanted_aliases as "wantedAliases", artifact.wanted_tags as "wantedTags",
  artifact.base_artifact_id as "baseArtifactId", artifact.run_id as "runId", artifact.user_id as "userId",
  artifact.created_at as "createdAt", artifact.updated_at as "updatedAt", artifact.committed_at as "committedAt",
  own.version_index as "versionIndex"`;

/** Every artifact with its place in its own sequence. */
export const ARTIFACTS = `artifact left join membership own on own.tenant_id = artifact.tenant_id
  and own.collection_id = artifact.collection_id and own.artifact_tenant_id = artifact.tenant_id
  and own.artifact_id = artifact.artifact_id`;

/** An artifact in whatever state, deleted ones too. */
export async function artifactById(database: Queryable, key: ArtifactKey): Promise<Artifact | undefined> {
  const [row] = await database.query<Artifact>(
    `select ${ARTIFACT_COLUMNS} from ${ARTIFACTS}
      where artifact.tenant_id = $1::bigint and artifact.artifact_id = $2::bigint`,
    [key.tenantId, key.artifactId],
  );
  return row;
}

/** Artifacts of one tenant in whatever state, in no order. */
export async function artifactsById(
  database: Queryable,
  tenantId: TenantId,
  ids: readonly ArtifactId[],
): Promise<Artifact[]> {
  return database.query<Artifact>(
    `select ${ARTIFACT_COLUMNS} from ${ARTIFACTS}
      where artifact.tenant_id = $1::bigint and artifact.artifact_id = any($2::bigint[])`,
    [tenantId, ids],
  );
}

/** Locks an artifact; the collections of its places are locked before (data model, section 6). */
export async function lockArtifact(tx: Transaction, key: ArtifactKey): Promise<Artifact | undefined> {
  const [row] = await tx.query<Artifact>(
    `select ${ARTIFACT_COLUMNS} from ${ARTIFACTS}
      where artifact.tenant_id = $1::bigint and artifact.artifact_id = $2::bigint for no key update of artifact`,
    [key.tenantId, key.artifactId],
  );
  return row;
}
