import type { FastifyInstance } from 'fastify';
import type { Database } from '../store/database.ts';
import { missingMigrations } from '../store/migrate.ts';

/** `GET /healthz`: the process answers. `GET /ready`: the database answers too and has every migration. */
export function mountHealth(app: FastifyInstance, database: Database): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/ready', async (_request, reply) => {
    const missing = await missingMigrations(database).catch(() => undefined);
    if (missing === 0) return { status: 'ready' };
    const reason = missing === undefined ? 'the database does not answer' : `the database lacks ${missing} migrations`;
    return reply.code(503).send({ status: 'not ready', reason });
  });
}
