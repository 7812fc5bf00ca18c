import type { FastifyInstance } from 'fastify';

/**
 * The client (0.31) reports about itself, in OpenTelemetry's protocol, to the server it is logged in to. Tripline
 * has no use for that: it is taken and thrown away, so that the client has nothing to repeat.
 */
export async function mountTelemetry(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null));
    scope.post('/sdk/otel/v1/:signal', async (_request, reply) => reply.type('application/x-protobuf').send(''));
  });
}
