import { z } from 'zod';
import { parseRunFilter } from '../../events/run-fields.ts';
import type { Filter } from '../../filter/filter.ts';
import { notFound } from '../../model/error.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Ground } from '../../store/ground.ts';
import { findRunHead, type RunKey } from '../../store/run-heads.ts';
import { BY_CREATION, listRuns } from '../../store/run-queries.ts';
import { type RunView, summaryTexts } from '../../store/run-views.ts';
import { findRun } from '../../store/runs.ts';
import { usersById } from '../../store/users-by-id.ts';
import type { RestResource } from './app.ts';
import { containing } from './containing.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { ofProject, requireProject } from './projects.ts';
import { ofRun, requireRun } from './run-of.ts';
import { run, runDetails, type ShownRun, toRun, toRunDetails } from './run-schemas.ts';
import { objectOf } from './sayable.ts';
import { answers } from './schemas.ts';

const tags = ['runs'];
const listQuery = z.strictObject({
  ...pageQuery.shape,
  search: z.string().max(200).optional().describe('part of the name or the id, in any case'),
});

/** Runs of a project, as people look for them. Clients read them by GraphQL. */
export const runs: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/projects/:project/runs',
    {
      schema: {
        tags,
        summary: 'List the runs of a project with their latest metrics, newest first',
        params: ofProject,
        querystring: listQuery,
        response: answers(200, pageOf(run)),
      },
    },
    async ({ viewer, params, query: { limit, cursor, search } }) => {
      const { tenantId, id: projectId, name, entityName } = await requireProject(ground, viewer, params);
      const [sortKey, listId] = decodeCursor(cursor, z.tuple([z.string(), z.string()])) ?? [];
      const rows = await listRuns(
        ground.database,
        { tenantId, projectId, project: name, entity: entityName, filter: searched(search) },
        {
          order: { ...BY_CREATION, descending: true },
          after: sortKey === undefined || listId === undefined ? undefined : { sortKey, listId },
          limit: limit + 1,
        },
      );
      const page = cutPage(rows, limit, (row) => [row.sortKey ?? '', row.listId]);
      const show = await shower(ground, page.items);
      return { ...page, items: page.items.map((view) => toRun(show(view))) };
    },
  );

  app.get(
    '/entities/:entity/projects/:project/runs/:run',
    {
      schema: {
        tags,
        summary: 'Read a run with its config and summary',
        params: ofRun,
        response: answers(200, runDetails),
      },
    },
    async ({ viewer, params }) => {
      const view = await requireRun(ground, viewer, params);
      const [show, record, head] = await Promise.all([
        shower(ground, [view]),
        findRun(ground.database, view),
        findRunHead(ground.database, view),
      ]);
      if (record === undefined) throw notFound(`run '${params.run}' not found`);
      return toRunDetails(show(view), { record, exitCode: head?.exitCode ?? null });
    },
  );
};

function searched(text: string | undefined): Filter | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  return parseRunFilter(containing(text, ['display_name', 'name']), 'search');
}

/** Reads what else is shown of some runs, of all together. */
async function shower({ database }: Ground, views: readonly RunView[]): Promise<(view: RunView) => ShownRun> {
  const keys: RunKey[] = views.map(({ tenantId, runId }) => ({ tenantId, runId }));
  const ids = [...new Set(views.flatMap(({ userId }) => userId ?? []))];
  const [summaries, users] = await Promise.all([summaryTexts(database, keys), usersById(database, ids)]);
  const textOf = new Map(summaries.map(({ runId, text }) => [runId, text]));
  const nameOf = new Map(users.map(({ id, username }) => [id, username]));
  return (view) => ({
    view,
    author: (view.userId !== null && nameOf.get(view.userId)) || null,
    summary: objectOf(textOf.get(view.runId)) satisfies JsonObject,
  });
}
