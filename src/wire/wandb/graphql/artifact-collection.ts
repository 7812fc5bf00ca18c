import type { Instant } from '../../../model/clock.ts';
import { largeNodeId } from '../../../model/wire-id.ts';
import type { ArtifactTypeKey } from '../../../store/artifact-type-reads.ts';
import type { Artifact } from '../../../store/artifacts.ts';
import type { Collection } from '../../../store/collections.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import { findCollection, findPlace } from '../../find-version.ts';
import { collectionOfId, ifSeen, seenProject } from './artifact-access.ts';
import { aliasPage } from './artifact-alias.ts';
import { artifactAt, artifactLoaders } from './artifact-loaders.ts';
import { emptyConnection } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';
import { tagConnection } from './tag.ts';

/** A collection as its types resolve it; one that says nothing about its end lives. */
export interface CollectionNode extends Collection {
  readonly deletedAt?: Instant | null;
}

const TYPE_OF = { sequence: 'ArtifactSequence', portfolio: 'ArtifactPortfolio' } as const;

/** The fields of the interface, which both kinds must repeat. */
const SHARED = /* GraphQL */ `
      id: ID!
      name: String!
      description: String
      createdAt: DateTime!
      updatedAt: DateTime
      state: ArtifactCollectionState!
      "Null when it is hidden."
      project: Project
      defaultArtifactType: ArtifactType!
      tags: TagConnection!
      "By name."
      aliases(after: String, first: Int): ArtifactAliasConnection!
      "The version that an alias or v3 names; null for an unknown one."
      artifactMembership(aliasName: String!): ArtifactCollectionMembership
`;

const FIELDS = {
  id: ({ tenantId, collectionId }: Collection) => largeNodeId('ArtifactCollection', tenantId, collectionId),
  description: ifSeen(({ description }) => description, null),
  state: ({ deletedAt = null }: CollectionNode) => (deletedAt === null ? 'READY' : 'DELETED'),
  project: ({ projectId }: Collection, _args: unknown, context: GraphqlContext) => seenProject(context, projectId),
  defaultArtifactType: ({ tenantId, projectId, typeName }: Collection): ArtifactTypeKey => ({
    tenantId,
    projectId,
    name: typeName,
  }),
  tags: ifSeen(
    async (collection, _args, context) =>
      tagConnection(collection.tenantId, await (await artifactLoaders(context)).collectionTags.load(collection)),
    emptyConnection(),
  ),
  aliases: ifSeen(aliasPage, emptyConnection()),
  artifactMembership: ifSeen(
    (collection, { aliasName }: { aliasName: string }, { ground }) => findPlace(ground.database, collection, aliasName),
    null,
  ),
};

/** Collections of versions: sequences, which versions are logged to, and portfolios, which link to them. */
export const artifactCollection: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Query {
      "Null when it is unknown or hidden."
      artifactCollection(id: ID!): ArtifactCollection
    }
    extend type Project {
      artifactCollection(name: String!): ArtifactCollection
    }
    extend type ArtifactType {
      "Of this type."
      artifactCollection(name: String!): ArtifactCollection
      artifactSequence(name: String!): ArtifactSequence
    }
    interface ArtifactCollection {
      ${SHARED}
    }
    type ArtifactSequence implements ArtifactCollection {
      ${SHARED}
      "The newest version; null when it has none."
      latestArtifact: Artifact
      "Of the newest version."
      digestAlgorithm: ArtifactDigestAlgorithm!
    }
    type ArtifactPortfolio implements ArtifactCollection {
      ${SHARED}
    }
    enum ArtifactCollectionState {
      READY
      DELETED
    }
    enum ArtifactCollectionType {
      SEQUENCE
      PORTFOLIO
    }
  `,
  resolvers: {
    Query: { artifactCollection: (_source, { id }: { id: string }, context) => collectionOfId(context, id) },
    Project: {
      artifactCollection: (project: ProjectPlace, { name }: { name: string }, { ground }) =>
        findCollection(ground.database, project, name),
    },
    ArtifactType: {
      artifactCollection: ofType,
      artifactSequence: async (type: ArtifactTypeKey, args: { name: string }, context) => {
        const found = await ofType(type, args, context);
        return found?.kind === 'sequence' ? found : null;
      },
    },
    ArtifactCollection: { __resolveType: ({ kind }: Collection) => TYPE_OF[kind] },
    ArtifactSequence: {
      ...FIELDS,
      latestArtifact: ifSeen(latestArtifact, null),
      digestAlgorithm: async (collection: Collection, _args, context) =>
        (await latestArtifact(collection, undefined, context))?.digestAlgorithm ?? 'MANIFEST_MD5',
    },
    ArtifactPortfolio: FIELDS,
  },
};

async function ofType(type: ArtifactTypeKey, { name }: { name: string }, context: GraphqlContext) {
  const project = await seenProject(context, type.projectId);
  const found = project && (await findCollection(context.ground.database, project, name));
  return found?.typeName === type.name ? found : undefined;
}

async function latestArtifact(
  collection: Collection,
  _args: unknown,
  context: GraphqlContext,
): Promise<Artifact | undefined> {
  const loaders = await artifactLoaders(context);
  const place = await loaders.newestPlace.load(collection);
  return place && loaders.artifact.load(artifactAt(place));
}
