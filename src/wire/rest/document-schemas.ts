import { DOCUMENT_TYPES, documentSchema } from '../../events/document-schemas.ts';
import { notFound } from '../../model/error.ts';
import type { RestApp } from './app.ts';

/** The JSON Schemas of what is sent when an automation has no payload of its own; readable without a key. */
export function publishDocumentSchemas(app: RestApp): void {
  app.get('/schemas', { schema: { hide: true } }, async () => ({
    events: [...DOCUMENT_TYPES.keys()].map((type) => ({ type, path: pathOf(type) })),
  }));

  app.get<{ Params: { type: string } }>(
    '/schemas/events/:type',
    { schema: { hide: true } },
    async ({ params }, reply) => {
      const type = DOCUMENT_TYPES.get(params.type);
      if (type === undefined) throw notFound(`there is no event type '${params.type}': /api/v1/schemas lists them`);
      return reply.type('application/schema+json').send({ ...documentSchema(type), $id: pathOf(params.type) });
    },
  );
}

const pathOf = (type: string): string => `/api/v1/schemas/events/${type}`;
