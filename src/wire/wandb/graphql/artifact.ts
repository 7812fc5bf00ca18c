import { largeNodeId } from '../../../model/wire-id.ts';
import type { Artifact } from '../../../store/artifacts.ts';
import type { KnownCollection } from '../../../store/collection-reads.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import { findVersion } from '../../find-version.ts';
import { artifactOfId, seenProject } from './artifact-access.ts';
import { artifactAt, artifactLoaders } from './artifact-loaders.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';
import { tagNodes } from './tag.ts';

/** Lives for ever (wandb protocol, 5.14). */
const NO_TTL = -2;
const INHERITED_TTL = -1;

/** Versions of artifacts (wandb protocol, 5.10). */
export const artifact: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Query {
      "In whatever state; null when it is unknown or hidden."
      artifact(id: ID!): Artifact
    }
    extend type Project {
      "A committed version by collection:alias, collection:v3 or collection; null for an unknown one."
      artifact(name: String!, enableTracking: Boolean): Artifact
    }
    extend type ArtifactType {
      "As that of the project, of this type."
      artifact(name: String!): Artifact
    }
    type Artifact {
      id: ID!
      "The collection it was logged to, also when that is hidden."
      artifactSequence: ArtifactSequence!
      "In that sequence; null before it is committed and after it is deleted."
      versionIndex: Int
      artifactType: ArtifactType!
      description: String
      metadata: JSONString
      "Its own or that of its sequence; -2 for ever."
      ttlDurationSeconds: Int64!
      ttlIsInherited: Boolean!
      tags: [Tag!]!
      historyStep: Int64
      state: ArtifactState!
      "Bytes."
      size: Int64!
      "Hexadecimal, of the manifest."
      digest: String!
      digestAlgorithm: ArtifactDigestAlgorithm!
      commitHash: String
      fileCount: Int!
      createdAt: DateTime!
      updatedAt: DateTime
      "Null until it has arrived whole."
      currentManifest: ArtifactManifest
    }
    enum ArtifactState {
      PENDING
      COMMITTED
      DELETED
    }
    enum ArtifactDigestAlgorithm {
      MANIFEST_MD5
      MANIFEST_XXH128
    }
  `,
  resolvers: {
    Query: { artifact: (_source, { id }: { id: string }, context) => artifactOfId(context, id) },
    Project: {
      artifact: (project: ProjectPlace, { name }: { name: string }, context) =>
        versionNamed(project, name, context, undefined),
    },
    ArtifactType: {
      artifact: async (type: { projectId: ProjectPlace['id']; name: string }, { name }: { name: string }, context) => {
        const project = await seenProject(context, type.projectId);
        return project && versionNamed(project, name, context, type.name);
      },
    },
    Artifact: {
      id: ({ tenantId, artifactId }: Artifact) => largeNodeId('Artifact', tenantId, artifactId),
      artifactSequence: sequenceOf,
      artifactType: async (artifact: Artifact, _args, context) => {
        const { typeName } = await sequenceOf(artifact, undefined, context);
        return { tenantId: artifact.tenantId, projectId: artifact.projectId, name: typeName };
      },
      metadata: ({ metadataRaw }: Artifact) => metadataRaw,
      ttlDurationSeconds: async (artifact: Artifact, _args, context) =>
        isTtlInherited(artifact)
          ? ((await sequenceOf(artifact, undefined, context)).ttlSeconds ?? NO_TTL)
          : artifact.ttlSeconds,
      ttlIsInherited: isTtlInherited,
      tags: async (artifact: Artifact, _args, context) =>
        tagNodes(artifact.tenantId, await (await artifactLoaders(context)).versionTags.load(artifact)),
      state: ({ state }: Artifact) => state.toUpperCase(),
      currentManifest: async (artifact: Artifact, _args, context) =>
        (await artifactLoaders(context)).manifest.load(artifact),
    },
  },
};

async function versionNamed(
  project: ProjectPlace,
  name: string,
  context: GraphqlContext,
  typeName: string | undefined,
): Promise<Artifact | undefined> {
  const found = await findVersion(context.ground.database, project, name);
  if (found === undefined || (typeName !== undefined && found.collection.typeName !== typeName)) return undefined;
  return (await artifactLoaders(context)).artifact.load(artifactAt(found.place));
}

/** The sequence of a version outlives it, deleted or not. */
async function sequenceOf(artifact: Artifact, _args: unknown, context: GraphqlContext): Promise<KnownCollection> {
  const sequence = await (await artifactLoaders(context)).collection.load(artifact);
  if (sequence !== undefined) return sequence;
  throw new Error(`the collection ${artifact.collectionId} of an artifact is not there`);
}

function isTtlInherited({ ttlSeconds }: Artifact): boolean {
  return ttlSeconds === INHERITED_TTL;
}
