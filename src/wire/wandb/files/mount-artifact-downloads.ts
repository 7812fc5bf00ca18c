import type { FastifyInstance } from 'fastify';
import { findProject, findProjectById } from '../../../directory/find-project.ts';
import { notFound } from '../../../model/error.ts';
import type { Viewer } from '../../../model/viewer.ts';
import { type ArtifactBlob, blobsByDigest, sharedBlob } from '../../../store/artifact-blobs.ts';
import { collectionByName } from '../../../store/collections.ts';
import { entityByName } from '../../../store/entities.ts';
import type { FileGround } from '../../../tracking/file-ground.ts';
import { sendContent } from '../../send-content.ts';
import { requireViewer, type ViewerOf } from '../../viewer-of.ts';
import { type DownloadPath, parseDownloadPath } from './download-path.ts';

export interface DownloadDeps {
  readonly ground: FileGround;
  readonly viewerOf: ViewerOf;
}

/** Serves files of artifacts to callers with an API key: what clients try when a signed address failed (5.11). */
export function mountArtifactDownloads(app: FastifyInstance, { ground, viewerOf }: DownloadDeps): void {
  app.register(async (scope) => {
    requireViewer(scope, viewerOf);
    for (const path of ['/artifactsV2/*', '/artifacts/*']) {
      scope.get(path, async (request, reply) => {
        const wanted = parseDownloadPath(request.raw.url ?? '');
        const file = wanted && (await findFile(ground, request.viewer, wanted));
        if (wanted === undefined || file?.blob == null) throw notFound('no such file');
        const { digest, size, blob } = file;
        return sendContent(request, reply, ground.blobs, { name: wanted.name, digest, size, blob });
      });
    }
  });
}

/** Only what the viewer may see: bytes that a collection of a project shows, or that were uploaded to one. */
async function findFile(ground: FileGround, viewer: Viewer, path: DownloadPath): Promise<ArtifactBlob | undefined> {
  switch (path.kind) {
    case 'of collection': {
      const project = await findProject(ground, viewer, path.entity, path.project);
      if (project === undefined) return undefined;
      const name = { tenantId: project.tenantId, projectId: project.id, name: path.collection };
      const collection = await collectionByName(ground.database, name);
      const { tenantId, artifactId: birthArtifactId } = path.born;
      return collection && sharedBlob(ground.database, collection, { tenantId, birthArtifactId, digest: path.digest });
    }
    case 'born':
    case 'anywhere':
      return findUploaded(ground, viewer, path);
  }
}

async function findUploaded(
  ground: FileGround,
  viewer: Viewer,
  path: Exclude<DownloadPath, { kind: 'of collection' }>,
): Promise<ArtifactBlob | undefined> {
  const entity = await entityByName(ground.database, path.entity);
  if (entity === undefined) return undefined;
  const found = await blobsByDigest(ground.database, entity.id, path.digest);
  const blobs = path.kind === 'born' ? found.filter((blob) => blob.birthArtifactId === path.born.artifactId) : found;
  // a common file lies in many collections of few projects
  for (const projectId of new Set(blobs.map((blob) => blob.projectId))) {
    if ((await findProjectById(ground, viewer, projectId)) !== undefined)
      return blobs.find((blob) => blob.projectId === projectId);
  }
  return undefined;
}
