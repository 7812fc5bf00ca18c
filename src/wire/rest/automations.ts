import { z } from 'zod';
import { createAutomation } from '../../automations/create-automation.ts';
import { deleteAutomation } from '../../automations/delete-automation.ts';
import { listAutomations } from '../../automations/list-automations.ts';
import { takeOverAutomation } from '../../automations/take-over-automation.ts';
import { updateAutomation } from '../../automations/update-automation.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { type AutomationId, asId } from '../../model/ids.ts';
import type { RestResource } from './app.ts';
import { automationIn, ofAutomation } from './automation-of.ts';
import { automation, automationPatch, newAutomation, toAutomation } from './automation-schemas.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers, id, nothing } from './schemas.ts';
import { scopeRef } from './scope-ref.ts';

const tags = ['automations'];
const ofEntity = z.object({ entity: z.string() });
const listQuery = z.strictObject({ ...pageQuery.shape, name: z.string().optional().describe('exactly this name') });

/** Automations of an entity and of its projects. */
export const automations: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/automations',
    {
      schema: {
        tags,
        summary: 'List the automations of an entity and of its projects, oldest first',
        params: ofEntity,
        querystring: listQuery,
        response: answers(200, pageOf(automation)),
      },
    },
    async ({ viewer, params, query: { limit, cursor, name = null } }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const [key] = decodeCursor(cursor, z.tuple([id])) ?? [];
      const after = key === undefined ? null : asId<AutomationId>(key);
      const rows = await listAutomations(ground, viewer, entity, { name, after, limit, readableByClient: false });
      const { items, nextCursor } = cutPage(rows, limit, (row) => [row.id]);
      return { items: items.map(toAutomation), nextCursor };
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
      const input = { ...body, scope: await scopeRef(ground, viewer, entity, body.scope) };
      return reply.code(201).send(toAutomation(await createAutomation(ground, viewer, input)));
    },
  );

  app.get(
    '/entities/:entity/automations/:automation',
    { schema: { tags, summary: 'Read an automation', params: ofAutomation, response: answers(200, automation) } },
    async ({ viewer, params }) => toAutomation(await automationIn(ground, viewer, params)),
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
      return toAutomation(await updateAutomation(ground, viewer, found.id, { ...body, scope }));
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
      return toAutomation(await takeOverAutomation(ground, viewer, found.id));
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
