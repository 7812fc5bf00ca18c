import type { FastifyInstance } from 'fastify';
import type { CheckReadiness } from './readiness.ts';

/** Serves `GET /healthz` (the process answers) and `GET /ready` (it can do its work). */
export function mountHealth(app: FastifyInstance, checkReadiness: CheckReadiness): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/ready', async (_request, reply) => {
    const reason = await checkReadiness();
    return reason === undefined ? { status: 'ready' } : reply.code(503).send({ status: 'not ready', reason });
  });
}
