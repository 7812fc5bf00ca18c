import type { ArtifactId, CollectionId, ManifestId, RunId, TenantId } from '../../src/model/ids.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { cleanJson, printLooseJson } from '../../src/model/loose-json.ts';
import { setAliases } from '../../src/store/aliases.ts';
import type { ArtifactKey } from '../../src/store/artifacts.ts';
import { type CollectionKey, type CollectionKind, insertCollection } from '../../src/store/collections.ts';
import type { Ground } from '../../src/store/ground.ts';
import { insertMembership } from '../../src/store/memberships.ts';
import type { SeedPlace } from './seeded-runs.ts';

export interface SeededFile {
  readonly path: string;
  readonly digest?: string;
  readonly size?: number;
  readonly ref?: string;
}

export interface SeededVersion {
  readonly state?: 'pending' | 'committed';
  readonly aliases?: readonly string[];
  readonly tags?: readonly string[];
  readonly metadata?: JsonObject;
  readonly description?: string;
  readonly size?: number;
  readonly ttlSeconds?: number;
  readonly files?: readonly SeededFile[];
  readonly runId?: RunId;
}

/** A collection and its type, in a project. */
export async function seedCollection(
  { database, clock, ids }: Ground,
  place: SeedPlace,
  collection: { name: string; kind?: CollectionKind; type?: string; tags?: readonly string[]; description?: string },
): Promise<CollectionKey> {
  const now = clock.now();
  const { name, kind = 'sequence', type = 'dataset', tags = [], description = null } = collection;
  const key = { tenantId: place.tenantId, collectionId: ids.next<CollectionId>(now) };
  await database.execute(
    `insert into artifact_type (tenant_id, project_id, type_id, name, created_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [place.tenantId, place.projectId, ids.next(now), type, new Date(now)],
  );
  const { projectId, userId: createdBy } = place;
  await insertCollection(database, { ...key, projectId, kind, name, typeName: type, description, createdBy, now });
  for (const tag of tags) {
    await database.execute('insert into collection_tag values ($1, $2, $3, $4)', [
      key.tenantId,
      key.collectionId,
      tag,
      new Date(now),
    ]);
  }
  return key;
}

/** A version in a sequence; a committed one has a place there, a manifest and files. */
export async function seedVersion(
  ground: Ground,
  place: SeedPlace,
  sequence: CollectionKey,
  version: SeededVersion = {},
): Promise<ArtifactKey> {
  const { database, clock, ids } = ground;
  const now = new Date(clock.now());
  const { state = 'committed', metadata = {}, files = [], tags = [], aliases = [] } = version;
  const key = { tenantId: sequence.tenantId, artifactId: ids.next<ArtifactId>(clock.now()) };
  await database.execute(
    `insert into artifact (tenant_id, artifact_id, project_id, collection_id, state, digest, digest_algorithm, description,
       metadata_raw, metadata, ttl_seconds, size, file_count, run_id, user_id, created_at, updated_at, committed_at)
     values ($1, $2, $3, $4, $5, $6, 'MANIFEST_MD5', $7, $8, $9::jsonb, $10, $11, $12, $13, $14, $15, $15, $16)`,
    [
      key.tenantId,
      key.artifactId,
      place.projectId,
      sequence.collectionId,
      state,
      `digest-${key.artifactId}`,
      version.description ?? null,
      printLooseJson(metadata),
      JSON.stringify(cleanJson(metadata)),
      version.ttlSeconds ?? -1,
      version.size ?? 0,
      files.length,
      version.runId ?? null,
      place.userId,
      now,
      state === 'committed' ? now : null,
    ],
  );
  for (const tag of tags) {
    await database.execute('insert into version_tag values ($1, $2, $3, $4)', [key.tenantId, key.artifactId, tag, now]);
  }
  for (const { path, digest = 'ZGlnZXN0', size = 1, ref } of files) {
    await database.execute('insert into artifact_file values ($1, $2, $3, $4, $5, $6, $7)', [
      key.tenantId,
      key.artifactId,
      path,
      digest,
      size,
      ref ?? null,
      ref === undefined ? key.artifactId : null,
    ]);
  }
  if (state === 'committed') {
    await seedManifest(ground, key);
    await seedLink(ground, sequence, key, aliases);
  }
  return key;
}

/** Gives a version a place in a collection. @returns its number there */
export async function seedLink(
  { database, clock }: Ground,
  collection: CollectionKey,
  artifact: ArtifactKey,
  aliases: readonly string[] = [],
): Promise<number> {
  const now = clock.now();
  return database.transaction(async (tx) => {
    const place = await insertMembership(tx, { ...collection, artifact, by: null, now });
    await setAliases(tx, place, ['latest', ...aliases], now);
    return place.versionIndex;
  });
}

export async function seedLineage(
  { database, clock }: Ground,
  run: { tenantId: TenantId; runId: RunId },
  direction: 'output' | 'input',
  artifact: ArtifactKey,
): Promise<void> {
  await database.execute(
    `insert into lineage (tenant_id, run_id, direction, artifact_tenant_id, artifact_id, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [run.tenantId, run.runId, direction, artifact.tenantId, artifact.artifactId, new Date(clock.now())],
  );
}

async function seedManifest({ database, clock, ids }: Ground, { tenantId, artifactId }: ArtifactKey): Promise<void> {
  await database.execute(
    `insert into artifact_manifest (tenant_id, manifest_id, artifact_id, type, digest, blob, created_at)
     values ($1, $2, $3, 'full', 'bWFuaWZlc3Q=', $4, $5)`,
    [tenantId, ids.next<ManifestId>(clock.now()), artifactId, `manifest-${artifactId}`, new Date(clock.now())],
  );
}
