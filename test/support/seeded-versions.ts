import type { ArtifactId, CollectionId } from '../../src/model/ids.ts';
import { type ArtifactKey, artifactById } from '../../src/store/artifacts.ts';
import { type Collection, collectionById, insertCollection, lockCollections } from '../../src/store/collections.ts';
import type { Ground } from '../../src/store/ground.ts';
import { insertMembership } from '../../src/store/memberships.ts';
import { giveAliases } from '../../src/tracking/give-aliases.ts';
import type { SeedPlace } from './seeded-runs.ts';

/** A sequence, without asking anybody. */
export async function seedSequence(
  ground: Ground,
  { tenantId, projectId, userId }: SeedPlace,
  name: string,
  typeName = 'model',
): Promise<Collection> {
  const now = ground.clock.now();
  const collectionId = ground.ids.next<CollectionId>(now);
  const made = { tenantId, collectionId, projectId, kind: 'sequence', name, typeName } as const;
  await insertCollection(ground.database, { ...made, description: null, createdBy: userId, now });
  return (await collectionById(ground.database, made))!;
}

/** A version of a sequence with `latest`, as a commit leaves it; or one whose upload goes on. */
export async function seedVersion(
  ground: Ground,
  { tenantId, collectionId, projectId }: Collection,
  state: 'pending' | 'committed' = 'committed',
): Promise<ArtifactKey> {
  const now = ground.clock.now();
  const artifactId = ground.ids.next<ArtifactId>(now);
  const artifact = { tenantId, artifactId };
  await ground.database.transaction(async (tx) => {
    await lockCollections(tx, tenantId, [collectionId]);
    await tx.execute(
      `insert into artifact (tenant_id, artifact_id, project_id, collection_id, state, digest, digest_algorithm,
         client_id, created_at, updated_at)
       values ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::text, 'd', 'MANIFEST_MD5', $6::text,
         $7::timestamptz, $7::timestamptz)`,
      [tenantId, artifactId, projectId, collectionId, state, `client-${artifactId}`, new Date(now)],
    );
    await tx.execute(
      `insert into artifact_file (tenant_id, artifact_id, path, digest, size)
       values ($1::bigint, $2::bigint, 'a.txt', 'd', 1)`,
      [tenantId, artifactId],
    );
    if (state === 'pending') return;
    const place = await insertMembership(tx, { tenantId, collectionId, artifact, by: null, now });
    await giveAliases(tx, { ...place, projectId, kind: 'sequence', tags: [] }, ['latest'], now);
  });
  return (await artifactById(ground.database, artifact))!;
}
