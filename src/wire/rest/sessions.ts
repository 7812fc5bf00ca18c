import { z } from 'zod';
import { changePassword } from '../../directory/change-password.ts';
import { endAllSessions, endSession } from '../../directory/end-sessions.ts';
import { notFound } from '../../model/error.ts';
import { parseId, type SessionId } from '../../model/ids.ts';
import { sessionsOf } from '../../store/sessions.ts';
import { forgetSession } from '../session-cookie.ts';
import type { RestResource } from './app.ts';
import { answers, nothing } from './schemas.ts';
import { session, toSession } from './session-schemas.ts';

const tags = ['viewer'];

const passwordChange = z
  .strictObject({
    currentPassword: z.string().max(1024).nullable().default(null).describe('null where none was set yet'),
    password: z.string().max(1024),
  })
  .meta({ id: 'PasswordChange' });

/** The viewer's own sessions, and the password they begin with. */
export const sessions: RestResource = (app, { ground, baseUrlOf }) => {
  app.get(
    '/viewer/sessions',
    {
      schema: {
        tags,
        summary: 'List where you are signed in, last used first',
        response: answers(200, z.object({ items: z.array(session) })),
      },
    },
    async ({ viewer }) => {
      const living = await sessionsOf(ground.database, viewer.userId, ground.clock.now());
      return { items: living.map((each) => toSession(each, viewer.session)) };
    },
  );

  app.delete(
    '/viewer/sessions',
    { schema: { tags, summary: 'Sign out everywhere', response: nothing } },
    async (request, reply) => {
      await endAllSessions(ground, request.viewer);
      return forgetSession(reply, baseUrlOf(request)).code(204).send(null);
    },
  );

  app.delete(
    '/viewer/sessions/:id',
    { schema: { tags, summary: 'Sign out in one place', params: z.object({ id: z.string() }), response: nothing } },
    async (request, reply) => {
      const { viewer, params } = request;
      const id = parseId<SessionId>(params.id);
      if (id === undefined) throw notFound('this session has ended already');
      await endSession(ground, viewer, id);
      if (id === viewer.session) forgetSession(reply, baseUrlOf(request));
      return reply.code(204).send(null);
    },
  );

  app.put(
    '/viewer/password',
    {
      schema: {
        tags,
        summary: 'Set your password; your other sessions end',
        body: passwordChange,
        response: nothing,
      },
    },
    async ({ viewer, body }, reply) => {
      await changePassword(ground, viewer, { current: body.currentPassword, next: body.password });
      return reply.code(204).send(null);
    },
  );
};
