import { Readable } from 'node:stream';
import { z } from 'zod';
import { allEntries, auditedAt, auditedOfInstance } from '../../audit/read-audit.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import type { TenantId } from '../../model/ids.ts';
import type { Viewer } from '../../model/viewer.ts';
import { auditEntries } from '../../store/audit.ts';
import type { Ground } from '../../store/ground.ts';
import { errors } from '../errors-schema.ts';
import type { RestResource } from './app.ts';
import { asCsv, asJsonLines, auditEntry, auditFilter, toAuditEntry, toFilter } from './audit-schemas.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers, id } from './schemas.ts';

const tags = ['audit'];
const listQuery = z.strictObject({ ...pageQuery.shape, ...auditFilter.shape });
const exportQuery = z.strictObject({ format: z.enum(['jsonl', 'csv']).default('jsonl'), ...auditFilter.shape });
const ofEntity = z.object({ entity: z.string() });
const exported = { 200: z.unknown().describe('one line for each entry, newest first'), '4xx': errors };

/** The audit log: of an entity for its admins, of the installation itself for instance admins. */
export const audit: RestResource = (app, { ground }) => {
  app.get(
    '/entities/:entity/audit',
    {
      schema: {
        tags,
        summary: 'List what was changed in an entity, newest first; in an organization, in its teams too',
        params: ofEntity,
        querystring: listQuery,
        response: answers(200, pageOf(auditEntry)),
      },
    },
    async ({ viewer, params, query }) => listed(ground, await tenantsOf(ground, viewer, params.entity), query),
  );

  app.get(
    '/entities/:entity/audit/export',
    {
      schema: {
        tags,
        summary: 'Export the same as JSON Lines or CSV',
        params: ofEntity,
        querystring: exportQuery,
        response: exported,
      },
    },
    async ({ viewer, params, query }, reply) => {
      const { type, lines } = written(ground, await tenantsOf(ground, viewer, params.entity), query);
      return reply.type(type).send(lines);
    },
  );

  app.get(
    '/audit',
    {
      schema: {
        tags,
        summary: 'List what was changed in the installation itself: users, organizations, its master key',
        querystring: listQuery,
        response: answers(200, pageOf(auditEntry)),
      },
    },
    async ({ viewer, query }) => listed(ground, auditedOfInstance(viewer), query),
  );

  app.get(
    '/audit/export',
    {
      schema: { tags, summary: 'Export the same as JSON Lines or CSV', querystring: exportQuery, response: exported },
    },
    async ({ viewer, query }, reply) => {
      const { type, lines } = written(ground, auditedOfInstance(viewer), query);
      return reply.type(type).send(lines);
    },
  );
};

async function tenantsOf(ground: Ground, viewer: Viewer, name: string): Promise<TenantId[]> {
  return auditedAt(ground.database, viewer, await requireEntity(ground, viewer, name));
}

async function listed(
  { database }: Ground,
  tenantIds: readonly TenantId[],
  { limit, cursor, ...filter }: z.output<typeof listQuery>,
) {
  const [after = null] = decodeCursor(cursor, z.tuple([id])) ?? [];
  const entries = await auditEntries(database, { ...toFilter(filter), tenantIds, after, limit: limit + 1 });
  const page = cutPage(entries, limit, (entry) => [entry.id]);
  return { ...page, items: page.items.map(toAuditEntry) };
}

function written(
  { database }: Ground,
  tenantIds: readonly TenantId[],
  { format, ...filter }: z.output<typeof exportQuery>,
) {
  const entries = allEntries(database, tenantIds, toFilter(filter));
  return format === 'csv'
    ? { type: 'text/csv; charset=utf-8', lines: Readable.from(asCsv(entries)) }
    : { type: 'application/jsonl; charset=utf-8', lines: Readable.from(asJsonLines(entries)) };
}
