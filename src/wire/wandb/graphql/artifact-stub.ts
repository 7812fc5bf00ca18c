import { largeNodeId } from '../../../model/wire-id.ts';
import type { Artifact } from '../../../store/artifacts.ts';
import { type Collection, collectionById } from '../../../store/collections.ts';
import { latestVersion } from '../../../store/pending-artifacts.ts';
import type { GraphqlModule } from './module.ts';

/** What of artifacts an upload reads. */
export const artifactStub: GraphqlModule = {
  sdl: /* GraphQL */ `
    enum ArtifactState {
      PENDING
      COMMITTED
      DELETED
    }
    extend type Artifact {
      state: ArtifactState!
      digest: String!
      description: String
      metadata: JSONString
      createdAt: DateTime!
      versionIndex: Int
      artifactSequence: ArtifactSequence!
    }
    extend type ArtifactSequence {
      latestArtifact: Artifact
    }
  `,
  resolvers: {
    Artifact: {
      id: ({ tenantId, artifactId }: Artifact) => largeNodeId('Artifact', tenantId, artifactId),
      state: ({ state }: Artifact) => state.toUpperCase(),
      metadata: ({ metadataRaw }: Artifact) => metadataRaw,
      artifactSequence: (artifact: Artifact, _args, { ground }) => collectionById(ground.database, artifact),
    },
    ArtifactSequence: {
      id: ({ tenantId, collectionId }: Collection) => largeNodeId('ArtifactCollection', tenantId, collectionId),
      latestArtifact: (sequence: Collection, _args, { ground }) => latestVersion(ground.database, sequence),
    },
  },
};
