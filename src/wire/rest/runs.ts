import { notFound } from '../../model/error.ts';
import { findRunHead } from '../../store/run-heads.ts';
import { countRunsWithin, searchRuns } from '../../store/run-queries.ts';
import { findRun } from '../../store/runs.ts';
import { parseRunOrder } from '../run-listing.ts';
import type { RestResource } from './app.ts';
import { ofProject } from './projects.ts';
import { ofRun, requireRun } from './run-of.ts';
import { columnsOf, listingOf, runCount, runsPage, runsQuery, soughtRuns } from './run-queries.ts';
import { runDetails, toRunDetails } from './run-schemas.ts';
import { answers } from './schemas.ts';
import { describer, shownRuns } from './shown-runs.ts';
import { placeAfter, sortedPage } from './sorted-page.ts';

const tags = ['runs'];
/** How long runs are looked at by a filter that is more than SQL can say. */
const BUDGET_MS = 150;

/** Runs of a project, as people look for them. Clients read them by GraphQL. */
export const runs: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/projects/:project/runs',
    {
      schema: {
        tags,
        summary: 'List the runs of a project that match, newest first, with their latest metrics or chosen columns',
        params: ofProject,
        querystring: runsQuery,
        response: answers(200, runsPage),
      },
    },
    async ({ viewer, params, query }) => {
      const listing = await listingOf(ground, viewer, params, query);
      const order = parseRunOrder(query.sort, 'sort');
      const asked = { order, after: placeAfter(query), limit: query.limit + 1 };
      const page = sortedPage(await searchRuns(ground.database, listing, asked, BUDGET_MS), query);
      const columns = query.columns === undefined ? undefined : columnsOf(query.columns);
      return { ...page, items: await shownRuns(ground, listing, page.items, columns) };
    },
  );

  app.get(
    '/entities/:entity/projects/:project/run-count',
    {
      schema: {
        tags,
        summary: 'Count the runs of a project that match',
        params: ofProject,
        querystring: soughtRuns,
        response: answers(200, runCount),
      },
    },
    async ({ viewer, params, query }) =>
      countRunsWithin(ground.database, await listingOf(ground, viewer, params, query), BUDGET_MS),
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
        describer(ground, [view], true),
        findRun(ground.database, view),
        findRunHead(ground.database, view),
      ]);
      if (record === undefined) throw notFound(`run '${params.run}' not found`);
      return toRunDetails(show(view), { record, exitCode: head?.exitCode ?? null });
    },
  );
};
