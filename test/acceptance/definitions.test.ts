import { deepStrictEqual, match, ok, rejects, strictEqual } from 'node:assert/strict';
import { describe } from 'node:test';
import { definition } from '../support/automation.ts';
import { CREATE_AUTOMATION, ENTITY } from '../support/documents.ts';
import { GraphqlRefusal } from '../support/graphql.ts';
import { python } from '../support/python.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import { metric, state } from '../support/wire-events.ts';

/** What every script here starts with: the client's own API, the project, the team's first webhook. */
const START = `
import json, os, wandb
from wandb.automations import *
api = wandb.Api()
TEAM, PROJECT = os.environ["WANDB_ENTITY"], os.environ["WANDB_PROJECT"]
project, team = api.project(PROJECT, entity=TEAM), api.team(TEAM)
hook = next(iter(api.webhook_integrations(entity=TEAM)))
loss = RunEvent.metric("loss")
above = OnRunMetric(scope=project, filter=loss > 10)
send = SendWebhook.from_integration(hook, payload={"run": "\${run_name}"})
def refusal(deed):
    try:
        deed()
    except Exception as error:
        return str(error)
`;

async function client<Value>({ server, person, team, project }: Scene, body: string): Promise<Value> {
  const env = { WANDB_ENTITY: team, WANDB_PROJECT: project };
  return python<Value>({ server, person, env, source: `${START}\n${body}` });
}

