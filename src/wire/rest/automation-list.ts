import { z } from 'zod';
import { requireAutomation } from '../../automations/find-automation.ts';
import { type AutomationSearch, searchAutomations } from '../../automations/search-automations.ts';
import { entitiesOfViewer } from '../../directory/entities-of-viewer.ts';
import { placeOf } from '../../directory/find-entity.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { invalid } from '../../model/error.ts';
import { type AutomationId, asId } from '../../model/ids.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { WatchedCollection } from '../../store/automation-search.ts';
import type { Ground } from '../../store/ground.ts';
import { unknownUsernames } from '../../store/users.ts';
import type { RestResource } from './app.ts';
import { automationsQuery } from './automation-queries.ts';
import { automation } from './automation-schemas.ts';
import { collectionAt } from './collection-of.ts';
import { cutPage, decodeCursor, pageOf } from './page.ts';
import { requireProject } from './projects.ts';
import { answers, id } from './schemas.ts';
import { shownAutomation, shownAutomations } from './shown-automations.ts';

type Query = z.output<typeof automationsQuery>;

/** All automations that somebody may see, in one list. */
export const automationList: RestResource = (app, { ground }) => {
  app.get(
    '/automations',
    {
      schema: {
        tags: ['automations'],
        summary: 'List the automations of all entities where you have a role, by name, last execution or failures',
        querystring: automationsQuery,
        response: answers(200, pageOf(automation)),
      },
    },
    async ({ viewer, query }) => {
      const { limit, sort, order } = query;
      const search = await searchOf(ground, viewer, query);
      const entities = (await entitiesOfViewer(ground, viewer)).map(placeOf);
      const descending = (order ?? (sort === 'last_execution' || sort === 'failures' ? 'desc' : 'asc')) === 'desc';
      const page = { sort, descending, after: readCursor(query), limit };
      const rows = await searchAutomations(ground, viewer, entities, search, page);
      const { items, nextCursor } = cutPage(rows, limit, (row) => [
        sort,
        row.id,
        ...(row.sortKey === null ? [] : [row.sortKey]),
      ]);
      return { items: await shownAutomations(ground, viewer, items), nextCursor };
    },
  );

  app.get(
    '/automations/:automation',
    {
      schema: {
        tags: ['automations'],
        summary: 'Read an automation by its id alone, as messages and payloads name it',
        params: z.object({ automation: id }),
        response: answers(200, automation),
      },
    },
    async ({ viewer, params }) => {
      const found = await requireAutomation(ground, viewer, asId<AutomationId>(params.automation));
      return shownAutomation(ground, viewer, found);
    },
  );
};

/** Finds everything that a query names. @throws TriplineError not_found, invalid for names of nothing that is seen */
async function searchOf(ground: Ground, viewer: Viewer, query: Query): Promise<AutomationSearch> {
  const { entity, project, collection, creator, enabled } = query;
  const [unknown] = creator === undefined ? [] : await unknownUsernames(ground.database, creator);
  if (unknown !== undefined) throw invalid(`no user is called '${unknown}'`, 'creator');
  const [entities, projects, collections] = await Promise.all([
    entity && Promise.all(entity.map((each) => requireEntity(ground, viewer, each))),
    project && Promise.all(project.map((each) => projectNamed(ground, viewer, each))),
    collection && Promise.all(collection.map((each) => collectionNamed(ground, viewer, each))),
  ]);
  return {
    entities: entities?.map(({ tenantId }) => tenantId),
    projects,
    collections,
    text: query.search,
    scopes: query.scope,
    events: query.event,
    actions: query.action,
    enabled: enabled === undefined ? undefined : enabled === 'true',
    creators: creator,
    last: query.last,
  };
}

function projectNamed(ground: Ground, viewer: Viewer, path: string) {
  const [entity, project, ...more] = path.split('/');
  if (entity === undefined || project === undefined || more.length > 0) {
    throw invalid(`'${path}' is not written 'ENTITY/PROJECT'`, 'project');
  }
  return requireProject(ground, viewer, { entity, project });
}

async function collectionNamed(ground: Ground, viewer: Viewer, path: string): Promise<WatchedCollection> {
  const [entity, project, collection, ...more] = path.split('/');
  if (entity === undefined || project === undefined || collection === undefined || more.length > 0) {
    throw invalid(`'${path}' is not written 'ENTITY/PROJECT/COLLECTION'`, 'collection');
  }
  const found = await collectionAt(ground, viewer, { entity, project, collection });
  return { ...found.project, collectionId: found.collection.collectionId };
}

const cursorKey = z.tuple([z.string(), id], z.string().max(1_000));

/** @throws TriplineError invalid for a cursor of another list or order */
function readCursor({ cursor, sort }: Query) {
  const key = decodeCursor(cursor, cursorKey);
  if (key === null) return null;
  const [sorted, after, sortKey = null] = key;
  if (sorted !== sort) throw invalid(`this cursor is of a list sorted by ${sorted}: begin without it`, 'cursor');
  const isNumber = sort !== 'name';
  if (isNumber && sortKey !== null && !/^\d{1,19}$/.test(sortKey)) {
    throw invalid('cursor is not one that this list gave: begin without it', 'cursor');
  }
  return { id: asId<AutomationId>(after), sortKey };
}
