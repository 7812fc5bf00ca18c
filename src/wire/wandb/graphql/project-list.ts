import type { GraphQLResolveInfo } from 'graphql';
import type { EntityPlace } from '../../../directory/find-entity.ts';
import { listAutomatedProjects } from '../../../directory/list-automated-projects.ts';
import { listProjects } from '../../../directory/list-projects.ts';
import { listProjectsOfViewer } from '../../../directory/list-projects-of-viewer.ts';
import type { ProjectId } from '../../../model/ids.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import type { AutomatedProject } from '../../../store/projects-of-many.ts';
import { type Connection, connection, decodeIdCursor, encodeCursor, LARGEST_PAGE, pageSize } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';
import { type RegistriesArgs, registriesOf } from './registry-search.ts';
import { selects } from './selects.ts';

interface PageArgs {
  readonly first?: number;
  readonly after?: string;
}

/**
 * Lists of projects, newest first. The client knows two of them as the only way to automations: it walks them for
 * `triggers`, and gives up at the first page without one that it looks for, even if there is a next one. So such a walk
 * is answered with those projects alone that lead to automations, as many as a page can hold.
 */
export const projectList: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Query {
      models(entityName: String, after: String, first: Int): ProjectConnection
    }
    extend type Entity {
      "Of an organization's entity, its registries; filters and order are for these only."
      projects(filters: JSONString, order: String, after: String, first: Int): ProjectConnection
    }
    extend type User {
      """
      Of the viewer: all projects of the entities where they have a role. With the triggers of the projects, those that
      have some, and for an instance admin those of every team.
      """
      projects(after: String, first: Int): ProjectConnection
    }
  `,
  resolvers: {
    Query: {
      models: (_source, args: PageArgs & { entityName?: string }, context) =>
        projectsOf(args.entityName ?? context.viewer.defaultEntity, args, context),
    },
    Entity: {
      projects: (entity: EntityPlace, args: RegistriesArgs, context, info) => {
        if (isWalkForTriggers(info)) return automatedProjects(entity, args, context);
        if (entity.kind === 'organization') return registriesOf(entity, args, context);
        return projectsOf(entity.name, args, context);
      },
    },
    User: {
      projects: async (user: { id: string }, args: PageArgs, context, info) => {
        const { ground, viewer } = context;
        if (user.id !== viewer.userId) return null;
        if (isWalkForTriggers(info)) return automatedProjects(null, args, context);
        return toConnection(await listProjectsOfViewer(ground, viewer, pageOf(args)));
      },
    },
  },
};

function isWalkForTriggers(info: GraphQLResolveInfo): boolean {
  return selects(info, 'edges', 'node', 'triggers');
}

async function automatedProjects(
  entity: EntityPlace | null,
  args: PageArgs,
  { ground, viewer }: GraphqlContext,
): Promise<Connection<AutomatedProject>> {
  const page = { after: decodeIdCursor<ProjectId>(args.after), limit: LARGEST_PAGE };
  const rows = await listAutomatedProjects(ground, viewer, entity, page);
  return connection(rows, { first: LARGEST_PAGE, cursorOf: ({ id }) => encodeCursor(id) });
}

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
