import { largeNodeId } from '../../../model/wire-id.ts';
import type { Artifact } from '../../../store/artifacts.ts';
import type { Collection } from '../../../store/collections.ts';
import type { Membership } from '../../../store/memberships.ts';
import type { GraphqlModule } from './module.ts';

const collectionFields = {
  id: ({ tenantId, collectionId }: Collection) => largeNodeId('ArtifactCollection', tenantId, collectionId),
  state: ({ deletedAt }: { readonly deletedAt?: number }) => (deletedAt === undefined ? 'READY' : 'DELETED'),
};

/** What answers of the mutations of artifacts and collections name. */
export const artifactStub: GraphqlModule = {
  sdl: /* GraphQL */ `
    interface ArtifactCollection {
      id: ID!
      name: String!
      description: String
      state: ArtifactCollectionState!
    }
    enum ArtifactCollectionState {
      READY
      DELETED
    }
    extend type ArtifactSequence implements ArtifactCollection {
      description: String
      state: ArtifactCollectionState!
    }
    extend type ArtifactPortfolio implements ArtifactCollection {
      description: String
      state: ArtifactCollectionState!
    }
    type ArtifactCollectionMembership {
      versionIndex: Int
      artifact: Artifact
    }
    type Tag {
      id: ID!
      name: String!
    }
    input ArtifactAliasInput {
      artifactCollectionName: String!
      alias: String!
    }
    input TagInput {
      tagName: String!
      tagCategoryName: String
      attributes: JSONString
    }
  `,
  resolvers: {
    Tag: { id: ({ name }: { readonly name: string }) => btoa(`Tag:${name}`) },
    Artifact: { id: ({ tenantId, artifactId }: Artifact) => largeNodeId('Artifact', tenantId, artifactId) },
    ArtifactCollection: {
      __resolveType: ({ kind }: Collection) => (kind === 'sequence' ? 'ArtifactSequence' : 'ArtifactPortfolio'),
    },
    ArtifactSequence: collectionFields,
    ArtifactPortfolio: collectionFields,
    ArtifactCollectionMembership: {
      artifact: ({ artifactTenantId, artifactId }: Membership) => ({ tenantId: artifactTenantId, artifactId }),
    },
  },
};
