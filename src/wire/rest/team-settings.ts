import { z } from 'zod';
import { requireEntity } from '../../directory/require-entity.ts';
import { changeTeamSettings, readTeamSettings } from '../../directory/team-settings.ts';
import type { RestResource } from './app.ts';
import { answers } from './schemas.ts';

const tags = ['teams'];
const path = '/entities/:entity/settings';
const params = z.object({ entity: z.string() });

const membersManageAutomations = z
  .boolean()
  .describe("members create, edit and delete the automations of the team's projects, and retry their executions");
const settings = z.object({ membersManageAutomations }).meta({ id: 'TeamSettings' });
const patch = z
  .strictObject({ membersManageAutomations: membersManageAutomations.optional() })
  .describe('What is left out stays as it is.')
  .meta({ id: 'TeamSettingsPatch' });

/** What a team's admins decide for it. */
export const teamSettings: RestResource = (app, { ground }) => {
  app.get(
    path,
    { schema: { tags, summary: 'Read the settings of a team', params, response: answers(200, settings) } },
    async ({ viewer, params: { entity } }) => readTeamSettings(viewer, await requireEntity(ground, viewer, entity)),
  );

  app.patch(
    path,
    {
      schema: { tags, summary: 'Change the settings of a team', params, body: patch, response: answers(200, settings) },
    },
    async ({ viewer, params: { entity }, body }) =>
      changeTeamSettings(ground, viewer, await requireEntity(ground, viewer, entity), body),
  );
};
