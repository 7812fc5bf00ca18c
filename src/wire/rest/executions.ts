import { z } from 'zod';
import { findExecution, findExecutions } from '../../delivery/find-executions.ts';
import { countRedeliverable, redeliver } from '../../delivery/redeliver.ts';
import { retryExecution } from '../../delivery/retry-execution.ts';
import { runAnyway } from '../../delivery/run-anyway.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { invalid } from '../../model/error.ts';
import { executionId, parseExecutionId } from '../../model/execution-id.ts';
import { asId, type IntegrationId } from '../../model/ids.ts';
import type { ExecutionCursor } from '../../store/execution-reads.ts';
import type { RestResource } from './app.ts';
import {
  execution,
  executionDetails,
  executionStatus,
  redelivered,
  redelivery,
  toExecution,
  toExecutionDetails,
} from './execution-schemas.ts';
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

  app.post(
    '/entities/:entity/executions/:id/retry',
    {
      schema: {
        tags,
        summary: 'Retry now: one attempt at once with the same id and payload, then a fresh schedule',
        params: z.object({ entity: z.string(), id: z.string() }),
        response: answers(200, executionDetails),
      },
    },
    async ({ viewer, params }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      return toExecutionDetails(await retryExecution({ ground, woken }, viewer, entity, params.id));
    },
  );

  app.post(
    '/entities/:entity/executions/redeliver',
    {
      schema: {
        tags,
        summary:
          'Deliver again what failed, was cancelled or skipped, at most 1,000 executions at a time, oldest first',
        params: z.object({ entity: z.string() }),
        body: redelivery,
        response: answers(200, redelivered),
      },
    },
    async ({ viewer, params, body }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const { dryRun, integration, from, to, ...rest } = body;
      const filter = {
        ...rest,
        integrationId: integration === null ? null : asId<IntegrationId>(integration),
        from: from === null ? null : Date.parse(from),
        to: to === null ? null : Date.parse(to),
      };
      if (dryRun) return countRedeliverable(ground.database, viewer, entity, filter);
      return redeliver({ ground, woken }, viewer, entity, filter);
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
