import { z } from 'zod';
import { invalid, notFound } from '../../model/error.ts';
import type { ListPlace } from '../../store/keyset-list.ts';
import { findRunHead } from '../../store/run-heads.ts';
import { countRunsWithin, searchRuns } from '../../store/run-queries.ts';
import { findRun } from '../../store/runs.ts';
import { parseRunOrder } from '../run-listing.ts';
import type { RestResource } from './app.ts';
import { cutPage, decodeCursor, encodeCursor } from './page.ts';
import { ofProject } from './projects.ts';
import { ofRun, requireRun } from './run-of.ts';
import { columnsOf, listingOf, runCount, runsPage, runsQuery, soughtRuns } from './run-queries.ts';
import { runDetails, toRunDetails } from './run-schemas.ts';
import { answers } from './schemas.ts';
import { describer, shownRuns } from './shown-runs.ts';

const tags = ['runs'];
/** How long runs are looked at by a filter that is more than SQL can say. */
const BUDGET_MS = 150;
/** The order, what it is by, and the run. */
const place = z.tuple([z.string(), z.string().nullable(), z.string().regex(/^\d{1,19}$/)]);

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
      const after = placeOf(query);
      const { rows, reached } = await searchRuns(
        ground.database,
        listing,
        { order, after, limit: query.limit + 1 },
        BUDGET_MS,
      );
      const page = cutPage(rows, query.limit, (row) => [query.sort, row.sortKey, row.listId]);
      const goOn = reached === null ? page.nextCursor : encodeCursor([query.sort, reached.sortKey, reached.listId]);
      const columns = query.columns === undefined ? undefined : columnsOf(query.columns);
      return {
        items: await shownRuns(ground, listing, page.items, columns),
        nextCursor: goOn,
        complete: reached === null,
      };
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

/** @throws TriplineError invalid for a cursor of another order */
function placeOf({ cursor, sort }: { cursor?: string | undefined; sort: string }): ListPlace | undefined {
  const [order, sortKey = null, listId] = decodeCursor(cursor, place) ?? [];
  if (listId === undefined) return undefined;
  if (order !== sort) throw invalid('cursor was made by the same list in another order: begin without it', 'cursor');
  return { sortKey, listId };
}
