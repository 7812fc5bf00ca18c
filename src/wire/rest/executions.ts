import { z } from 'zod';
import { findExecution, findExecutions } from '../../delivery/find-executions.ts';
import { runAnyway } from '../../delivery/run-anyway.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { invalid } from '../../model/error.ts';
import { executionId, parseExecutionId } from '../../model/execution-id.ts';
import type { ExecutionCursor } from '../../store/execution-reads.ts';
import type { RestResource } from './app.ts';
import { execution, executionDetails, executionStatus, toExecution, toExecutionDetails } from './execution-schemas.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers } from './schemas.ts';

const tags = ['executions'];
const cursorKey = z.tuple([z.string()]);

/** What automations did, and why. */
export const executions: RestResource = (app, { ground, woken }) => {
  app.get(
    '/entities/:entity/executions',
    {
      schema: {
        tags,
        summary: 'List the executions of an entity, newest first',
        params: z.object({ entity: z.string() }),
        querystring: z.strictObject({
          ...pageQuery.shape,
          automation: z.string().max(255).optional().describe('id or name of an automation'),
          status: executionStatus.optional(),
        }),
        response: answers(200, pageOf(execution)),
      },
    },
    async ({ viewer, params, query }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const { limit, cursor, automation = null, status = null } = query;
      const after = readCursor(cursor);
      const rows = await findExecutions(ground, viewer, entity, { automation, status }, { after, limit: limit + 1 });
      const page = cutPage(rows, limit, (row) => [executionId(row)]);
      return { ...page, items: page.items.map(toExecution) };
    },
  );

  app.get(
    '/entities/:entity/executions/:id',
    {
      schema: {
        tags,
        summary: 'Read an execution with its event, explanation and attempts',
        params: z.object({ entity: z.string(), id: z.string() }),
        response: answers(200, executionDetails),
      },
    },
    async ({ viewer, params }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      return toExecutionDetails(await findExecution(ground, viewer, entity, params.id));
    },
  );

  app.post(
    '/entities/:entity/executions/:id/run',
    {
      schema: {
        tags,
        summary: 'Run anyway: deliver an execution that was skipped',
        params: z.object({ entity: z.string(), id: z.string() }),
        response: answers(200, executionDetails),
      },
    },
    async ({ viewer, params }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      return toExecutionDetails(await runAnyway({ ground, woken }, viewer, entity, params.id));
    },
  );
};

function readCursor(cursor: string | undefined): ExecutionCursor | null {
  const key = decodeCursor(cursor, cursorKey);
  if (key === null) return null;
  const parsed = parseExecutionId(key[0]);
  if (parsed === undefined) throw invalid('cursor is not one that this list gave: begin without it', 'cursor');
  return parsed;
}
