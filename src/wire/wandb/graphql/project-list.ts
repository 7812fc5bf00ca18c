import type { EntityPlace } from '../../../directory/find-entity.ts';
import { listProjects } from '../../../directory/list-projects.ts';
import { listProjectsOfViewer } from '../../../directory/list-projects-of-viewer.ts';
import type { ProjectId } from '../../../model/ids.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import { decodeIdCursor, encodeCursor, pageSize } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

interface PageArgs {
  readonly first?: number;
  readonly after?: string;
}

/** Lists of projects, newest first. */
export const projectList: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Query {
      models(entityName: String, after: String, first: Int): ProjectConnection
    }
    extend type Entity {
      projects(after: String, first: Int): ProjectConnection
    }
    extend type User {
      "Of the viewer: all projects of the entities where they have a role."
      projects(after: String, first: Int): ProjectConnection
    }
  `,
  resolvers: {
    Query: {
      models: (_source, args: PageArgs & { entityName?: string }, context) =>
        projectsOf(args.entityName ?? context.viewer.defaultEntity, args, context),
    },
    Entity: {
      projects: (entity: EntityPlace, args: PageArgs, context) => projectsOf(entity.name, args, context),
    },
    User: {
      projects: async (user: { id: string }, args: PageArgs, { ground, viewer }) =>
        user.id === viewer.userId ? toConnection(await listProjectsOfViewer(ground, viewer, pageOf(args))) : null,
    },
  },
};

async function projectsOf(entityName: string, args: PageArgs, { ground, viewer }: GraphqlContext) {
  return toConnection(await listProjects(ground, viewer, entityName, pageOf(args)));
}

function pageOf(args: PageArgs): { after: ProjectId | null; limit: number } {
  return { after: decodeIdCursor<ProjectId>(args.after), limit: pageSize(args.first) };
}

function toConnection(page: { items: readonly ProjectPlace[]; next: ProjectId | null }) {
  return {
    edges: page.items.map((node) => ({ node, cursor: encodeCursor(node.id) })),
    pageInfo: { hasNextPage: page.next !== null, endCursor: page.next === null ? null : encodeCursor(page.next) },
  };
}
