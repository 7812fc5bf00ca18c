import { keyedNodeId, largeNodeId } from '../../../model/wire-id.ts';
import type { CurrentManifest } from '../../../store/artifact-reads.ts';
import type { FileNode } from './file.ts';
import type { GraphqlModule } from './module.ts';

const FILE_NAME = 'wandb_manifest.json';

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
    name: FILE_NAME,
    displayName: FILE_NAME,
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
