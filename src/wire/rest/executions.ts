import { z } from 'zod';
import { type ExecutionPage, findExecution, findExecutions } from '../../delivery/find-executions.ts';
import type { ExecutionPlace } from '../../delivery/place-of-execution.ts';
import { type SortedPlace, sortExecutions } from '../../delivery/sort-executions.ts';
import { steeringsOf } from '../../delivery/steering.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { invalid } from '../../model/error.ts';
import { type ExecutionKey, executionId, parseExecutionId } from '../../model/execution-id.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { ExecutionFilter } from '../../store/execution-filter.ts';
import type { Ground } from '../../store/ground.ts';
import { errors } from '../errors-schema.ts';
import type { RestResource } from './app.ts';
import { exported } from './execution-export.ts';
import { executionsQuery, exportQuery } from './execution-queries.ts';
import { executionDetails, executionsPage, toExecution, toExecutionDetails } from './execution-schemas.ts';
import { resolveSearch } from './execution-search.ts';
import { decodeCursor, encodeCursor } from './page.ts';
import { answers, isoInstant } from './schemas.ts';

const tags = ['executions'];
const ofEntity = z.object({ entity: z.string() });

/** What automations did, and why. */
export const executions: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/executions',
    {
      schema: {
        tags,
        summary: 'List the executions of an entity, newest first; of an organization, those of its teams too',
        params: ofEntity,
        querystring: executionsQuery,
        response: answers(200, executionsPage),
      },
    },
    async ({ viewer, params, query }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const { limit, cursor, sort, order, ...search } = query;
      const { filter, places } = await resolveSearch(ground, viewer, entity, search);
      const reader = { ground, viewer, places };
      if (sort === 'created') return byTime(reader, filter, { limit, cursor, oldestFirst: order === 'asc' });
      const after = readSortedCursor(cursor);
      const page = await sortExecutions(ground, filter, { sort, descending: order === 'desc', after, limit });
      const nextCursor = page.next === null ? null : writeSortedCursor(page.next);
      return { ...(await toPage(reader, page)), nextCursor };
    },
  );

  app.get(
    '/entities/:entity/executions/export',
    {
      schema: {
        tags,
        summary: 'Export all executions that the same filter finds, newest first, as JSON Lines or CSV',
        params: ofEntity,
        querystring: exportQuery,
        response: { 200: z.unknown().describe('one line for each execution'), '4xx': errors },
      },
    },
    async ({ viewer, params, query: { format, ...search } }, reply) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const resolved = await resolveSearch(ground, viewer, entity, search);
      const { type, lines } = exported(ground.database, viewer, resolved, format);
      return reply.type(type).send(lines);
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
};

/** Who reads executions, and of which places. */
export interface Reader {
  readonly ground: Ground;
  readonly viewer: Viewer;
  readonly places: readonly ExecutionPlace[];
}

/** A page in the order of time, as the API answers it. */
export async function byTime(
  reader: Reader,
  filter: ExecutionFilter,
  { limit, cursor, oldestFirst }: { limit: number; cursor: string | undefined; oldestFirst: boolean },
): Promise<z.output<typeof executionsPage>> {
  const query = { after: readExecutionCursor(cursor), limit, oldestFirst };
  const page = await findExecutions(reader.ground, filter, query);
  return { ...(await toPage(reader, page)), nextCursor: page.next === null ? null : executionCursor(page.next) };
}

async function toPage(
  { ground, viewer, places }: Reader,
  { items, searchedTo }: Pick<ExecutionPage, 'items' | 'searchedTo'>,
) {
  const steerings = await steeringsOf(ground.database, viewer, places, items);
  return {
    items: items.map((row) => {
      const shown = toExecution(row);
      return { ...shown, maySteer: [...(steerings.get(shown.id) ?? [])] };
    }),
    searchedTo: searchedTo === null ? null : isoInstant(searchedTo),
  };
}

/** Where to go on after an execution. */
export function executionCursor(key: ExecutionKey): string {
  return encodeCursor([executionId(key)]);
}

/** Reads a cursor of {@link executionCursor}; `null` for the beginning. @throws TriplineError invalid */
export function readExecutionCursor(cursor: string | undefined): ExecutionKey | null {
  const key = decodeCursor(cursor, z.tuple([z.string()]));
  return key === null ? null : keyOf(key[0]);
}

const sortedKey = z.tuple([z.string(), z.union([z.string(), z.number(), z.null()]), z.number(), z.number()]);

function writeSortedCursor({ key, sortKey, from, to }: SortedPlace): string {
  return Buffer.from(JSON.stringify([executionId(key), sortKey, from, to])).toString('base64url');
}

function readSortedCursor(cursor: string | undefined): SortedPlace | null {
  const read = decodeCursor(cursor, sortedKey);
  if (read === null) return null;
  const [id, sortKey, from, to] = read;
  return { key: keyOf(id), sortKey, from, to };
}

function keyOf(id: string): ExecutionKey {
  const parsed = parseExecutionId(id);
  if (parsed === undefined) throw invalid('cursor is not one that this list gave: begin without it', 'cursor');
  return parsed;
}
