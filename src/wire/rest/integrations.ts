import { z } from 'zod';
import { createWebhook } from '../../directory/create-webhook.ts';
import { listIntegrations } from '../../directory/list-integrations.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { shownUrl } from '../../directory/shown-url.ts';
import { asId, type IntegrationId } from '../../model/ids.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Integration } from '../../store/integrations.ts';
import type { RestResource } from './app.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers, id, instant, isoInstant } from './schemas.ts';

const tags = ['integrations'];
const params = z.object({ entity: z.string() });
const secretName = z.string().nullable().describe('name of a secret; never the secret itself');

const newWebhook = z
  .strictObject({
    kind: z.literal('webhook').default('webhook'),
    name: z.string().describe("1 to 64 of letters, digits, '_' and '-', with single spaces inside"),
    url: z.string().describe('absolute, https or http, without user info'),
    accessTokenRef: secretName.default(null),
    secretRef: secretName.default(null),
  })
  .meta({ id: 'NewWebhook' });

const integration = z
  .object({
    id,
    kind: z.enum(['webhook', 'slack']),
    name: z.string(),
    url: z.string().nullable().describe('path and query only for those who manage the integrations of the entity'),
    accessTokenRef: secretName,
    secretRef: secretName,
    createdAt: instant,
  })
  .meta({ id: 'Integration' });

/** Webhook integrations of an entity. */
export const integrations: RestResource = (app, { ground }) => {
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
      return { items: items.map((row) => toIntegration(viewer, row)), nextCursor };
    },
  );

  app.post(
    '/entities/:entity/integrations',
    { schema: { tags, summary: 'Create a webhook', params, body: newWebhook, response: answers(201, integration) } },
    async ({ viewer, params, body }, reply) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      return reply.code(201).send(toIntegration(viewer, await createWebhook(ground, viewer, entity, body)));
    },
  );
};

function toIntegration(viewer: Viewer, row: Integration): z.output<typeof integration> {
  const { id, kind, name, config, createdAt } = row;
  return {
    id,
    kind,
    name,
    url: kind === 'webhook' ? shownUrl(viewer, row) : null,
    accessTokenRef: textOf(config.accessTokenRef),
    secretRef: textOf(config.secretRef),
    createdAt: isoInstant(createdAt),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
