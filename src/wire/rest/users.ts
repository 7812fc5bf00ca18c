import { z } from 'zod';
import { demandInstanceAdmin } from '../../access/demand.ts';
import { createUser } from '../../directory/create-user.ts';
import { deleteUser } from '../../directory/delete-user.ts';
import { notFound } from '../../model/error.ts';
import type { UserId } from '../../model/ids.ts';
import { asId } from '../../model/ids.ts';
import { listUsers, userByUsername } from '../../store/users.ts';
import type { RestResource } from './app.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers, id, nothing } from './schemas.ts';
import { newUser, toUser, user } from './user-schemas.ts';

const tags = ['users'];
const params = z.object({ username: z.string() });

/** Users; for instance admins, but for a user's own record. */
export const users: RestResource = (app, { ground }) => {
  app.post(
    '/users',
    {
      schema: { tags, summary: 'Create a user and their personal entity', body: newUser, response: answers(201, user) },
    },
    async (request, reply) => {
      const { username, email, admin, password, apiKey } = request.body;
      const made = await createUser(ground, request.viewer, {
        username,
        email: email ?? undefined,
        admin: admin ?? undefined,
        password: password ?? undefined,
        apiKey: apiKey ?? undefined,
      });
      return reply.code(201).send(toUser(made));
    },
  );

  app.get(
    '/users',
    { schema: { tags, summary: 'List users', querystring: pageQuery, response: answers(200, pageOf(user)) } },
    async (request) => {
      demandInstanceAdmin(request.viewer);
      const { limit, cursor } = request.query;
      const [after] = decodeCursor(cursor, z.tuple([id])) ?? [];
      const rows = await listUsers(ground.database, after === undefined ? null : asId<UserId>(after), limit + 1);
      const page = cutPage(rows, limit, (row) => [row.id]);
      return { ...page, items: page.items.map(toUser) };
    },
  );

  app.get(
    '/users/:username',
    { schema: { tags, summary: 'Read a user', params, response: answers(200, user) } },
    async ({ viewer, params: { username } }) => {
      const visible = viewer.admin || viewer.username === username;
      const found = visible ? await userByUsername(ground.database, username) : undefined;
      if (found === undefined) throw notFound(`user '${username}' not found`);
      return toUser(found);
    },
  );

  app.delete(
    '/users/:username',
    { schema: { tags, summary: 'Delete a user and their personal entity', params, response: nothing } },
    async (request, reply) => {
      await deleteUser(ground, request.viewer, request.params.username);
      return reply.code(204).send(null);
    },
  );
};
