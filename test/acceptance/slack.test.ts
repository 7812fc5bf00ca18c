import { deepStrictEqual, match, notEqual, ok, strictEqual } from 'node:assert/strict';
import { after } from 'node:test';
import { artifactScene } from '../support/artifact-scene.ts';
import { onOneDatabase } from '../support/databases.ts';
import { python } from '../support/python.ts';
import { rest, untilAttempted } from '../support/rest.ts';
import type { Person, Scene } from '../support/scene.ts';
import type { Server } from '../support/server.ts';
import { type SlackHook, type SlackPost, startSlackServer } from '../support/slack-server.ts';
import { stage } from '../support/stage.ts';
import { MINUTE } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';

const ALERTS = { team: { id: 'T1', name: 'Acme & Co' }, channel: { id: 'C1', name: '#alerts' } };

const slack = await startSlackServer();
after(() => slack.close());

/** What a test says of an action. */
interface Notification {
  readonly integrationId: string;
  readonly title?: string;
  readonly message?: string;
}

/** A channel as the public API lists it. */
interface Listed {
  readonly id: string;
  readonly name: string;
  readonly slack: { readonly teamName: string; readonly channelName: string; readonly configurationUrl: string | null };
  readonly broken: { readonly reason: string } | null;
}

onOneDatabase('server', (database) => {
  const scenario = stage(database, {
    nodes: database === 'embedded' ? 1 : 2,
    env: {
      TRIPLINE_SLACK_URL: slack.url,
      TRIPLINE_SLACK_CLIENT_ID: slack.app.clientId,
      TRIPLINE_SLACK_CLIENT_SECRET: slack.app.clientSecret,
    },
  });

  const ask = <Body>({ server, person, team }: Scene, method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) =>
    rest<Body>(server, person.key, `/entities/${team}${path}`, { method, ...(body === undefined ? {} : { body }) });
  const channels = async (scene: Scene) => (await ask<{ items: Listed[] }>(scene, 'GET', '/integrations')).items;

  /** Where the browser is sent to once a person has chosen in Slack. */
  const chosen = async (
    scene: Scene,
    choice: Parameters<typeof slack.authorize>[1] = ALERTS,
    person = scene.person,
  ): Promise<string> => {
    const begin = `/entities/${scene.team}/slack-channels/connect`;
    const { authorizeUrl } = await rest<{ authorizeUrl: string }>(scene.server, person.key, begin, { method: 'POST' });
    const back = new URL(slack.authorize(authorizeUrl, choice));
    strictEqual(back.origin + back.pathname, `${scene.server.url}/slack/callback`);
    return back.pathname + back.search;
  };
  /** Goes there as a browser does, or with somebody's key. */
  const visit = (server: Server, path: string, person?: Person) =>
    server.call(path, person === undefined ? {} : { key: person.key });

  /** A channel of the team from an address that somebody made in Slack. */
  const paste = async (scene: Scene): Promise<{ id: string; hook: SlackHook }> => {
    const hook = slack.hook();
    const body = { teamName: 'Acme', channelName: '#alerts', url: hook.url };
    return { ...(await ask<{ id: string }>(scene, 'POST', '/slack-channels', body)), hook };
  };
  /** An automation that sends a message. */
  const notify = (scene: Scene, event: object, action: Notification) =>
    ask<{ id: string; name: string }>(scene, 'POST', '/automations', {
      name: 'watch',
      scope: { kind: 'project', project: scene.project },
      event,
      action: { type: 'NOTIFICATION', ...action },
    });
  const lossAboveTen = {
    type: 'RUN_METRIC',
    metric: 'loss',
    aggregation: 'AVERAGE',
    window: 3,
    comparison: '$gt',
    threshold: 10,
  };

  scenario(
    'AUT-130: connecting a channel through Slack stores workspace and channel, once for each state',
    async (scene) => {
      const { server, nodes } = scene;
      const path = await chosen(scene);
      const page = await visit(server, path);
      strictEqual(page.status, 200, page.text);
      match(page.text, /^Connected: #alerts \(Acme & Co\) is a Slack channel of 'team-/);
      match(String(page.headers['content-type']), /^text\/plain/);
      strictEqual(slack.exchanges.at(-1)?.get('redirect_uri'), `${server.url}/slack/callback`);
      const [made, ...others] = await channels(scene);
      deepStrictEqual(
        [others, made?.name, made?.slack.teamName, made?.slack.channelName],
        [[], '#alerts (Acme & Co)', 'Acme & Co', '#alerts'],
      );
      match(made?.slack.configurationUrl ?? '', /\/services\/C1$/);
      ok(
        slack.exchanges.every((form) => form.get('redirect_uri') === `${server.url}/slack/callback`) ||
          nodes.length > 0,
      );

      // replayed: at the same node, at another one, and with a code of its own
      for (const node of nodes) {
        const again = await visit(node, path);
        strictEqual(again.status, 400);
        match(again.text, /^Slack was not connected: the state was used before/);
      }
      strictEqual((await channels(scene)).length, 1);

      // the same channel again: a new address for the same integration
      await ask(scene, 'POST', `/integrations/${made?.id}/test`, {});
      const before = slack.hookOf('C1');
      await before.exactly(1);
      strictEqual((await visit(server, await chosen(scene))).status, 200);
      deepStrictEqual(await channels(scene), [made]);
      notEqual(slack.hookOf('C1').url, before.url);
      await ask(scene, 'POST', `/integrations/${made?.id}/test`, {});
      await slack.hookOf('C1').exactly(1);

      const kept = server.log + JSON.stringify(await channels(scene));
      for (const hidden of [slack.hookOf('C1').url, '/services/T', slack.app.clientSecret, 'xoxb-']) {
        ok(!kept.includes(hidden), hidden);
      }
    },
  );

  scenario('AUT-130: a foreign, changed or late state, and a refusal in Slack, connect nothing', async (scene) => {
    const { server, person, teammate, team } = scene;
    const refused = async (path: string, status: number, words: RegExp, as?: Person) => {
      const page = await visit(server, path, as);
      deepStrictEqual([page.status, words.test(page.text)], [status, true], page.text);
    };
    const connect = `/api/v1/entities/${team}/slack-channels/connect`;
    strictEqual((await server.call(connect, { method: 'POST', key: teammate.key })).status, 403);
    await refused('/slack/callback', 400, /none that this server gave out/);
    const path = await chosen(scene);
    await refused(
      path.replace(/state=[^&]{20}/, (start) => `${start.slice(0, -1)}!`),
      400,
      /none that this server gave/,
    );
    await refused(path, 403, /another user began this/, teammate);
    await refused(await chosen(scene, 'refused'), 409, /Slack was not authorised \(access_denied\)/);
    await refused(
      (await chosen(scene)).replace(/code=[^&]+/, 'code=made-up'),
      409,
      /refused the connection: invalid_code/,
    );

    const give = (role: string) => ask(scene, 'POST', '/members', { username: teammate.username, role });
    await give('admin');
    const demoted = await chosen(scene, ALERTS, teammate);
    await give('member');
    await refused(demoted, 403, /permission denied/);

    const late = await chosen(scene);
    server.clock.move(11 * MINUTE);
    await refused(late, 400, /the state has expired/);
    deepStrictEqual(await channels(scene), []);
    const whole = await chosen(scene);
    strictEqual((await visit(server, whole, person)).status, 200);
  });

  scenario(
    'AUT-131: a message tells what happened, who, where, and leads to the pages; metrics have a chart',
    async (scene) => {
      const { server, person, team, project } = scene;
      const { id, hook } = await paste(scene);
      await notify(scene, lossAboveTen, { integrationId: id });
      const run = await scene.run({ displayName: 'brave-moon' });
      await run.log({ loss: 1 }, { loss: 2 }, { loss: 60 });
      const [post] = await hook.exactly(1);
      const [{ id: execution = '' } = {}] = (
        await ask<{ items: { id: string }[] }>(scene, 'GET', '/executions?limit=1')
      ).items;
      const { id: automation } = (await ask<{ items: { id: string }[] }>(scene, 'GET', '/automations')).items[0]!;
      for (const told of [
        'INFO *watch*',
        'Run brave-moon met the condition AVERAGE(loss) &gt; 10.',
        'Condition: AVERAGE(loss) over the last 3 values &gt; 10',
        'Value: AVERAGE(loss) = 21',
        '`▁▁█`',
        `by ${person.username} · ${team}/${project}`,
        `<${server.url}/${team}/${project}/runs/${run.id}|Run>`,
        `<${server.url}/automations/${automation}|Automation>`,
        `<${server.url}/executions/${execution}|Execution>`,
      ]) {
        ok(post?.shown.includes(told), `${told} is not in ${post?.shown}`);
      }
      strictEqual(post?.text, 'ℹ️ INFO: watch');
      const { attempts } = await until('the execution to be recorded', async () => {
        const kept = await ask<{ status: string; attempts: { request: { url: string } }[] }>(
          scene,
          'GET',
          `/executions/${execution}`,
        );
        return kept.status === 'finished' && kept;
      });
      strictEqual(attempts[0]?.request.url, `${slack.url}/…`);
      ok(!server.log.includes('/services/'));
    },
  );

  scenario('AUT-131: a message about an artifact leads to it', async (scene) => {
    const { id, hook } = await paste(scene);
    await notify(scene, { type: 'CREATE_ARTIFACT' }, { integrationId: id, title: 'New: ${artifact_version_string}' });
    const artifacts = artifactScene(scene);
    await artifacts.log('cats');
    const [post] = await hook.exactly(1);
    const version = `${scene.team}/${scene.project}/cats:v0`;
    ok(post?.shown.includes(`INFO *New: ${version}*`), post?.shown);
    ok(post?.shown.includes(`${version} was created.`), post?.shown);
    match(post?.shown ?? '', /<http[^|>]+\/artifacts\/[^|>]+\/cats\/v0\|Artifact>/);
  });

  scenario('AUT-132: a run named like a mention appears literally; a mention of the author mentions', async (scene) => {
    const { id, hook } = await paste(scene);
    const title = '<@U1> look at ${run_name}';
    await notify(
      scene,
      { type: 'RUN_STATE', states: ['FINISHED'] },
      { integrationId: id, title, message: '${run_name}' },
    );
    const run = await scene.run({ displayName: '<!channel> & <b>' });
    await run.finish(0);
    const [post] = await hook.exactly(1);
    const literal = '&lt;!channel&gt; &amp; &lt;b&gt;';
    ok(
      post?.shown.includes(`INFO *<@U1> look at ${literal}*\n${literal}\nRun ${literal} changed to Finished.`),
      post?.shown,
    );
    deepStrictEqual(mentionsIn(post!), ['@U1', '@U1']);
  });

  scenario('AUT-133: Slack is asked again when it says, and an archived channel is told of at once', async (scene) => {
    const { id, hook } = await paste(scene);
    hook.reply(
      { status: 429, word: 'rate_limited', headers: { 'retry-after': '600' } },
      { status: 200, word: 'ok' },
      { status: 410, word: 'channel_is_archived' },
    );
    await notify(scene, { type: 'RUN_STATE', states: ['RUNNING'] }, { integrationId: id });
    await scene.run();
    const [{ id: execution = '' } = {}] = (await ask<{ items: { id: string }[] }>(scene, 'GET', '/executions')).items;
    await untilAttempted(scene.server, scene.person.key, scene.team, execution, 1);
    await hook.exactly(1);
    scene.server.clock.move(5 * MINUTE);
    await hook.exactly(1);
    scene.server.clock.move(5 * MINUTE);
    await hook.exactly(2);
    strictEqual((await channels(scene))[0]?.broken, null);
    await scene.run();
    const reason = await until('the channel to be broken', async () => (await channels(scene))[0]?.broken?.reason);
    strictEqual(reason, 'channel_is_archived');
    const { items } = await ask<{ items: { reason: string | null; status: string }[] }>(scene, 'GET', '/executions');
    deepStrictEqual(
      items.map(({ status, reason: why }) => [status, why]),
      [
        ['failed', 'channel_is_archived'],
        ['finished', null],
      ],
    );
  });

  scenario('AUT-134: SendNotification of the client shows title, text and severity', async (scene) => {
    const { hook } = await paste(scene);
    await scene.webhook();
    const kept = await python<object>({
      server: scene.server,
      person: scene.person,
      env: { TEAM: scene.team, PROJECT: scene.project },
      source: CLIENT,
    });
    deepStrictEqual(kept, { channel: ['Acme', '#alerts'], title: 'Look <@U1>', text: 'at ${run_name}', level: 'WARN' });
    const run = await scene.run({ displayName: 'brave-moon' });
    await run.log({ loss: 11 });
    const [post] = await hook.exactly(1);
    ok(post?.shown.startsWith('⚠️ WARN *Look <@U1>*\nat brave-moon\n'), post?.shown);
  });
});

/** What Slack would call or link, beside the links of the last line. */
function mentionsIn({ shown, text }: SlackPost): string[] {
  return [...`${text}\n${shown}`.matchAll(/<([^>|]+)>/g)].map(([, inside = '']) => inside);
}

const CLIENT = `
import json, os, wandb
from wandb.automations import OnRunMetric, RunEvent, SendNotification

api = wandb.Api()
team = os.environ["TEAM"]
channels = list(api.slack_integrations(entity=team))
assert len(channels) == 1, channels
assert len(list(api.integrations(entity=team))) == 2
channel = channels[0]
project = api.project(os.environ["PROJECT"], entity=team)
event = OnRunMetric(scope=project, filter=RunEvent.metric("loss") > 10)
action = SendNotification.from_integration(channel, title="Look <@U1>", text="at \${run_name}", level="WARN")
made = api.create_automation(event >> action, name="slack")
kept = api.automation("slack", entity=team)
assert kept == made, (kept, made)
assert kept.action.integration.id == channel.id
renamed = api.update_automation(kept, name="slack 2")
assert renamed.action.title == "Look <@U1>"
print(json.dumps({
    "channel": [channel.team_name, channel.channel_name],
    "title": kept.action.title,
    "text": kept.action.message,
    "level": str(kept.action.severity.value),
}))
`;
