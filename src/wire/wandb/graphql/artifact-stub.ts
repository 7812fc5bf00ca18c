import { isRegistry } from '../../../access/registry-role-at.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import { wholeConnection } from './connection.ts';
import type { GraphqlModule } from './module.ts';
import { allTypesOf } from './registry.ts';

/** What registries need of the types that list artifacts. */
export const artifactStub: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Project {
      artifactTypes(after: String, first: Int, includeAll: Boolean): ArtifactTypeConnection
    }
    type ArtifactTypeConnection {
      edges: [ArtifactTypeEdge!]!
      pageInfo: PageInfo!
    }
    type ArtifactTypeEdge {
      node: ArtifactType
      cursor: String!
    }
  `,
  resolvers: {
    Project: {
      artifactTypes: async (project: ProjectPlace, args: { includeAll?: boolean }, context) => {
        const names = args.includeAll === true && isRegistry(project) ? await allTypesOf(project, context) : [];
        return wholeConnection(
          names.map((name) => ({ name })),
          ({ name }) => name,
        );
      },
    },
  },
};
