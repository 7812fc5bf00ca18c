import { readInstallation } from '../../directory/read-installation.ts';
import type { RestResource } from './app.ts';
import { answers } from './schemas.ts';
import { server, toServer } from './server-schemas.ts';

/** What the server runs with; for instance admins. */
export const serverResource: RestResource = (app, { ground, masters, slack, facts }) => {
  app.get(
    '/server',
    {
      schema: {
        tags: ['server'],
        summary: 'Read what the server runs with, and the name of each setting that changes it',
        response: answers(200, server),
      },
    },
    async ({ viewer }) => {
      const now = await readInstallation(ground, masters, viewer);
      return toServer(facts, now, { rotating: masters.all.length > 1, slackApp: slack.app !== undefined });
    },
  );
};
