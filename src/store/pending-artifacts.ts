import type { Instant } from '../model/clock.ts';
import type { ArtifactId, TenantId } from '../model/ids.ts';
import { ARTIFACT_COLUMNS, ARTIFACTS, type Artifact, type ArtifactKey } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable, Transaction } from './database.ts';

/** The artifact that a client gave a provisional id, in whatever state. */
export async function artifactByClientId(
  database: Queryable,
  tenantId: TenantId,
  clientId: string,
): Promise<Artifact | undefined> {
  const [row] = await database.query<Artifact>(
    `select ${ARTIFACT_COLUMNS} from ${ARTIFACTS}
      where artifact.tenant_id = $1::bigint and artifact.client_id = $2::text`,
    [tenantId, clientId],
  );
  return row;
}

/** Artifacts of any tenant that a client gave this provisional id, which it made up to be unique. */
export async function artifactsByClientId(database: Queryable, clientId: string): Promise<Artifact[]> {
  return database.query<Artifact>(
    `select ${ARTIFACT_COLUMNS} from ${ARTIFACTS}
      where artifact.tenant_id = any(array(select id from entity)) and artifact.client_id = $1::text
        and artifact.state <> 'deleted'`,
    [clientId],
  );
}

/** Takes the provisional id from a deleted artifact, so that the same one can be logged again. */
export async function releaseClientId(tx: Transaction, key: ArtifactKey): Promise<void> {
  await tx.execute('update artifact set client_id = null where tenant_id = $1::bigint and artifact_id = $2::bigint', [
    key.tenantId,
    key.artifactId,
  ]);
}

/** The artifact of a sequence that several writers are putting together. */
export async function pendingByDistributedId(
  database: Queryable,
  { tenantId, collectionId }: CollectionKey,
  distributedId: string,
): Promise<Artifact | undefined> {
  const [row] = await database.query<Artifact>(
    `select ${ARTIFACT_COLUMNS} from ${ARTIFACTS}
      where artifact.tenant_id = $1::bigint and artifact.collection_id = $2::bigint
        and artifact.distributed_id = $3::text and artifact.state = 'pending'`,
    [tenantId, collectionId, distributedId],
  );
  return row;
}

/** The newest version of a sequence. */
export async function latestVersion(
  database: Queryable,
  { tenantId, collectionId }: CollectionKey,
): Promise<Artifact | undefined> {
  const [row] = await database.query<Artifact>(
    `select ${ARTIFACT_COLUMNS} from ${ARTIFACTS}
      where artifact.tenant_id = $1::bigint and artifact.artifact_id = (
        select artifact_id from membership where tenant_id = $1::bigint and collection_id = $2::bigint
         order by version_index desc limit 1)`,
    [tenantId, collectionId],
  );
  return row;
}

/** The newest version of a sequence with this digest. */
export async function versionByDigest(
  database: Queryable,
  { tenantId, collectionId }: CollectionKey,
  digest: string,
): Promise<Artifact | undefined> {
  const [row] = await database.query<Artifact>(
    `select ${ARTIFACT_COLUMNS} from ${ARTIFACTS}
      where artifact.tenant_id = $1::bigint and artifact.collection_id = $2::bigint
        and artifact.digest = $3::text and artifact.state = 'committed'
      order by artifact.artifact_id desc limit 1`,
    [tenantId, collectionId, digest],
  );
  return row;
}

export interface NewArtifact extends Omit<Artifact, Derived> {
  readonly clientId: string | null;
  readonly sequenceClientId: string | null;
  readonly distributedId: string | null;
}

/** What an artifact has only later. */
type Derived =
  | 'state'
  | 'size'
  | 'fileCount'
  | 'commitHash'
  | 'baseArtifactId'
  | 'updatedAt'
  | 'committedAt'
  | 'versionIndex';

/** Inserts a pending artifact. */
export async function insertArtifact(tx: Transaction, artifact: NewArtifact): Promise<void> {
  const { tenantId, artifactId, projectId, collectionId, digest, digestAlgorithm } = artifact;
  const { clientId, sequenceClientId, distributedId, description, metadataRaw, metadata } = artifact;
  const { ttlSeconds, historyStep, wantedAliases, wantedTags, runId, userId, createdAt } = artifact;
  await tx.execute(
    `insert into artifact (tenant_id, artifact_id, project_id, collection_id, state, digest, digest_algorithm,
       client_id, sequence_client_id, distributed_id, description, metadata_raw, metadata, ttl_seconds, history_step,
       wanted_aliases, wanted_tags, run_id, user_id, created_at, updated_at)
     values ($1::bigint, $2::bigint, $3::bigint, $4::bigint, 'pending', $5::text, $6::text, $7::text, $8::text,
       $9::text, $10::text, $11::text, $12::jsonb, $13::bigint, $14::bigint, $15::text[], $16::text[], $17::bigint,
       $18::bigint, $19::timestamptz, $19::timestamptz)`,
    [
      ...[tenantId, artifactId, projectId, collectionId, digest, digestAlgorithm],
      ...[clientId, sequenceClientId, distributedId, description, metadataRaw, JSON.stringify(metadata)],
      ...[ttlSeconds, historyStep, wantedAliases, wantedTags, runId, userId, new Date(createdAt)],
    ],
  );
}

export interface Wanted {
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  readonly now: Instant;
}

/** Notes what a further writer of a pending artifact asks for, instead of what was asked before. */
export async function setWanted(tx: Transaction, key: ArtifactKey, { aliases, tags, now }: Wanted): Promise<void> {
  await tx.execute(
    `update artifact set wanted_aliases = $3::text[], wanted_tags = $4::text[], updated_at = $5::timestamptz
      where tenant_id = $1::bigint and artifact_id = $2::bigint`,
    [key.tenantId, key.artifactId, aliases, tags, new Date(now)],
  );
}

/** How often it is noted that an artifact makes progress. */
export const PROGRESS_EVERY_MS = 60_000;

/** Notes, once a minute, that a pending artifact makes progress: it is not collected as long as it does. */
export async function touchArtifact(database: Queryable, key: ArtifactKey, now: Instant): Promise<void> {
  await database.execute(
    `update artifact set updated_at = $3::timestamptz
      where tenant_id = $1::bigint and artifact_id = $2::bigint and state = 'pending' and updated_at < $4::timestamptz`,
    [key.tenantId, key.artifactId, new Date(now), new Date(now - PROGRESS_EVERY_MS)],
  );
}

export interface CommittedContent extends ArtifactKey {
  readonly digest: string;
  readonly size: number;
  readonly fileCount: number;
  readonly commitHash: string;
  readonly baseArtifactId: ArtifactId | null;
  readonly now: Instant;
}

/** Makes a pending artifact, whose lock is held, a committed one. */
export async function markCommitted(tx: Transaction, content: CommittedContent): Promise<void> {
  const { tenantId, artifactId, digest, size, fileCount, commitHash, baseArtifactId, now } = content;
  await tx.execute(
    `update artifact set state = 'committed', digest = $3::text, size = $4::bigint, file_count = $5::int,
       commit_hash = $6::text, base_artifact_id = $7::bigint, committed_at = $8::timestamptz,
       updated_at = $8::timestamptz
      where tenant_id = $1::bigint and artifact_id = $2::bigint`,
    [tenantId, artifactId, digest, size, fileCount, commitHash, baseArtifactId, new Date(now)],
  );
}
