import { z } from 'zod';
import { signInByApiKey, signInByPassword } from '../../directory/sign-in.ts';
import { refuseForeignPages } from '../own-pages.ts';
import { keepSession } from '../session-cookie.ts';
import { originOf } from '../viewer-of.ts';
import type { RestResource } from './app.ts';
import { answers } from './schemas.ts';
import { session, toSession } from './session-schemas.ts';

const credentials = z
  .union([
    z.strictObject({
      username: z.string().min(1).max(254).describe('or the email address'),
      password: z.string().min(1).max(1024),
    }),
    z.strictObject({ apiKey: z.string().trim().min(1).max(512) }),
  ])
  .meta({ id: 'Credentials' });

/** Of whoever is not known yet, no more is read than there can be. */
const LARGEST_BODY = 16 * 1024;

/** Where browsers sign in: the one route that changes something and asks for no viewer. */
export const signIn: RestResource = (app, { ground, authenticate, baseUrlOf }) => {
  app.post(
    '/session',
    {
      bodyLimit: LARGEST_BODY,
      schema: {
        tags: ['viewer'],
        summary: 'Sign in',
        description: 'The session is kept in a cookie. After five failures within 15 minutes the answer is 429.',
        security: [],
        body: credentials,
        response: answers(201, session),
      },
    },
    async (request, reply) => {
      const baseUrl = baseUrlOf(request);
      refuseForeignPages(request, baseUrl);
      const origin = originOf(request, null);
      const { body } = request;
      const began =
        'apiKey' in body
          ? await signInByApiKey(ground, authenticate, body.apiKey, origin)
          : await signInByPassword(ground, body, origin);
      keepSession(reply, began.token, baseUrl);
      return reply.code(201).send(toSession(began.session, began.session.id));
    },
  );
};
