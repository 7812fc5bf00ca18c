import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { after } from 'node:test';
import { onOneDatabase } from '../support/databases.ts';
import { assertOutcome, assertQuiet, runPython } from '../support/python.ts';
import { rest, untilSettled } from '../support/rest.ts';
import type { Person, Scene } from '../support/scene.ts';
import { type SlackHook, startSlackServer } from '../support/slack-server.ts';
import { stage } from '../support/stage.ts';
import { MINUTE } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import { state } from '../support/wire-events.ts';

const slack = await startSlackServer();
after(() => slack.close());

interface Settings {
  readonly runAlert?: readonly string[];
  readonly runFinished?: readonly string[];
  readonly runCrashed?: readonly string[];
  readonly deliveryTrouble?: readonly string[];
}

interface Notice {
  readonly integration: { readonly name: string };
  readonly trouble: string;
  readonly reason: string;
}

onOneDatabase('embedded', (database) => {
  const scenario = stage(database, { env: { TRIPLINE_SLACK_URL: slack.url } });

  const ask = <Body>(
    { server, person }: Scene,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    by: Person = person,
  ) => rest<Body>(server, by.key, `/entities${path}`, { method, ...(body === undefined ? {} : { body }) });
  let made = 0;
  /** A channel of a team or of a person, from an address. */
  const channelOf = async (
    scene: Scene,
    entity: string,
    by = scene.person,
  ): Promise<{ id: string; hook: SlackHook }> => {
    const hook = slack.hook();
    made += 1;
    const body = { teamName: 'Acme', channelName: `#channel-${made}`, url: hook.url };
    return { ...(await ask<{ id: string }>(scene, 'POST', `/${entity}/slack-channels`, body, by)), hook };
  };
  const set = (scene: Scene, entity: string, settings: Settings, by = scene.person) =>
    ask<Settings>(scene, 'PATCH', `/${entity}/alerts`, settings, by);

  scenario(
    'AUT-135: run.alert reaches the channels of author and team once per wait duration and title',
    async (scene) => {
      const { server, person, team, project } = scene;
      const ofTeam = await channelOf(scene, team);
      const ofAuthor = await channelOf(scene, person.username);
      const ofAnother = await channelOf(scene, scene.teammate.username, scene.teammate);
      await set(scene, team, { runAlert: [ofTeam.id] });
      // the author has chosen the team's channel too: it is told once
      await set(scene, person.username, { runAlert: [ofAuthor.id, ofTeam.id] });
      await set(scene, scene.teammate.username, { runAlert: [ofAnother.id] }, scene.teammate);
      const result = await runPython({
        server,
        person,
        env: { WANDB_ENTITY: team, WANDB_PROJECT: project },
        source: `
import wandb
run = wandb.init(id="noisy", name="<!channel> & co")
for _ in range(3):
    run.alert("Loss is high", "look, <@U1>: \${run_name}", level=wandb.AlertLevel.WARN, wait_duration=600)
run.alert("Another title", "a & b")
run.finish()
`,
      });
      assertOutcome(result, '0');
      assertQuiet(result);
      const [high, other] = await ofTeam.hook.exactly(2);
      match(high?.shown ?? '', /WARN \*Loss is high\*/);
      match(high?.shown ?? '', /look, <@U1>: \$\{run_name\}/, 'what its author wrote is sent as it is');
      match(high?.shown ?? '', /Run &lt;!channel&gt; &amp; co sent an alert\./);
      ok(high?.shown.includes(`${team}/${project}`) && high.shown.includes('/runs/noisy|Run>'), high?.shown);
      match(other?.shown ?? '', /INFO \*Another title\*/);
      ok(!high?.shown.includes('Automation'), 'no automation is behind it');
      const { items } = await ask<{ items: { automation: unknown; alert: { entity: string } }[] }>(
        scene,
        'GET',
        `/${team}/executions`,
      );
      ok(items.every(({ automation }) => automation === null));
      deepStrictEqual(
        items.map(({ alert }) => alert).filter(({ entity }) => entity === team),
        Array(2).fill({ entity: team, setting: 'runAlert' }),
      );
      deepStrictEqual(
        (await ofAuthor.hook.exactly(2)).map(({ text }) => text),
        [high?.text, other?.text],
      );
      await ofAnother.hook.exactly(0);

      for (const entity of [team, person.username]) await untilSettled(server, person.key, entity);
      server.clock.move(11 * MINUTE);
      const again = await runPython({
        server,
        person,
        env: { WANDB_ENTITY: team, WANDB_PROJECT: project },
        source: `
import wandb
with wandb.init(id="noisy", resume="must") as run:
    run.alert("Loss is high", "still", wait_duration=600)
`,
      });
      assertOutcome(again, '0');
      const third = (await ofTeam.hook.exactly(3)).at(-1);
      match(third?.shown ?? '', /still/);
    },
  );

  scenario('runs that finish or crash are told of where the settings say, beside automations', async (scene) => {
    const { team, person, teammate } = scene;
    const good = await channelOf(scene, team);
    const bad = await channelOf(scene, team);
    const own = await channelOf(scene, person.username);
    deepStrictEqual(await set(scene, team, { runFinished: [good.id], runCrashed: [bad.id] }), {
      runAlert: [],
      runFinished: [good.id],
      runCrashed: [bad.id],
      deliveryTrouble: [],
    });
    await set(scene, person.username, { runFinished: [own.id] });
    const automation = await scene.automation(state(['FINISHED']));
    const finished = await scene.run();
    await finished.finish();
    const [post] = await good.hook.exactly(1);
    match(post?.shown ?? '', /INFO \*Run finished\*/);
    await own.hook.exactly(1);
    await automation.fires(1);
    const crashed = await scene.run();
    await crashed.finish(1);
    const [told] = await bad.hook.exactly(1);
    match(told?.shown ?? '', /ERROR \*Run crashed\*/);
    const another = await scene.run({}, teammate);
    await another.finish();
    await good.hook.exactly(2);
    await own.hook.exactly(1);

    await set(scene, team, { runFinished: [] });
    const last = await scene.run();
    await last.finish();
    await own.hook.exactly(2);
    await automation.fires(3);
    await good.hook.exactly(2);
    const names = (await ask<{ items: { name: string }[] }>(scene, 'GET', `/${team}/automations`)).items;
    deepStrictEqual(
      names.map(({ name }) => name),
      [automation.name],
      'alerts are no automations of the list',
    );
    const history = await ask<{ items: { alert: { setting: string } | null }[] }>(scene, 'GET', `/${team}/executions`);
    ok(
      history.items.some(({ alert }) => alert?.setting === 'runCrashed'),
      'and stand in the history',
    );
  });

  scenario('only admins set alerts, to channels that they may use; deleting a channel names them', async (scene) => {
    const { server, team, teammate, person } = scene;
    const { id } = await channelOf(scene, team);
    const foreign = await channelOf(scene, teammate.username, teammate);
    await scene.webhook();
    const { items } = await ask<{ items: { id: string; kind: string }[] }>(scene, 'GET', `/${team}/integrations`);
    const webhook = items.find(({ kind }) => kind === 'webhook');
    const call = (by: Person, method: 'GET' | 'PATCH' | 'DELETE', path: string, body?: object) =>
      server.call(`/api/v1/entities/${path}`, { key: by.key, method, ...(body === undefined ? {} : { body }) });
    strictEqual((await call(teammate, 'PATCH', `${team}/alerts`, { runAlert: [id] })).status, 403);
    strictEqual((await call(teammate, 'GET', `${team}/alerts`)).status, 200);
    strictEqual((await call(teammate, 'GET', `${team}/notices`)).status, 403);
    for (const wrong of [foreign.id, '999999', webhook?.id]) {
      const refused = await call(person, 'PATCH', `${team}/alerts`, { runCrashed: [id], runAlert: [wrong] });
      strictEqual(refused.status, 400, refused.text);
      match(refused.text, /"path":"runAlert"/);
    }
    strictEqual((await call(person, 'PATCH', `${team}/alerts`, { runStarted: [id] })).status, 400);
    const unchanged = await ask<Settings>(scene, 'GET', `/${team}/alerts`);
    deepStrictEqual(unchanged.runCrashed, [], 'a refusal changes nothing');

    await set(scene, team, { runFinished: [id] });
    const refused = await call(person, 'DELETE', `${team}/integrations/${id}`);
    strictEqual(refused.status, 409);
    match(refused.text, /is used by the alert settings of '[^']+' \(runFinished\): /);
    const used = await ask<{ usedBy: unknown; alerts: unknown }>(scene, 'GET', `/${team}/integrations/${id}`);
    deepStrictEqual([used.usedBy, used.alerts], [[], [{ entity: team, setting: 'runFinished' }]]);
    strictEqual((await call(person, 'DELETE', `${team}/integrations/${id}?force=true`)).status, 204);
    deepStrictEqual((await ask<Settings>(scene, 'GET', `/${team}/alerts`)).runFinished, []);
    const audit = await ask<{ items: { deed: string; before: Settings; after: Settings }[] }>(
      scene,
      'GET',
      `/${team}/audit?limit=2`,
    );
    deepStrictEqual(
      audit.items.map(({ deed }) => deed),
      ['alerts.changed', 'slack_channel.deleted'],
    );
    const run = await scene.run();
    await run.finish();
  });

  scenario('channels that go with their organization are taken out of the settings of others', async (scene) => {
    const { server, organization, team, teammate } = scene;
    const ofTeam = await channelOf(scene, team);
    const own = await channelOf(scene, teammate.username, teammate);
    await set(scene, teammate.username, { runAlert: [ofTeam.id, own.id], runCrashed: [ofTeam.id] }, teammate);
    const path = `/${teammate.username}`;
    const chosen = await ask<Settings>(scene, 'GET', `${path}/alerts`, undefined, teammate);
    await rest(server, server.adminKey, `/organizations/${organization}`, { method: 'DELETE' });
    const left = await ask<Settings>(scene, 'GET', `${path}/alerts`, undefined, teammate);
    deepStrictEqual(left, { ...chosen, runAlert: [own.id], runCrashed: [] });
    const { items } = await ask<{ items: { deed: string; actor: { name: string }; after: object }[] }>(
      scene,
      'GET',
      `${path}/audit?limit=1`,
      undefined,
      teammate,
    );
    const after = { run_alert: [own.id], run_finished: [], run_crashed: [], delivery_trouble: [] };
    deepStrictEqual(
      items.map(({ deed, actor, after }) => [deed, actor.name, after]),
      [['alerts.changed', 'admin', after]],
    );
  });

  scenario('AUT-115: a webhook that is gone is told to its admins, in a list and where they say', async (scene) => {
    const { team } = scene;
    const { id, hook } = await channelOf(scene, team);
    await set(scene, team, { deliveryTrouble: [id] });
    const automation = await scene.automation(state(['FINISHED']));
    automation.inbox.reply(410);
    const run = await scene.run();
    await run.finish();
    await automation.becomes('failed');
    const [post] = await hook.exactly(1);
    match(post?.shown ?? '', /WARN \*The webhook .* is disabled\*/);
    match(post?.shown ?? '', /the receiver answered 410/);
    const { items } = await ask<{ items: Notice[] }>(scene, 'GET', `/${team}/notices`);
    deepStrictEqual(
      items.map(({ trouble, reason }) => [trouble, reason]),
      [['disabled', 'the receiver answered 410: it is gone for good']],
    );
  });

  scenario('a channel that Slack refuses is told once, and never to itself', async (scene) => {
    const { team } = scene;
    const well = await channelOf(scene, team);
    const archived = await channelOf(scene, team);
    await set(scene, team, { deliveryTrouble: [well.id, archived.id], runFinished: [archived.id] });
    const gone = { status: 410, word: 'channel_is_archived' };
    archived.hook.reply(gone, gone);
    for (const run of [await scene.run(), await scene.run()]) await run.finish();
    await archived.hook.exactly(2);
    const { items } = await until('the notice', async () => {
      const page = await ask<{ items: Notice[] }>(scene, 'GET', `/${team}/notices`);
      return page.items.length > 0 && page;
    });
    deepStrictEqual(
      items.map(({ trouble, reason }) => [trouble, reason]),
      [['broken', 'channel_is_archived']],
    );
    await well.hook.exactly(1);
    await archived.hook.exactly(2);
  });
});