describe('embedded', () => {
  const scenario = stage('embedded');

  scenario(
    'AUT-001: what create_automation returns equals what is fetched afterwards, for each run event',
    async (scene) => {
      await scene.webhook();
      const verdicts = await client<Record<string, boolean>>(
        scene,
        `
events = {
    "threshold": OnRunMetric(scope=project, filter=loss.avg(5) >= 0.5),
    "threshold of some runs": OnRunMetric(scope=project, filter=(loss.max(3) < 1) & RunEvent.name.contains("my-run")),
    "change": OnRunMetric(scope=project, filter=loss.min(3).changes_by(diff=2)),
    "relative change": OnRunMetric(scope=project, filter=loss.avg(3).decreases_by(frac=0.25)),
    "z-score": OnRunMetric(scope=project, filter=loss.zscore(30) > 3),
    "z-score either way": OnRunMetric(scope=project, filter=abs(loss.zscore(10)) > 2.5),
    "state": OnRunState(scope=project, filter=RunEvent.state == "failed"),
    "states of some runs": OnRunState(scope=project, filter=RunEvent.state.in_(["finished", "failed"]) & RunEvent.name.matches_regex("^r")),
    "team": OnRunMetric(scope=team, filter=loss > 10),
}
verdicts = {}
for name, event in events.items():
    for action in (send, DoNothing()):
        title = f"{name}, {action.action_type.value}"
        created = api.create_automation(event >> action, name=title, description="made by a test")
        verdicts[title] = created == api.automation(title, entity=TEAM)
print(json.dumps(verdicts))
`,
      );
      strictEqual(Object.keys(verdicts).length, 18);
      deepStrictEqual(
        Object.entries(verdicts).filter(([, equal]) => !equal),
        [],
      );
    },
  );

  scenario(
    'AUT-002: api.automations(entity=team) lists team and project scope once each, page by page',
    async (scene) => {
      await scene.webhook();
      const names = await client<string[]>(
        scene,
        `
for at in range(3):
    api.create_automation(above >> DoNothing(), name=f"project {at}")
    api.create_automation(OnRunMetric(scope=team, filter=loss > 10) >> DoNothing(), name=f"team {at}")
print(json.dumps(sorted(found.name for found in api.automations(entity=TEAM, per_page=1))))
`,
      );
      deepStrictEqual(names, ['project 0', 'project 1', 'project 2', 'team 0', 'team 1', 'team 2']);
    },
  );

  scenario(
    'AUT-003: updating each part through the client persists it and leaves the others unchanged',
    async (scene) => {
      await scene.webhook();
      const changes = await client<{ part: string; also: string[]; stored: boolean }[]>(
        scene,
        `
PARTS = ("name", "description", "enabled", "scope", "event", "action")
def parts(automation):
    return {part: getattr(automation, part) for part in PARTS}
automation = api.create_automation(above >> send, name="first", description="old")
changes = {
    "name": "second",
    "description": "new",
    "enabled": False,
    "scope": team,
    "event": OnRunState(scope=team, filter=RunEvent.state == "failed"),
    "action": DoNothing(),
}
out = []
for part, value in changes.items():
    before = parts(automation)
    automation = api.update_automation(automation, **{part: value})
    after = parts(automation)
    out.append({
        "part": part,
        "also": [other for other in PARTS if other != part and before[other] != after[other]],
        "stored": before[part] != after[part] and automation == api.automation(automation.name, entity=TEAM),
    })
print(json.dumps(out))
`,
      );
      const parts = ['name', 'description', 'enabled', 'scope', 'event', 'action'];
      deepStrictEqual(
        changes,
        parts.map((part) => ({ part, also: [], stored: true })),
      );
    },
  );

  scenario(
    'AUT-004: deleting succeeds once; again, and of an unknown or malformed id, it is an error',
    async (scene) => {
      await scene.webhook();
      const [deleted, ...refusals] = await client<(boolean | string | null)[]>(
        scene,
        `
import base64
automation = api.create_automation(above >> DoNothing(), name="gone soon")
unknown = base64.b64encode(base64.b64decode(automation.id).split(b":")[0] + b":987654321").decode()
deleted = api.delete_automation(automation)
print(json.dumps([deleted, *(refusal(lambda: api.delete_automation(id)) for id in (automation.id, unknown, "no id"))]))
`,
      );
      strictEqual(deleted, true);
      for (const said of refusals) ok(typeof said === 'string', 'an error was due');
    },
  );

  scenario(
    'AUT-005: a name already used in the same scope gives HTTP 409; in another scope it is accepted',
    async (scene) => {
      const webhook = await scene.webhook();
      const said = await client<string>(
        scene,
        `
api.create_automation(above >> DoNothing(), name="twin")
api.create_automation(OnRunMetric(scope=team, filter=loss > 10) >> DoNothing(), name="twin")
print(refusal(lambda: api.create_automation(above >> DoNothing(), name="twin")))
`,
      );
      match(said, /'twin' exists/);
      const input = { ...definition(scene, webhook), ...metric('loss', '$gt', 1), name: 'twin' };
      await refused(scene.graphql(CREATE_AUTOMATION, { input }), 409, /twin/);
    },
  );

  scenario(
    'AUT-006: fetch_existing=True returns the existing automation, ignoring the new description',
    async (scene) => {
      await scene.webhook();
      const [same, description] = await client<[boolean, string]>(
        scene,
        `
first = api.create_automation(above >> send, name="kept", description="old")
again = api.create_automation(above >> DoNothing(), name="kept", description="new", fetch_existing=True)
print(json.dumps([first == again, again.description]))
`,
      );
      deepStrictEqual([same, description], [true, 'old']);
    },
  );

  scenario('AUT-007: an update of only the description keeps the event filter equal in meaning', async (scene) => {
    await scene.webhook();
    const pairs = await client<[unknown, unknown][]>(
      scene,
      `
events = [
    OnRunMetric(scope=project, filter=(loss.avg(5) > 0.5) & RunEvent.name.matches_regex("^train")),
    OnRunMetric(scope=project, filter=loss.avg(3).increases_by(frac=0.5)),
    OnRunState(scope=project, filter=RunEvent.state == "finished"),
]
pairs = []
for at, event in enumerate(events):
    before = api.create_automation(event >> send, name=f"filtered {at}")
    fetched = api.automation(before.name, entity=TEAM)
    after = api.update_automation(fetched, description="only this")
    pairs.append([json.loads(before.event.model_dump_json()), json.loads(after.event.model_dump_json())])
print(json.dumps(pairs))
`,
    );
    strictEqual(pairs.length, 3);
    for (const [before, after] of pairs) deepStrictEqual(after, before);
  });

  scenario('AUT-010: ENTITY scope on a personal entity is refused through GraphQL', async (scene) => {
    const webhook = await scene.webhook();
    const { entity } = await scene.graphql<{ entity: { id: string } }>(ENTITY, { name: scene.person.username });
    const scope = { scopeType: 'ENTITY', scopeID: entity.id };
    const input = { ...definition(scene, webhook), ...metric('loss', '$gt', 1), ...scope };
    await refused(scene.graphql(CREATE_AUTOMATION, { input }), 400, /personal/);
  });

  scenario('AUT-015: a disabled automation creates no execution; enabled, the next event fires', async (scene) => {
    const webhook = await scene.webhook();
    const watch = scene.watch('sleeper', webhook);
    await client(scene, 'api.create_automation(above >> send, name="sleeper", enabled=False)');
    const run = await scene.run({ displayName: 'early bird' });
    await run.log({ loss: 11 });
    await watch.firesNothing();
    await client(scene, 'api.update_automation(api.automation("sleeper", entity=TEAM), enabled=True)');
    await watch.firesNothing();
    await run.log({ loss: 12 });
    deepStrictEqual(await watch.fires(1), [{ run: 'early bird' }]);
  });

  scenario(
    'a payload is sent with its members in the order in which they were written, whatever their names',
    async (scene) => {
      const text = '{"zebra":1,"__proto__":"p","apple":{"y":"${run_id}","x":2},"mule":[]}';
      const { inbox } = await scene.automation(state(['FINISHED']), { payload: JSON.parse(text) as object });
      const run = await scene.run();
      await run.finish(0);
      const [request] = await inbox.exactly(1);
      strictEqual(request?.body, text.replace('${run_id}', run.id));
    },
  );

  scenario('a definition that cannot be meant is refused with what is wrong and where', async (scene) => {
    const webhook = await scene.webhook();
    const good = metric('loss', '$gt', 10);
    const filter = JSON.parse(good.eventFilter) as Record<string, unknown>;
    const wrong: [RegExp, object][] = [
      [/surprise/, { eventFilter: JSON.stringify({ ...filter, surprise: 1 }) }],
      [/\$near/, metric('loss', '$gt', 1, { where: { display_name: { $near: 'x' } } })],
      [/colour/, metric('loss', '$gt', 1, { where: { colour: 'red' } })],
      [/never match/, metric('loss', '$gt', 1, { where: { $or: [] } })],
      [/window/, metric('loss', '$gt', 1, { agg: 'AVERAGE', window: 0 })],
      [/state/i, state([])],
      [/integration/i, { triggeredActionConfig: { genericWebhookActionInput: { integrationID: 'nothing' } } }],
      [/QUEUE_JOB/, { triggeredActionType: 'QUEUE_JOB' }],
      [/name/, { name: 'x'.repeat(256) }],
    ];
    for (const [reason, fault] of wrong) {
      const input = { ...definition(scene, webhook), ...good, ...fault };
      await refused(scene.graphql(CREATE_AUTOMATION, { input }), 400, reason);
    }
  });
});

async function refused(deed: Promise<unknown>, status: number, reason: RegExp): Promise<void> {
  await rejects(deed, (error) => {
    ok(error instanceof GraphqlRefusal, String(error));
    deepStrictEqual(
      { status: error.status, told: reason.test(error.message) || error.message },
      { status, told: true },
    );
    return true;
  });
}
