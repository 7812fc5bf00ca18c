import { permits } from '../../../access/permits.ts';
import { placeOf } from '../../../directory/find-entity.ts';
import { findProject } from '../../../directory/find-project.ts';
import { nodeId } from '../../../model/wire-id.ts';
import { entityById } from '../../../store/entities.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import { userById } from '../../../store/users.ts';
import { ACCESS_OF } from './access.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

interface ProjectArgs {
  readonly name?: string;
  readonly entityName?: string;
}

/** Projects; old clients call them models. */
export const project: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Query {
      "Null for a project that is unknown or hidden; without an entity, one of the viewer's default entity."
      project(name: String, entityName: String): Project
      model(name: String, entityName: String): Project
    }
    type Project {
      id: ID!
      internalId: ID!
      name: String!
      entityName: String!
      entity: Entity!
      createdAt: DateTime!
      updatedAt: DateTime
      description: String
      access: String
      views: JSONString
      isBenchmark: Boolean!
      isPublished: Boolean!
      readOnly: Boolean!
      user: User
    }
    type ProjectConnection {
      edges: [ProjectEdge!]!
      pageInfo: PageInfo!
    }
    type ProjectEdge {
      node: Project
      cursor: String!
    }
  `,
  resolvers: {
    Query: { project: projectOf, model: projectOf },
    Project: {
      id: (project: ProjectPlace) => nodeId('Project', project.id),
      internalId: (project: ProjectPlace) => nodeId('ProjectInternalId', project.id),
      entity: async (project: ProjectPlace, _args, { ground, once }) => {
        const entity = await once(`entity:${project.tenantId}`, () => entityById(ground.database, project.tenantId));
        return entity === undefined ? null : placeOf(entity);
      },
      access: (project: ProjectPlace) => ACCESS_OF[project.visibility],
      views: () => '{}',
      isBenchmark: () => false,
      isPublished: () => false,
      readOnly: (project: ProjectPlace, _args, { viewer }) => !permits(viewer, 'log', project),
      user: ({ createdBy }: ProjectPlace, _args, { ground, once }) =>
        createdBy === null ? null : once(`user:${createdBy}`, () => userById(ground.database, createdBy)),
    },
  },
};

async function projectOf(_source: unknown, args: ProjectArgs, { ground, viewer }: GraphqlContext) {
  return args.name === undefined ? undefined : findProject(ground, viewer, args.entityName, args.name);
}
