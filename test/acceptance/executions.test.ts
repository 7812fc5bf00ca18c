import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { describe } from 'node:test';
import { artifactScene } from '../support/artifact-scene.ts';
import { rest } from '../support/rest.ts';
import { untilSaid } from '../support/said.ts';
import type { Person, Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import { HOUR } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import { webhookId } from '../support/watch.ts';
import { metric, state } from '../support/wire-events.ts';

interface Row {
  readonly id: string;
  readonly status: string;
  readonly subject: { readonly kind: string; readonly name: string; readonly path: string; readonly url: string };
}

interface Page {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
}

const ask = <Body>({ server, team }: Scene, { key }: Person, path: string, body?: object) =>
  rest<Body>(server, key, `/entities/${team}${path}`, body === undefined ? {} : { method: 'POST', body });

const listed = async (scene: Scene, query: string): Promise<string[]> =>
  (await ask<Page>(scene, scene.person, `/executions?${query}`)).items.map(({ id }) => id);

const exported = async ({ server, team }: Scene, { key }: Person, query: string): Promise<string> => {
  const answer = await server.call(`/api/v1/entities/${team}/executions/export?${query}`, { key });
  strictEqual(answer.status, 200, answer.text);
  return answer.text;
};

describe('executions', () => {
  const scenario = stage('embedded');

  scenario('AUT-140: an execution explains itself: event, condition, definition, attempts', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10, { agg: 'AVERAGE', window: 2 }));
    watch.inbox.reply({ status: 418, body: 'a teapot' });
    const run = await scene.run({ displayName: 'brave run' });
    await run.log({ loss: 9 }, { loss: 13 });
    const { id } = await watch.becomes('failed');
    const told = await ask<Record<string, never>>(scene, scene.person, `/executions/${id}`);
    const { subject, author, automation, event, explanation, attempts, reason, payload } = told as unknown as {
      subject: Row['subject'];
      author: string;
      automation: { name: string; definition: { event: { type: string; window: number } } };
      event: { captured: { run: { displayName: string } } };
      explanation: Record<string, unknown>;
      attempts: Record<string, unknown>[];
      reason: string;
      payload: string;
    };
    deepStrictEqual([subject.kind, subject.name, author], ['run', 'brave run', scene.person.username]);
    strictEqual(subject.path, `${scene.team}/${scene.project}/${run.id}`);
    match(subject.url, new RegExp(`/${scene.team}/${scene.project}/runs/${run.id}$`));
    deepStrictEqual([explanation.current, explanation.values], [11, [9, 13]]);
    deepStrictEqual([automation.name, automation.definition.event.type], [watch.name, 'RUN_METRIC']);
    strictEqual(event.captured.run.displayName, 'brave run');
    deepStrictEqual([reason, JSON.parse(payload).run], ['http_418', 'brave run']);
    const [attempt] = attempts;
    deepStrictEqual(
      [attempt?.number, attempt?.status, attempt?.error, attempt?.fault, attempt?.outcome],
      [1, 418, null, null, 'never'],
    );
    match(JSON.stringify(attempt?.response), /a teapot/);

    // what was on the wire when it was cancelled arrives, and its outcome is discarded
    const other = await scene.automation(metric('loss', '$gt', 100));
    const answer = watch.inbox.hold();
    await (await scene.run()).log({ loss: 11 }, { loss: 12 });
    await watch.inbox.exactly(2);
    const onTheWire = await watch.becomes('pending');
    const cancelled = await ask<Row & { cancelledBy: string; reason: string }>(
      scene,
      scene.person,
      `/executions/${onTheWire.id}/cancel`,
      {},
    );
    deepStrictEqual(
      [cancelled.status, cancelled.reason, cancelled.cancelledBy],
      ['cancelled', 'cancelled_by_person', scene.person.username],
    );
    answer(503);
    // by then the one that was sent later has its outcome
    await (await scene.run()).log({ loss: 101 });
    await other.becomes('finished');
    const stopped = await ask<Row & { attempts: object[] }>(scene, scene.person, `/executions/${onTheWire.id}`);
    deepStrictEqual([stopped.status, stopped.attempts], ['cancelled', []]);

    // Retry now delivers it under the same id
    await ask(scene, scene.person, `/executions/${onTheWire.id}/retry`, {});
    await until('the retried one to finish', async () => {
      const { status } = await ask<Row>(scene, scene.person, `/executions/${onTheWire.id}`);
      return status === 'finished';
    });
    strictEqual(watch.inbox.received.filter((each) => webhookId(each) === onTheWire.id).length, 2);
  });

  scenario('AUT-142: Last execution is the newest that was not skipped, and sorts', async (scene) => {
    const { person, server, team } = scene;
    const [first, second, never] = [
      await scene.automation(metric('loss', '$gt', 10)),
      await scene.automation(metric('gain', '$gt', 10)),
      await scene.automation(metric('nothing', '$gt', 10)),
    ];
    const run = await scene.run();
    await run.log({ gain: 11 });
    const { id: older } = await second.becomes('finished');
    await run.log({ loss: 11 });
    const { id: newer } = await first.becomes('finished');
    const { items: hooks } = await ask<{ items: { id: string; name: string }[] }>(scene, person, '/integrations');
    const hook = hooks.find(({ name }) => name === second.name)?.id;
    await rest(server, person.key, `/entities/${team}/integrations/${hook}`, {
      method: 'PATCH',
      body: { enabled: false },
    });
    await (await scene.run()).log({ gain: 11 });
    await second.becomes('skipped');

    const rows = async (query: string) => {
      const page = await ask<{ items: { id: string; lastExecution: { id: string; status: string } | null }[] }>(
        scene,
        person,
        `/automations?${query}`,
      );
      return page.items.map(({ id, lastExecution }) => [id, lastExecution?.id ?? null, lastExecution?.status ?? null]);
    };
    const ids = [first, second, never].map(({ id }) => Buffer.from(id, 'base64').toString().split(':')[1]);
    const expected = [
      [ids[0], newer, 'finished'],
      [ids[1], older, 'finished'],
      [ids[2], null, null],
    ];
    deepStrictEqual(await rows('sort=last_execution'), expected);
    deepStrictEqual(await rows('sort=last_execution&order=asc'), [expected[1], expected[0], expected[2]]);
    const path = `/api/v1/entities/${scene.team}/automations?order=desc`;
    strictEqual((await scene.server.call(path, { key: scene.person.key })).status, 400);
    const one = await ask<{ lastExecution: { id: string }; lastDay: object }>(scene, person, `/automations/${ids[1]}`);
    strictEqual(one.lastExecution.id, older);
    deepStrictEqual(one.lastDay, { finished: 1, failed: 0, pending: 0, complete: true });
  });

  scenario(
    'AUT-143: filters by status, event, subject and time compose, and equal the exported file',
    async (scene) => {
      const losses = await scene.automation(metric('loss', '$gt', 10), { name: '=losses, "big"' });
      const ends = await scene.automation(state(['FINISHED']));
      losses.inbox.reply(404, 404);
      const [one, two] = [await scene.run(), await scene.run()];
      await one.log({ loss: 11 });
      await losses.becomes('failed');
      await one.finish();
      await ends.becomes('finished');
      scene.server.clock.move(HOUR);
      const between = new Date(Date.now() + HOUR / 2).toISOString();
      await two.log({ loss: 11 });
      await until('the second failure', async () => (await listed(scene, 'status=failed')).length === 2);
      await two.finish();
      await until('the second end', async () => (await listed(scene, 'status=finished')).length === 2);

      const [end2, loss2, end1, loss1] = (await listed(scene, '')) as [string, string, string, string];
      const run = (name: string) => `run=${scene.project}/${name}`;
      for (const [query, ids] of [
        ['status=failed', [loss2, loss1]],
        ['status=failed&status=finished&event=RUN_STATE', [end2, end1]],
        [run(one.id), [end1, loss1]],
        [`${run(one.id)}&status=failed`, [loss1]],
        [`${run(one.id)}&${run(two.id)}&event=RUN_METRIC`, [loss2, loss1]],
        [`from=${between}`, [end2, loss2]],
        [`to=${between}&status=failed`, [loss1]],
        [`from=${between}&to=${between}`, []],
        ['search=LOSSES', [loss2, loss1]],
        ['search=nowhere', []],
        [`automation=${encodeURIComponent('=losses, "big"')}&from=${between}`, [loss2]],
        [`author=${scene.person.username}&project=${scene.project}&action=GENERIC_WEBHOOK`, [end2, loss2, end1, loss1]],
        [`scope=project:${scene.project}&event=RUN_METRIC`, [loss2, loss1]],
        ['scope=entity', []],
      ] as const) {
        deepStrictEqual(await listed(scene, query), ids, query);
        const lines = (await exported(scene, scene.person, query)).split('\n').slice(0, -1);
        deepStrictEqual(
          lines.map((line) => JSON.parse(line).id),
          ids,
          query,
        );
      }
      deepStrictEqual(await listed(scene, 'sort=status&order=asc'), [loss2, loss1, end2, end1]);
      deepStrictEqual(await listed(scene, 'order=asc'), [loss1, end1, loss2, end2]);

      for (const unknown of [
        'status=done',
        'event=NOTHING',
        'action=MAIL',
        'author=nobody-at-all',
        'automation=nothing',
        'project=nothing',
        run('nothing'),
        'version=nothing',
        'scope=galaxy',
        'from=yesterday',
        'subject=99999999999999999999',
        'colour=red',
      ]) {
        const path = `/api/v1/entities/${scene.team}/executions?${unknown}`;
        const { status, text } = await scene.server.call(path, { key: scene.person.key });
        deepStrictEqual([status, text.split('"code":"invalid"').length], [400, 2], text);
      }

      const csv = await exported(scene, scene.person, `format=csv&${run(one.id)}`);
      const [names, ...cells] = csv.trimEnd().split('\r\n');
      match(names ?? '', /^id,entity,status,/);
      strictEqual(cells.length, 2);
      ok(csv.includes(`,"'=losses, ""big""",`), csv);
      ok(csv.includes('""event"":""RUN_METRIC""'), csv);
    },
  );

  scenario('AUT-146: a run, a version and a collection list the executions that they caused', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10));
    const run = await scene.run();
    await run.log({ loss: 11 });
    const { id } = await watch.becomes('finished');
    const of = async (path: string): Promise<readonly Row[]> =>
      (await ask<Page>(scene, scene.person, `/projects/${scene.project}/${path}/executions`)).items;
    deepStrictEqual(
      (await of(`runs/${run.id}`)).map((each) => each.id),
      [id],
    );

    const artifacts = artifactScene(scene);
    const logged = await artifacts.automation(artifacts.project, 'CREATE_ARTIFACT');
    await artifacts.log('net');
    const { id: first } = await logged.becomes('finished');
    await artifacts.log('net');
    const isDone = async () => (await of('artifacts/net')).filter(({ status }) => status === 'finished').length === 2;
    await until('the executions of both versions', isDone);
    const [newest, oldest] = await of('artifacts/net');
    deepStrictEqual([oldest?.id, oldest?.subject.name], [first, 'net:v0']);
    strictEqual(newest?.subject.path, `${scene.team}/${scene.project}/net:v1`);
    deepStrictEqual(await of('artifacts/net/versions/v0'), [oldest]);
    deepStrictEqual(await of('artifacts/net/versions/latest'), [newest]);
    deepStrictEqual(await listed(scene, `collection=${scene.project}/net&version=${scene.project}/net:v1`), [
      newest?.id,
    ]);
    const both = `run=${scene.project}/${run.id}&version=${scene.project}/net:v1`;
    deepStrictEqual(await listed(scene, both), [], 'an execution is about one thing');
  });
});

