import { deepStrictEqual, rejects } from 'node:assert/strict';
import { describe } from 'node:test';
import { createAutomation } from '../support/automation.ts';
import type { GraphqlRefusal } from '../support/graphql.ts';
import { python } from '../support/python.ts';
import { rest } from '../support/rest.ts';
import type { Person, Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import { state } from '../support/wire-events.ts';

const FINISHED = state(['FINISHED']);

/** An automation of the scene's project, made by somebody else than the scene's admin. */
async function made({ server, team, projectId, webhook }: Scene, { key }: Person) {
  return createAutomation({ server, key, entity: team, projectId }, await webhook(), FINISHED, {});
}

const forbidden = (error: GraphqlRefusal) => error.status === 403;

function members(scene: Scene, on: boolean) {
  const body = { membersManageAutomations: on };
  return rest(scene.server, scene.person.key, `/entities/${scene.team}/settings`, { method: 'PATCH', body });
}

function automationId(wireId: string): string {
  return atob(wireId).split(':')[1] ?? '';
}

describe('embedded', () => {
  const scenario = stage('embedded');

  scenario(
    'AUT-016: a member makes automations of a project only while the team lets members; a viewer never',
    async (scene) => {
      const { server, team, person, teammate } = scene;
      const path = `/entities/${team}/members`;
      const join = (role: string) =>
        rest(server, person.key, path, { method: 'POST', body: { username: teammate.username, role } });
      const admins = await scene.automation(FINISHED);
      await rejects(made(scene, teammate), forbidden);
      await members(scene, true);
      const own = await made(scene, teammate);
      const address = `/entities/${team}/automations/${automationId(admins.id)}`;
      const disable = () => rest(server, teammate.key, address, { method: 'PATCH', body: { enabled: false } });
      await disable();
      await join('viewer');
      await rejects(made(scene, teammate), forbidden);
      await rejects(own.edit({ description: 'as a viewer' }), forbidden);
      await join('member');
      await members(scene, false);
      await rejects(made(scene, teammate), forbidden);
      await rejects(disable(), /403/);
      await rest(server, teammate.key, `/entities/${team}/automations/${automationId(own.id)}`, {
        method: 'PATCH',
        body: { description: 'still their own' },
      });
      const run = await scene.run();
      await run.finish(0);
      await own.fires(1);
      await admins.firesNothing();
    },
  );

  scenario('AUT-020: an automation whose author left fires on, says so, and is taken over', async (scene) => {
    const { server, team, person, teammate } = scene;
    await members(scene, true);
    const automation = await made(scene, teammate);
    const path = `/entities/${team}/automations/${automationId(automation.id)}`;
    const author = async () => {
      const shown = await rest<{ author: string; authorLeft: boolean }>(server, person.key, path);
      return [shown.author, shown.authorLeft];
    };
    deepStrictEqual(await author(), [teammate.username, false]);
    await rest(server, person.key, `/entities/${team}/members/${teammate.username}`, { method: 'DELETE' });
    deepStrictEqual(await author(), [teammate.username, true]);
    const run = await scene.run();
    await run.finish(0);
    const watch = scene.watch(automation.name, { id: '', name: '', inbox: automation.inbox });
    await watch.fires(1);
    await rest(server, person.key, `${path}/take-over`, { method: 'POST' });
    deepStrictEqual(await author(), [person.username, false]);
    const next = await scene.run();
    await next.finish(0);
    await watch.fires(2);
  });

  scenario("a personal webhook serves a team's automations while its owner belongs to the team", async (scene) => {
    const { server, team, projectId, person, teammate } = scene;
    const inbox = (await scene.webhook()).inbox;
    const { id } = await rest<{ id: string }>(server, teammate.key, `/entities/${teammate.username}/integrations`, {
      method: 'POST',
      body: { name: 'own', url: inbox.url },
    });
    await members(scene, true);
    const place = { server, key: teammate.key, entity: team, projectId };
    const automation = await createAutomation(place, { id, name: 'own', inbox }, FINISHED, {});
    await (await scene.run()).finish(0);
    const watch = scene.watch(automation.name, { id, name: 'own', inbox });
    await watch.fires(1);
    const asMember = `/entities/${team}/members`;
    await rest(server, person.key, `${asMember}/${teammate.username}`, { method: 'DELETE' });
    const path = `/entities/${team}/automations/${automationId(automation.id)}`;
    const shown = await rest<{ problem: string }>(server, person.key, path);
    deepStrictEqual(shown.problem, `webhook of '${teammate.username}', who does not belong to '${team}' any more`);
    await (await scene.run()).finish(0);
    deepStrictEqual((await watch.becomes('failed')).reason, 'integration_unavailable');
    await inbox.exactly(1);
    await rest(server, person.key, asMember, {
      method: 'POST',
      body: { username: teammate.username, role: 'viewer' },
    });
    const [failed] = await watch.executions();
    await rest(server, person.key, `/entities/${team}/executions/${failed?.id}/retry`, { method: 'POST' });
    await watch.fires(2);
  });

  scenario('a team is made, joined, left and given service accounts by the client', async (scene) => {
    const { person, teammate } = scene;
    const found = await python(script(scene));
    deepStrictEqual(found, {
      made: [[person.username, true, false, 'ADMIN']],
      invited: [true, false, true, false, false],
      members: [
        ['new@example.com', false, true, 'new@example.com'],
        [person.username, true, false, `${person.username}@example.com`],
        [teammate.username, true, false, `${teammate.username}@example.com`],
      ],
      account: ['CI of the lab', 'SERVICE', 40, false, true],
      viewer: [true, 'made-by-client'],
      removed: [true, true, true, false],
      left: [person.username],
    });
  });

  scenario('AUT-038: ${event_author} of a service account is the member that WANDB_USERNAME names', async (scene) => {
    const { server, team, project, teammate, person } = scene;
    const automation = await scene.automation(FINISHED);
    const path = `/entities/${team}/service-accounts`;
    const account = await rest<{ username: string; key: string }>(server, person.key, path, {
      method: 'POST',
      body: { description: 'trainer' },
    });
    const run = (key: string, env: Record<string, string>) =>
      python({
        server,
        person: { key },
        env: { WANDB_ENTITY: team, WANDB_PROJECT: project, ...env },
        source: 'import wandb\nwith wandb.init() as run:\n    run.log({"loss": 1})\nprint("done")\n',
      });
    const authors = async (n: number) => (await automation.fires(n)).map(({ author }) => author);
    const outsider = `${teammate.username}-elsewhere`;
    await rest(server, server.adminKey, '/users', { method: 'POST', body: { username: outsider } });
    const email = `${teammate.username}@example.com`;
    const expected: string[] = [];
    for (const [env, author, key = account.key] of [
      [{ WANDB_USERNAME: teammate.username }, teammate.username],
      [{ WANDB_USER_EMAIL: email }, teammate.username],
      [{}, account.username],
      // no member of the team: the account itself
      [{ WANDB_USERNAME: outsider }, account.username],
      [{ WANDB_USERNAME: teammate.username }, person.username, person.key],
    ] as const) {
      await run(key, env);
      expected.push(author);
      deepStrictEqual(await authors(expected.length), expected);
    }
  });
});

/** Governs a new team of the organization by nothing but `wandb.Api()`. */
function script({ server, person, teammate }: Scene) {
  const source = `
import json, os, wandb
api = wandb.Api()
row = lambda m: [m.name, m.admin, m.pending]
team = api.create_team("made-by-client")
made = [row(m) + [m.account_type] for m in team.members]
invited = [
    team.invite(os.environ["MATE"], admin=True),
    team.invite(os.environ["MATE"]),
    team.invite("new@example.com"),
    team.invite("new@example.com"),
    team.invite("nobody"),
]
team = api.team("made-by-client")
members = [row(m) + [m.email] for m in team.members]
account = team.create_service_account("CI of the lab")
key = account.api_key
other = wandb.Api(api_key=key)
viewer = [other.viewer.username == account.username, other.default_entity]
mate = [m for m in team.members if m.name == os.environ["MATE"]][0]
invite = [m for m in team.members if m.pending][0]
me = [m for m in team.members if m.name == os.environ["ME"]][0]
removed = [account.delete(), mate.delete(), invite.delete(), me.delete()]
print(json.dumps({
    "made": made, "invited": invited, "members": members,
    "account": [account.name, account.account_type, len(key), account.admin, repr(account) == "<Member CI of the lab (SERVICE)>"],
    "viewer": viewer, "removed": removed, "left": [m.name for m in api.team("made-by-client").members],
}))
`;
  return { server, person, source, env: { MATE: teammate.username, ME: person.username } };
}
