import { text } from 'node:stream/consumers';
import type { BlobKey } from '../model/blob-key.ts';
import { conflict, invalid } from '../model/error.ts';
import type { ArtifactId, TenantId } from '../model/ids.ts';
import { type ArtifactManifest, manifestsOf } from '../store/artifact-manifests.ts';
import type { Artifact } from '../store/artifacts.ts';
import type { FileGround } from './file-ground.ts';
import { LARGEST_MANIFEST, type Manifest, mergeManifests, parseManifest } from './manifest.ts';

/** What a pending artifact consists of. */
export interface Content extends Manifest {
  /** What was read: the content is only good as long as these are the artifact's manifests. */
  readonly sources: readonly ArtifactManifest[];
  /** `null` when it was put together of several. */
  readonly full: ArtifactManifest | null;
  readonly baseArtifactId: ArtifactId | null;
}

/**
 * Reads the manifests of an artifact together: a full one is all; others add to their base, in the order in which
 * their writers began.
 *
 * @throws TriplineError invalid when none has arrived, or one says nothing sensible; conflict while one is missing
 */
export async function readManifests(ground: FileGround, artifact: Artifact): Promise<Content> {
  const sources = await manifestsOf(ground.database, artifact);
  // a writer that never said its digest has not finished, or has asked twice
  const announced = sources.filter(({ digest }) => digest !== '');
  const late = announced.find(({ blob }) => blob === null);
  if (late !== undefined) throw conflict('a manifest of this artifact has not arrived yet: upload it, then commit');
  const full = announced.findLast(({ type }) => type === 'full') ?? null;
  const parts = full === null ? announced : [full];
  if (parts.length === 0) throw invalid('this artifact has no manifest yet: upload one, then commit');
  const baseArtifactId = parts.find(({ type }) => type === 'incremental')?.baseArtifactId ?? null;
  const { tenantId } = artifact;
  const base = baseArtifactId === null ? [] : [await baseManifest(ground, tenantId, baseArtifactId)];
  const layers = [...base, ...parts];
  refuseTooLarge(layers);
  const read = await Promise.all(layers.map((layer) => readManifest(ground, layer)));
  return { ...mergeManifests(read), sources, full, baseArtifactId };
}

/** Many small writers are as much as one large one. */
function refuseTooLarge(manifests: readonly ArtifactManifest[]): void {
  if (manifests.reduce((sum, { size }) => sum + size, 0) <= LARGEST_MANIFEST) return;
  throw invalid(`the manifests of this artifact have more than ${LARGEST_MANIFEST} bytes together`, 'manifest');
}

async function baseManifest(ground: FileGround, tenantId: TenantId, artifactId: ArtifactId): Promise<ArtifactManifest> {
  const manifests = await manifestsOf(ground.database, { tenantId, artifactId });
  const manifest = manifests.findLast(({ type, blob }) => type === 'full' && blob !== null);
  if (manifest === undefined) throw invalid('the version that this artifact adds to is gone', 'baseArtifactID');
  return manifest;
}

async function readManifest(ground: FileGround, { tenantId, blob }: ArtifactManifest): Promise<Manifest> {
  return parseManifest(await text(await ground.blobs.get(blob as BlobKey)), tenantId);
}
