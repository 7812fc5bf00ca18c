import { keyedNodeId, largeNodeId } from '../../../model/wire-id.ts';
import type { CurrentManifest } from '../../../store/artifact-reads.ts';
import { MANIFEST_NAME } from '../files/artifact-urls.ts';
import type { FileNode } from './file.ts';
import type { GraphqlModule } from './module.ts';

/** The list of a version's files: a JSON file that the client wrote (wandb protocol, 5.7). */
export const artifactManifest: GraphqlModule = {
  sdl: /* GraphQL */ `
    type ArtifactManifest {
      id: ID!
      digest: String!
      file: File!
    }
  `,
  resolvers: {
    ArtifactManifest: {
      id: ({ tenantId, manifestId }: CurrentManifest) => largeNodeId('ArtifactManifest', tenantId, manifestId),
      file: manifestFile,
    },
  },
};

function manifestFile(manifest: CurrentManifest): FileNode {
  const url: FileNode['directUrl'] = (_args, { artifactUrls, baseUrl }) =>
    artifactUrls.downloadManifest(baseUrl, manifest);
  return {
    id: keyedNodeId('ArtifactFile', manifest.tenantId, manifest.manifestId),
    name: MANIFEST_NAME,
    displayName: MANIFEST_NAME,
    url,
    directUrl: url,
    sizeBytes: manifest.size,
    mimetype: 'application/json',
    md5: manifest.digest,
    digest: manifest.digest,
    storagePath: null,
    updatedAt: null,
  };
}
