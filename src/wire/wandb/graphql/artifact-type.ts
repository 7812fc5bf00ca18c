import { isRegistry } from '../../../access/registry-role-at.ts';
import { isStorable } from '../../../model/storable.ts';
import { largeNodeId } from '../../../model/wire-id.ts';
import { type ArtifactType, type ArtifactTypeKey, listArtifactTypes } from '../../../store/artifact-type-reads.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import { artifactLoaders } from './artifact-loaders.ts';
import { connection, decodeCursor, encodeCursor, LARGEST_PAGE, pageSize, wholeConnection } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';
import { allTypesOf } from './registry.ts';

interface TypesArgs {
  readonly first?: number;
  readonly after?: string;
  readonly includeAll?: boolean;
}

/** Types of artifacts; each project has its own, by name. Most documents ask a type for its name alone. */
export const artifactType: GraphqlModule = {
  sdl: /* GraphQL */ `
    type ArtifactType {
      id: ID!
      name: String!
      description: String
      createdAt: DateTime!
    }
    type ArtifactTypeConnection {
      edges: [ArtifactTypeEdge!]!
      pageInfo: PageInfo!
    }
    type ArtifactTypeEdge {
      node: ArtifactType!
      cursor: String!
    }
    extend type Project {
      "Null for an unknown type."
      artifactType(name: String!): ArtifactType
      "By name; includeAll asks for all at once, of a registry also for those that it only allows, which have a name alone."
      artifactTypes(after: String, first: Int, includeAll: Boolean): ArtifactTypeConnection!
    }
  `,
  resolvers: {
    Project: {
      artifactType: async ({ tenantId, id }: ProjectPlace, { name }: { name: string }, context) =>
        isStorable(name) ? (await artifactLoaders(context)).type.load({ tenantId, projectId: id, name }) : null,
      artifactTypes: typesOf,
    },
    ArtifactType: {
      id: async (type: ArtifactTypeKey, _args, context) => {
        const { tenantId, typeId } = await loaded(type, context);
        return largeNodeId('ArtifactType', tenantId, typeId);
      },
      description: async (type: ArtifactTypeKey, _args, context) => (await loaded(type, context)).description,
      createdAt: async (type: ArtifactTypeKey, _args, context) => (await loaded(type, context)).createdAt,
    },
  },
};

async function typesOf(project: ProjectPlace, args: TypesArgs, context: GraphqlContext) {
  const { tenantId, id } = project;
  if (args.includeAll === true && isRegistry(project)) {
    const names = await allTypesOf(project, context);
    return wholeConnection(
      names.map((name): ArtifactTypeKey => ({ tenantId, projectId: id, name })),
      ({ name }) => encodeCursor(name),
    );
  }
  const first = args.includeAll === true ? LARGEST_PAGE : pageSize(args.first);
  const [after] = decodeCursor(args.after, 1) ?? [];
  const rows = await listArtifactTypes(context.ground.database, { tenantId, projectId: id, after, limit: first + 1 });
  return connection(rows, { first, cursorOf: ({ name }) => encodeCursor(name) });
}

async function loaded(type: ArtifactTypeKey | ArtifactType, context: GraphqlContext): Promise<ArtifactType> {
  if ('typeId' in type) return type;
  const found = await (await artifactLoaders(context)).type.load(type);
  if (found !== undefined) return found;
  throw new Error(`the project ${type.projectId} lacks the type of one of its collections`);
}
