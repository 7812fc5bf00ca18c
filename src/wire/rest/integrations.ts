import { z } from 'zod';
import { permits } from '../../access/permits.ts';
import { seenAt } from '../../delivery/find-executions.ts';
import { countSteerable, type ManySought } from '../../delivery/steer-executions.ts';
import { warnOfWebhook } from '../../delivery/warn-of-webhook.ts';
import { changeIntegration } from '../../directory/change-integration.ts';
import { createWebhook } from '../../directory/create-webhook.ts';
import { deleteIntegration } from '../../directory/delete-integration.ts';
import type { EntityPlace } from '../../directory/find-entity.ts';
import { requireIntegration } from '../../directory/find-integration.ts';
import { integrationUsage } from '../../directory/integration-usage.ts';
import { listIntegrations } from '../../directory/list-integrations.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { asId, type IntegrationId } from '../../model/ids.ts';
import type { IntegrationKind } from '../../model/integration-kind.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Ground } from '../../store/ground.ts';
import type { Integration } from '../../store/integrations.ts';
import type { RestResource, RestServices } from './app.ts';
import {
  integration,
  integrationDetails,
  integrationPatch,
  newWebhook,
  savedIntegration,
  toIntegration,
  toUsage,
} from './integration-schemas.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers, id, nothing } from './schemas.ts';

const tags = ['integrations'];
const params = z.object({ entity: z.string() });
export const ofIntegration = z.object({ entity: z.string(), integration: id });

/** Integrations of an entity. */
export const integrations: RestResource = (app, { ground, delivery }) => {
  const room = { ...ground, delivery };

  app.get(
    '/entities/:entity/integrations',
    {
      schema: {
        tags,
        summary: 'List the integrations of an entity, oldest first',
        params,
        querystring: pageQuery,
        response: answers(200, pageOf(integration)),
      },
    },
    async ({ viewer, params: { entity: name }, query: { limit, cursor } }) => {
      const entity = await requireEntity(ground, viewer, name);
      const [key] = decodeCursor(cursor, z.tuple([id])) ?? [];
      const after = key === undefined ? null : asId<IntegrationId>(key);
      const rows = await listIntegrations(ground, viewer, entity, { after, limit });
      const { items, nextCursor } = cutPage(rows, limit, (row) => [row.id]);
      const manages = permits(viewer, 'manage_integrations', entity);
      return { items: items.map((row) => toIntegration(viewer, row, manages)), nextCursor };
    },
  );

  app.post(
    '/entities/:entity/integrations',
    {
      schema: { tags, summary: 'Create a webhook', params, body: newWebhook, response: answers(201, savedIntegration) },
    },
    async ({ viewer, params, body: { kind: _, ...body } }, reply) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const created = await createWebhook(ground, viewer, entity, body);
      const warnings = await warnOfWebhook(delivery, created);
      return reply.code(201).send({ ...toIntegration(viewer, created, true), warnings });
    },
  );

  app.get(
    '/entities/:entity/integrations/:integration',
    {
      schema: {
        tags,
        summary: 'Read an integration with the automations that use it',
        params: ofIntegration,
        response: answers(200, integrationDetails),
      },
    },
    async ({ viewer, params }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const found = await requireIntegration(ground, viewer, entity, asId<IntegrationId>(params.integration));
      return details(room, viewer, entity, found);
    },
  );

  app.patch(
    '/entities/:entity/integrations/:integration',
    {
      schema: {
        tags,
        summary: 'Change, disable or enable an integration; of a Slack channel only name and enabled',
        params: ofIntegration,
        body: integrationPatch,
        response: answers(200, integrationDetails),
      },
    },
    async ({ viewer, params, body }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const changed = await changeIntegration(ground, viewer, entity, asId<IntegrationId>(params.integration), body);
      return details(room, viewer, entity, changed);
    },
  );

  app.delete(
    '/entities/:entity/integrations/:integration',
    {
      schema: {
        tags,
        summary:
          'Delete an integration; refused with 409 while automations use it, unless it is forced: they are disabled',
        params: ofIntegration,
        querystring: z.strictObject({ force: z.stringbool().default(false) }),
        response: nothing,
      },
    },
    async ({ viewer, params, query: { force } }, reply) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      await deleteIntegration(ground, viewer, entity, asId<IntegrationId>(params.integration), { force });
      return reply.code(204).send(null);
    },
  );
};

const SKIPPED_BECAUSE: Readonly<Record<IntegrationKind, string>> = {
  webhook: 'webhook_disabled',
  slack: 'channel_disabled',
};

/** An integration, who uses it, and what waits to be delivered again now that it is enabled. */
async function details(
  { database, delivery }: Pick<RestServices, 'delivery'> & Pick<Ground, 'database'>,
  viewer: Viewer,
  entity: EntityPlace,
  found: Integration,
): Promise<z.output<typeof integrationDetails>> {
  const [usage, warnings, { count }] = await Promise.all([
    integrationUsage(database, viewer, found.id),
    warnOfWebhook(delivery, found),
    countSteerable(database, viewer, skippedBecauseOf(viewer, entity, found)),
  ]);
  const manages = permits(viewer, 'manage_integrations', entity);
  return { ...toIntegration(viewer, found, manages), ...toUsage(usage), warnings, redeliverable: count };
}

function skippedBecauseOf(viewer: Viewer, entity: EntityPlace, { id, kind }: Integration): ManySought {
  const wanted = new Map([['status', ['skipped']]] as const);
  const because = { integrationId: id, reason: SKIPPED_BECAUSE[kind], from: null, to: null };
  const filter = { seen: seenAt(viewer, [entity]), wanted, ...because };
  return { name: 'run', places: [entity], filter, after: null };
}