describe('executions that are put away', () => {
  const scenario = stage('embedded', { args: ['--executions-newest', '2'] });

  scenario(
    'executions go when their month is over for 90 days, but for the newest of each automation',
    async (scene) => {
      const busy = await scene.automation(metric('loss', '$gt', 10));
      const rare = await scene.automation(metric('gain', '$gt', 10));
      for (let count = 0; count < 4; count += 1) await (await scene.run()).log({ loss: 11 });
      await (await scene.run()).log({ gain: 11 });
      await busy.inbox.exactly(4);
      await until('all to be recorded', async () => (await listed(scene, 'status=finished')).length === 5);
      const all = await listed(scene, '');
      const [fourth, third] = await listed(scene, `automation=${busy.name}`);
      const [seldom] = await listed(scene, `automation=${rare.name}`);
      const kept = all.filter((id) => [fourth, third, seldom].includes(id));
      const lastDay = async () => {
        const { items } = await ask<{ items: { name: string; lastDay: { finished: number } }[] }>(
          scene,
          scene.person,
          '/automations',
        );
        return [busy, rare].map((watch) => items.find(({ name }) => name === watch.name)?.lastDay.finished);
      };
      deepStrictEqual(await lastDay(), [4, 1]);
      scene.server.clock.move(89 * 24 * HOUR);
      deepStrictEqual(await listed(scene, ''), all);
      deepStrictEqual(await lastDay(), [0, 0]);
      scene.server.clock.move(33 * 24 * HOUR);
      await until('the month to be put away', async () => (await listed(scene, '')).length === 3);
      deepStrictEqual(await listed(scene, ''), kept);
      deepStrictEqual((await exported(scene, scene.person, '')).trimEnd().split('\n').length, 3);
      await untilSaid(scene.server, /old executions were put away/);
    },
  );
});
