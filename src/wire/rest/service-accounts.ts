import { z } from 'zod';
import { createServiceAccount, SERVICE_ROLES } from '../../directory/create-service-account.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import {
  deleteServiceAccount,
  describeServiceAccount,
  listServiceAccounts,
  rotateServiceAccountKey,
  type ServiceAccount,
} from '../../directory/service-accounts.ts';
import type { RestResource } from './app.ts';
import { answers, id, instant, isoInstant, nothing } from './schemas.ts';

const tags = ['teams'];
const path = '/entities/:entity/service-accounts';
const ofTeam = z.object({ entity: z.string() });
const ofAccount = z.object({ entity: z.string(), username: z.string() });

const role = z.enum(SERVICE_ROLES);
const key = z.string().describe('the API key: keep it, this API shows it once');
const description = z.string().describe('1 to 128 characters');
const newAccount = z.strictObject({ description, role: role.default('member') }).meta({ id: 'NewServiceAccount' });
const freshAccount = z
  .object({ username: z.string(), description: z.string(), role, key })
  .meta({ id: 'FreshServiceAccount' });
const account = z
  .object({
    username: z.string(),
    description: z.string(),
    role,
    createdAt: instant,
    keys: z.array(z.object({ id, hint: z.string().describe('the last characters of the key'), createdAt: instant })),
  })
  .meta({ id: 'ServiceAccount' });

/** Accounts of programs that work for a team; for its admins. */
export const serviceAccounts: RestResource = (app, { ground, masters }) => {
  const sealing = { ...ground, masters };

  app.post(
    path,
    {
      schema: {
        tags,
        summary: 'Create a service account with a key',
        params: ofTeam,
        body: newAccount,
        response: answers(201, freshAccount),
      },
    },
    async ({ viewer, params, body }, reply) => {
      const team = await requireEntity(ground, viewer, params.entity);
      const made = await createServiceAccount(sealing, viewer, team, body);
      const { username, displayName } = made.account;
      const description = displayName ?? username;
      return reply.code(201).send({ username, description, role: body.role, key: made.key });
    },
  );

  app.get(
    path,
    {
      schema: {
        tags,
        summary: 'List the service accounts of a team, oldest first',
        params: ofTeam,
        response: answers(200, z.object({ items: z.array(account) })),
      },
    },
    async ({ viewer, params }) => {
      const team = await requireEntity(ground, viewer, params.entity);
      const accounts = await listServiceAccounts(sealing, viewer, team);
      return { items: accounts.map(toAccount) };
    },
  );

  app.patch(
    `${path}/:username`,
    {
      schema: {
        tags,
        summary: 'Give a service account another description; its name and keys stay',
        params: ofAccount,
        body: z.strictObject({ description }).meta({ id: 'ServiceAccountPatch' }),
        response: answers(200, z.object({ username: z.string(), description })),
      },
    },
    async ({ viewer, params: { entity, username }, body }) => {
      const team = await requireEntity(ground, viewer, entity);
      const description = await describeServiceAccount(sealing, viewer, team, username, body.description);
      return { username, description };
    },
  );

  app.post(
    `${path}/:username/rotate-key`,
    {
      schema: {
        tags,
        summary: 'Give a service account a new key',
        description: 'Its former keys are refused from now on.',
        params: ofAccount,
        response: answers(200, z.object({ key })),
      },
    },
    async ({ viewer, params }) => {
      const team = await requireEntity(ground, viewer, params.entity);
      return { key: await rotateServiceAccountKey(sealing, viewer, team, params.username) };
    },
  );

  app.delete(
    `${path}/:username`,
    {
      schema: { tags, summary: 'Delete a service account and its keys', params: ofAccount, response: nothing },
    },
    async ({ viewer, params }, reply) => {
      const team = await requireEntity(ground, viewer, params.entity);
      await deleteServiceAccount(sealing, viewer, team, params.username);
      return reply.code(204).send(null);
    },
  );
};

function toAccount({ username, displayName, role, createdAt, keys }: ServiceAccount): z.output<typeof account> {
  return {
    username,
    description: displayName ?? username,
    role: role === 'admin' ? 'admin' : 'member',
    createdAt: isoInstant(createdAt),
    keys: keys.map(({ id, hint, createdAt }) => ({ id, hint, createdAt: isoInstant(createdAt) })),
  };
}
