import { z } from 'zod';
import type { Json } from '../../model/json.ts';
import { uncleanJson } from '../../model/loose-json.ts';
import type { Ground } from '../../store/ground.ts';
import { groupRuns, measureRuns, type RunGroups } from '../../store/run-groups.ts';
import type { RunListing } from '../../store/run-queries.ts';
import { runValues } from '../../store/run-values.ts';
import type { RestResource } from './app.ts';
import { decodeCursor, encodeCursor } from './page.ts';
import { ofProject } from './projects.ts';
import { type Column, columnsOf, groupSortOf, groupsQuery, listingOf } from './run-queries.ts';
import { runGroupsPage } from './run-schemas.ts';
import { answers } from './schemas.ts';
import { named } from './shown-runs.ts';

const offsetCursor = z.tuple([z.string().regex(/^\d{1,7}$/)]);

/** Runs of a project by what they have in common. */
export const runGroups: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/projects/:project/run-groups',
    {
      schema: {
        tags: ['runs'],
        summary: 'Group the runs of a project that match by what they have in some fields',
        description:
          'The runs of a group are listed with the same `group` and with its values as `in`. A run with several tags is in the group of each.',
        params: ofProject,
        querystring: groupsQuery,
        response: answers(200, runGroupsPage),
      },
    },
    async ({ viewer, params, query }) => {
      const listing = await listingOf(ground, viewer, params, query);
      const [text = '0'] = decodeCursor(query.cursor, offsetCursor) ?? [];
      const offset = Number(text);
      const group = columnsOf(query.group, 'group');
      const found = await groupRuns(ground.database, listing, {
        fields: group.map(({ field }) => field),
        sort: groupSortOf(query.sort, group),
        descending: query.order === 'desc',
        offset,
        limit: query.limit,
      });
      const next = offset + query.limit;
      return {
        items: await described(ground, listing, found, columnsOf(query.columns ?? [])),
        nextCursor: next < found.total ? encodeCursor([String(next)]) : null,
        total: found.total,
        measured: found.measured,
        complete: found.complete,
      };
    },
  );
};

async function described({ database }: Ground, listing: RunListing, { groups }: RunGroups, columns: readonly Column[]) {
  const fields = columns.map(({ field }) => field);
  const newest = groups.map((group) => group.newest);
  const members = groups.map((group) => group.members);
  const [latest, measures] = await Promise.all([
    runValues(database, listing, newest, fields),
    measureRuns(database, listing, members, fields),
  ]);
  return groups.map((group, place) => ({
    values: group.values.map((value: Json) => plain(value)),
    count: group.runs,
    latest: named(columns, latest.get(group.newest)),
    measures: Object.fromEntries(
      columns.flatMap(({ name }, index) => {
        const measured = measures[place]?.[index];
        return measured === undefined || measured.numbers === 0 ? [] : [[name, measured]];
      }),
    ),
  }));
}

/** As JSON can say it: the text of a number that is not finite. */
function plain(value: Json): unknown {
  const read = uncleanJson(value);
  return typeof read === 'number' && !Number.isFinite(read) ? String(read) : read;
}
