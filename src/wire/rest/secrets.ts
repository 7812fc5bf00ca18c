import { z } from 'zod';
import { changeSecretAccess } from '../../directory/change-secret-access.ts';
import { createSecret } from '../../directory/create-secret.ts';
import { deleteSecret } from '../../directory/delete-secret.ts';
import { listSecrets } from '../../directory/list-secrets.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { rotateSecret } from '../../directory/rotate-secret.ts';
import type { SavedSecret } from '../../directory/save-secret.ts';
import type { Secret } from '../../store/secrets.ts';
import type { RestResource } from './app.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers, id, instant, isoInstant, nothing } from './schemas.ts';

const tags = ['secrets'];
const ofEntity = z.object({ entity: z.string() });
const ofSecret = z.object({ entity: z.string(), secret: z.string() });
const value = z.string().describe('1 byte to 64 KiB; nobody can read it again, and one newline at its end is removed');

const newSecret = z
  .strictObject({
    name: z.string().describe("1 to 64 of letters, digits and '_', the first a letter; no name of a payload variable"),
    value,
  })
  .meta({ id: 'NewSecret' });

const rotation = z
  .strictObject({
    value,
    overlapHours: z.number().default(0).describe('0 to 72: how long deliveries are signed with the old value too'),
  })
  .meta({ id: 'SecretRotation' });

const accessFlags = {
  webhooks: z.boolean().describe('off: no webhook reads it; what names it fails with secret_forbidden'),
  headerTemplates: z.boolean().describe('off: the further headers of webhooks do not hold it'),
};

const accessPatch = z
  .strictObject({ access: z.strictObject(accessFlags).partial().describe('what is left out stays') })
  .meta({ id: 'SecretAccessPatch' });

const username = z.string().nullable();

const secret = z
  .object({
    name: z.string(),
    version: z.int().describe('1, and one more with each rotation'),
    createdAt: instant,
    createdBy: username,
    rotatedAt: instant.nullable(),
    rotatedBy: username,
    overlapUntil: instant.nullable().describe('until when deliveries are signed with the value before too'),
    lastUsedAt: instant.nullable().describe('to the minute'),
    access: z.object(accessFlags).describe('which features may read it'),
    usedBy: z.array(z.string()).describe('names of the webhooks that name it'),
    automations: z
      .array(z.object({ id, name: z.string() }))
      .describe('of the entity, that deliver to these webhooks; none for those who may not manage secrets'),
    automationsElsewhere: z.int().describe('how many automations of other entities do'),
  })
  .meta({ id: 'Secret' });

const savedSecret = secret
  .extend({ notices: z.array(z.string()).describe('what whoever gave the value should know') })
  .meta({ id: 'SavedSecret' });

/** Secrets of an entity: written, never read. */
export const secrets: RestResource = (app, { ground, masters }) => {
  const room = { ...ground, masters };

  app.get(
    '/entities/:entity/secrets',
    {
      schema: {
        tags,
        summary: 'List the secrets of an entity by name, never their values',
        params: ofEntity,
        querystring: pageQuery,
        response: answers(200, pageOf(secret)),
      },
    },
    async ({ viewer, params, query: { limit, cursor } }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const [after = null] = decodeCursor(cursor, z.tuple([z.string()])) ?? [];
      const rows = await listSecrets(ground, viewer, entity, { after, limit });
      const { items, nextCursor } = cutPage(rows, limit, ({ name }) => [name]);
      return { items: items.map((row) => toSecret(row, entity.name)), nextCursor };
    },
  );

  app.post(
    '/entities/:entity/secrets',
    {
      schema: {
        tags,
        summary: 'Create a secret',
        params: ofEntity,
        body: newSecret,
        response: answers(201, savedSecret),
      },
    },
    async ({ viewer, params, body }, reply) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      return reply.code(201).send(toSaved(await createSecret(room, viewer, entity, body), entity.name));
    },
  );

  app.put(
    '/entities/:entity/secrets/:secret',
    {
      schema: {
        tags,
        summary: 'Give a secret another value',
        params: ofSecret,
        body: rotation,
        response: answers(200, savedSecret),
      },
    },
    async ({ viewer, params, body }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      return toSaved(await rotateSecret(room, viewer, entity, { name: params.secret, ...body }), entity.name);
    },
  );

  app.patch(
    '/entities/:entity/secrets/:secret',
    {
      schema: {
        tags,
        summary: 'Change which features may read a secret',
        params: ofSecret,
        body: accessPatch,
        response: answers(200, secret),
      },
    },
    async ({ viewer, params, body: { access } }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      return toSecret(await changeSecretAccess(ground, viewer, entity, params.secret, access), entity.name);
    },
  );

  app.delete(
    '/entities/:entity/secrets/:secret',
    {
      schema: {
        tags,
        summary: 'Delete a secret for good; refused with 409 while webhooks use it, unless it is forced',
        params: ofSecret,
        querystring: z.strictObject({ force: z.stringbool().default(false) }),
        response: nothing,
      },
    },
    async ({ viewer, params, query: { force } }, reply) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      await deleteSecret(ground, viewer, entity, params.secret, { force });
      return reply.code(204).send(null);
    },
  );
};

function toSecret(row: Secret, entity: string): z.output<typeof secret> {
  const { name, version, createdBy, rotatedBy, usedBy } = row;
  const own = row.automations.filter((automation) => automation.entity === entity);
  return {
    name,
    version,
    createdAt: isoInstant(row.createdAt),
    createdBy,
    rotatedAt: orNull(row.rotatedAt),
    rotatedBy,
    overlapUntil: orNull(row.previousUntil),
    lastUsedAt: orNull(row.lastUsedAt),
    access: row.access,
    usedBy: [...usedBy],
    automations: own.map(({ id, name }) => ({ id, name })),
    automationsElsewhere: row.automations.length - own.length,
  };
}

function toSaved(saved: SavedSecret, entity: string): z.output<typeof savedSecret> {
  return { ...toSecret(saved.secret, entity), notices: [...saved.notices] };
}

function orNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : isoInstant(milliseconds);
}
