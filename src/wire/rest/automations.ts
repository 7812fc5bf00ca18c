import { z } from 'zod';
import { createAutomation } from '../../automations/create-automation.ts';
import { deleteAutomation } from '../../automations/delete-automation.ts';
import { automationsByLastExecution, listAutomations } from '../../automations/list-automations.ts';
import { takeOverAutomation } from '../../automations/take-over-automation.ts';
import { updateAutomation } from '../../automations/update-automation.ts';
import type { EntityPlace } from '../../directory/find-entity.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { DEFAULT_OPTIONS, withOptions } from '../../engine/options.ts';
import { invalid } from '../../model/error.ts';
import { type AutomationId, asId } from '../../model/ids.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Ground } from '../../store/ground.ts';
import type { RestResource } from './app.ts';
import { automationIn, ofAutomation } from './automation-of.ts';
import { automation, automationPatch, newAutomation, optionsOf } from './automation-schemas.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers, id, nothing } from './schemas.ts';
import { scopeRef } from './scope-ref.ts';
import { shownAutomation, shownAutomations } from './shown-automations.ts';

const tags = ['automations'];
const ofEntity = z.object({ entity: z.string() });
const listQuery = z.strictObject({
  ...pageQuery.shape,
  name: z.string().optional().describe('exactly this name'),
  sort: z.enum(['created', 'last_execution']).default('created').describe('those never executed come last'),
  order: z.enum(['asc', 'desc']).optional().describe('of the last execution; default desc'),
});

/** Automations of an entity and of its projects. */
export const automations: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/automations',
    {
      schema: {
        tags,
        summary: 'List the automations of an entity and of its projects, oldest first or by their last execution',
        params: ofEntity,
        querystring: listQuery,
        response: answers(200, pageOf(automation)),
      },
    },
    async ({ viewer, params, query }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const { items, nextCursor } = await listed(ground, viewer, entity, query);
      return { items: await shownAutomations(ground, viewer, items), nextCursor };
    },
  );

  app.post(
    '/entities/:entity/automations',
    {
      schema: {
        tags,
        summary: 'Create an automation',
        params: ofEntity,
        body: newAutomation,
        response: answers(201, automation),
      },
    },
    async ({ viewer, params, body }, reply) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const options = withOptions(DEFAULT_OPTIONS, optionsOf(body));
      const input = { ...body, ...options, scope: await scopeRef(ground, viewer, entity, body.scope) };
      return reply.code(201).send(await shownAutomation(ground, viewer, await createAutomation(ground, viewer, input)));
    },
  );

  app.get(
    '/entities/:entity/automations/:automation',
    { schema: { tags, summary: 'Read an automation', params: ofAutomation, response: answers(200, automation) } },
    async ({ viewer, params }) => shownAutomation(ground, viewer, await automationIn(ground, viewer, params)),
  );

  app.patch(
    '/entities/:entity/automations/:automation',
    {
      schema: {
        tags,
        summary: 'Change an automation',
        params: ofAutomation,
        body: automationPatch,
        response: answers(200, automation),
      },
    },
    async ({ viewer, params, body }) => {
      const found = await automationIn(ground, viewer, params);
      const entity = await requireEntity(ground, viewer, params.entity);
      const scope = body.scope === undefined ? undefined : await scopeRef(ground, viewer, entity, body.scope);
      const patch = { ...body, scope, options: optionsOf(body) };
      return shownAutomation(ground, viewer, await updateAutomation(ground, viewer, found.id, patch));
    },
  );

  app.post(
    '/entities/:entity/automations/:automation/take-over',
    {
      schema: {
        tags,
        summary: 'Become the author of an automation',
        description: 'For admins, for instance after its author left. Nothing else of it changes.',
        params: ofAutomation,
        response: answers(200, automation),
      },
    },
    async ({ viewer, params }) => {
      const found = await automationIn(ground, viewer, params);
      return shownAutomation(ground, viewer, await takeOverAutomation(ground, viewer, found.id));
    },
  );

  app.delete(
    '/entities/:entity/automations/:automation',
    {
      schema: {
        tags,
        summary: 'Delete an automation and cancel its pending executions',
        params: ofAutomation,
        response: nothing,
      },
    },
    async ({ viewer, params }, reply) => {
      const found = await automationIn(ground, viewer, params);
      await deleteAutomation(ground, viewer, found.id);
      return reply.code(204).send(null);
    },
  );
};

async function listed(
  ground: Ground,
  viewer: Viewer,
  entity: EntityPlace,
  { limit, cursor, name, sort, order }: z.output<typeof listQuery>,
) {
  const page = (after: AutomationId | null) => ({ name: name ?? null, after, limit, readableByClient: false });
  if (sort === 'created') {
    if (order !== undefined) throw invalid('order goes with sort=last_execution: leave it out, or sort so', 'order');
    const [key] = decodeCursor(cursor, z.tuple([id])) ?? [];
    const rows = await listAutomations(
      ground,
      viewer,
      entity,
      page(key === undefined ? null : asId<AutomationId>(key)),
    );
    return cutPage(rows, limit, (row) => [row.id]);
  }
  const [key, at = ''] = decodeCursor(cursor, z.tuple([id, z.string().regex(/^\d{0,15}$/)])) ?? [];
  const place = { descending: order !== 'asc', lastAt: at === '' ? null : Number(at) };
  const after = key === undefined ? null : asId<AutomationId>(key);
  const rows = await automationsByLastExecution(ground, viewer, entity, page(after), place);
  return cutPage(rows, limit, (row) => [row.id, row.lastAt === null ? '' : String(row.lastAt)]);
}
