import { listAutomations } from '../../../automations/list-automations.ts';
import type { EntityPlace } from '../../../directory/find-entity.ts';
import { invalid } from '../../../model/error.ts';
import type { AutomationId } from '../../../model/ids.ts';
import { automationsOfProjects, type ListedAutomation, type ProjectAsked } from '../../../store/automation-lists.ts';
import type { Ground } from '../../../store/ground.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import type { AutomatedProject } from '../../../store/projects-of-many.ts';
import { Batch } from './batch.ts';
import { connection, decodeIdCursor, encodeCursor, pageSize } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';
import { isReadable } from './readable-trigger.ts';

interface TriggersArgs {
  readonly first?: number;
  readonly after?: string;
  readonly order?: string;
  readonly filters?: string;
}

/** Lists of automations; what the client could not parse is left out, since it makes the whole list fail there. */
export const triggerList: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Entity {
      "Of the entity and of its projects, oldest first."
      triggers(after: String, first: Int, order: String, filters: JSONString): TriggerConnection!
    }
    extend type Organization {
      triggers(after: String, first: Int, order: String, filters: JSONString): TriggerConnection!
    }
    extend type Project {
      "Without those that an old client could not read."
      triggers: [Trigger!]!
    }
    type TriggerConnection {
      edges: [TriggerEdge!]!
      pageInfo: PageInfo!
    }
    type TriggerEdge {
      node: Trigger
      cursor: String!
    }
  `,
  resolvers: {
    Entity: { triggers: triggersOf },
    Organization: { triggers: triggersOf },
    Project: {
      // a client that names no entity walks the viewer's projects and nothing else: the automations of a whole
      // team come with its oldest project, so that it finds each of them once
      triggers: async (project: ProjectPlace & Partial<AutomatedProject>, _args, context) => {
        const { id, tenantId, withEntity = false } = project;
        const asked = { id, tenantId, withEntity };
        const automations = await (await projectTriggers(context)).load(asked);
        return automations?.filter((automation) => isReadable(automation, context.client)) ?? [];
      },
    },
  },
};

/** The automations of a page of projects with one statement. */
function projectTriggers({ ground, once }: GraphqlContext): Promise<Batch<ProjectAsked, readonly ListedAutomation[]>> {
  return once(
    'project triggers',
    async () =>
      new Batch(
        ({ id }) => id,
        (asked) => byProject(ground, asked),
      ),
  );
}

async function byProject({ database }: Ground, asked: readonly ProjectAsked[]) {
  const byPlace = new Map<string, ListedAutomation[]>();
  for (const automation of await automationsOfProjects(database, asked)) {
    const place = automation.projectId ?? `whole ${automation.tenantId}`;
    const others = byPlace.get(place);
    if (others === undefined) byPlace.set(place, [automation]);
    else others.push(automation);
  }
  const of = (place: string) => byPlace.get(place) ?? [];
  return new Map(
    asked.map(({ id, tenantId, withEntity }) => [id, [...of(id), ...(withEntity ? of(`whole ${tenantId}`) : [])]]),
  );
}

async function triggersOf(entity: EntityPlace, args: TriggersArgs, { ground, viewer }: GraphqlContext) {
  if (args.order !== undefined && args.order !== '')
    throw invalid('triggers come oldest first; leave order out', 'order');
  const first = pageSize(args.first);
  const rows = await listAutomations(ground, viewer, entity, {
    name: nameIn(args.filters),
    after: decodeIdCursor<AutomationId>(args.after),
    limit: first,
    readableByClient: true,
  });
  return connection(rows, { first, cursorOf: (row) => encodeCursor(row.id) });
}

/** The client sends nothing, or `{"name": "..."}` (wandb protocol, 8.2). @throws TriplineError invalid */
function nameIn(filters: string | undefined): string | null {
  if (filters === undefined || filters === '') return null;
  const parsed = parseFilters(filters);
  const [only, ...rest] = Object.entries(parsed ?? {});
  if (parsed === null || only === undefined) return null;
  if (rest.length === 0 && only[0] === 'name' && typeof only[1] === 'string') return only[1];
  throw invalid('triggers can be filtered by {"name": "..."} only', 'filters');
}

function parseFilters(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object') return value;
  } catch {
    // refused below like any other text that is not an object
  }
  throw invalid('filters must be a JSON object', 'filters');
}
