import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

/** Serves `GET /metrics` in the text form of Prometheus. */
export function mountMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.get('/metrics', async (_request, reply) => {
    const text = await metrics.registry.metrics();
    return reply.type(metrics.registry.contentType).send(text);
  });
}
