import { z } from 'zod';
import { createApiKey } from '../../directory/create-api-key.ts';
import { deleteApiKey } from '../../directory/delete-api-key.ts';
import { notFound } from '../../model/error.ts';
import type { ApiKeyId } from '../../model/ids.ts';
import { parseId } from '../../model/ids.ts';
import type { ApiKey } from '../../store/api-keys.ts';
import { apiKeysOf } from '../../store/api-keys.ts';
import type { RestResource } from './app.ts';
import { answers, id, instant, isoInstant, nothing } from './schemas.ts';

const tags = ['viewer'];

const apiKey = z
  .object({
    id,
    hint: z.string().describe('the last characters of the key'),
    description: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: 'ApiKey' });

const freshApiKey = z
  .object({ ...apiKey.shape, key: z.string().describe('shown this once') })
  .meta({ id: 'FreshApiKey' });

const newApiKey = z.strictObject({ description: z.string().max(255).nullish() });

/** The viewer's own API keys. */
export const apiKeys: RestResource = (app, { ground }) => {
  app.get(
    '/viewer/api-keys',
    { schema: { tags, summary: 'List your API keys', response: answers(200, z.object({ items: z.array(apiKey) })) } },
    async (request) => ({ items: (await apiKeysOf(ground.database, request.viewer.userId)).map(toApiKey) }),
  );

  app.post(
    '/viewer/api-keys',
    { schema: { tags, summary: 'Make an API key', body: newApiKey.nullish(), response: answers(201, freshApiKey) } },
    async (request, reply) => {
      const made = await createApiKey(ground, request.viewer, request.body?.description ?? null);
      return reply.code(201).send({ ...toApiKey(made), key: made.key });
    },
  );

  app.delete(
    '/viewer/api-keys/:id',
    {
      schema: { tags, summary: 'Delete one of your API keys', params: z.object({ id: z.string() }), response: nothing },
    },
    async (request, reply) => {
      const keyId = parseId<ApiKeyId>(request.params.id);
      if (keyId === undefined) throw notFound('API key not found');
      await deleteApiKey(ground, request.viewer, keyId);
      return reply.code(204).send(null);
    },
  );
};

function toApiKey({ id, hint, description, createdAt }: ApiKey): z.output<typeof apiKey> {
  return { id, hint, description, createdAt: isoInstant(createdAt) };
}
