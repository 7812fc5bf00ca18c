import { z } from 'zod';
import { steerExecution } from '../../delivery/steer-execution.ts';
import { countSteerable, steerExecutions } from '../../delivery/steer-executions.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import type { JsonObject } from '../../model/json.ts';
import type { RestResource } from './app.ts';
import { bulk, bulkDone } from './execution-queries.ts';
import { executionDetails, toExecutionDetails } from './execution-schemas.ts';
import { type ExecutionSearch, resolveSearch } from './execution-search.ts';
import { executionCursor, readExecutionCursor } from './executions.ts';
import { answers } from './schemas.ts';

const tags = ['executions'];

/** What can be done to one execution, each at a path of its own. */
const SUMMARIES = {
  retry: 'Retry now: one attempt at once with the same id and payload, then a fresh schedule',
  cancel: 'Cancel a pending execution; what is on the wire may arrive, and its outcome is discarded',
  run: 'Run anyway: deliver an execution that was skipped',
} as const;

/** What people do to executions, one by one and by filter. */
export const executionDeeds: RestResource = (app, { ground, woken }) => {
  for (const name of ['retry', 'cancel', 'run'] as const) {
    app.post(
      `/entities/:entity/executions/:id/${name}`,
      {
        schema: {
          tags,
          summary: SUMMARIES[name],
          params: z.object({ entity: z.string(), id: z.string() }),
          response: answers(200, executionDetails),
        },
      },
      async ({ viewer, params }) => {
        const entity = await requireEntity(ground, viewer, params.entity);
        return toExecutionDetails(await steerExecution({ ground, woken }, viewer, entity, params.id, name));
      },
    );
  }

  app.post(
    '/entities/:entity/executions/bulk',
    {
      schema: {
        tags,
        summary: 'Retry, cancel or run anyway all executions that a filter finds, oldest first, part by part',
        description: 'What you may not act on, and what could not be delivered, is left and not counted.',
        params: z.object({ entity: z.string() }),
        body: bulk,
        response: answers(200, bulkDone),
      },
    },
    async ({ viewer, params, body }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const resolved = await resolveSearch(ground, viewer, entity, body.filter);
      const sought = { name: body.deed, ...resolved, after: readExecutionCursor(body.cursor ?? undefined) };
      const { count, next } = body.dryRun
        ? await countSteerable(ground.database, viewer, sought)
        : await steerExecutions({ ground, woken }, viewer, entity, sought, told(body.filter));
      return { count, nextCursor: next === null ? null : executionCursor(next) };
    },
  );
};

/** A filter as it was asked, for the audit log. */
function told(filter: ExecutionSearch): JsonObject {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([name, asked]) => (asked === undefined ? [] : [[name, asked]])),
  );
}
