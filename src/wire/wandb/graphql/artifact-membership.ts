import { keyedNodeId } from '../../../model/wire-id.ts';
import type { Collection } from '../../../store/collections.ts';
import type { Membership } from '../../../store/memberships.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import { findVersion } from '../../find-version.ts';
import { artifactAt, artifactLoaders } from './artifact-loaders.ts';
import type { GraphqlModule } from './module.ts';

/** A version in a collection, with the number and the names that it has there (wandb protocol, 5.10). */
export const artifactMembership: GraphqlModule = {
  sdl: /* GraphQL */ `
    type ArtifactCollectionMembership {
      id: ID!
      versionIndex: Int
      createdAt: DateTime!
      "In this collection."
      aliases: [ArtifactAlias!]!
      artifactCollection: ArtifactCollection
      artifact: Artifact
    }
    type ArtifactCollectionMembershipConnection {
      totalCount: Int!
      edges: [ArtifactCollectionMembershipEdge!]!
      pageInfo: PageInfo!
    }
    type ArtifactCollectionMembershipEdge {
      node: ArtifactCollectionMembership
      cursor: String!
    }
    extend type Project {
      "By collection:alias, collection:v3, or collection for its latest version; null for an unknown one."
      artifactCollectionMembership(name: String!): ArtifactCollectionMembership
    }
  `,
  resolvers: {
    Project: {
      artifactCollectionMembership: async (project: ProjectPlace, { name }: { name: string }, { ground }) =>
        (await findVersion(ground.database, project, name))?.place,
    },
    ArtifactCollectionMembership: {
      id: ({ tenantId, collectionId, versionIndex }: Membership) =>
        keyedNodeId('ArtifactCollectionMembership', tenantId, collectionId, versionIndex),
      aliases: async (place: Membership, _args, context) =>
        (await (await artifactLoaders(context)).aliases.load(place)) ?? [],
      artifactCollection: async (place: Membership, _args, context): Promise<Collection | undefined> =>
        (await artifactLoaders(context)).collection.load(place),
      artifact: async (place: Membership, _args, context) =>
        (await artifactLoaders(context)).artifact.load(artifactAt(place)),
    },
  },
};
