import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { executionId } from '../src/model/execution-id.ts';
import { apiScenarios } from './delivery-api.ts';
import { onOneDatabase } from './support/databases.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';

let receiver: Receiver;
before(async () => {
  receiver = await startReceiver();
});
after(() => receiver.close());

onOneDatabase('oldest', (name) => {
  const scenario = apiScenarios(name);

  scenario('only who may steer executions runs a skipped one anyway, and only while it is skipped', async (api) => {
    const { scene, get, post } = api;
    const inbox = receiver.inbox();
    const key = await scene.fired(inbox.url);
    const path = `/entities/vision/executions/${executionId(key)}/run`;
    const refused = await post(path, 'admin');
    assert.equal(refused.status, 409);
    assert.match(JSON.stringify(refused.body), /it is pending/);
    await scene.database.execute('delete from delivery');
    await scene.database.execute(`update execution set status = 'skipped', reason = 'rate_limited'`);
    assert.equal((await post(path, 'stranger')).status, 404);
    assert.equal((await post(path, 'member')).status, 403);
    const answer = await post(path, 'admin');
    assert.equal(answer.status, 200);
    assert.equal(answer.body.status, 'pending');
    assert.equal((await post(path, 'admin')).status, 409);
    scene.start();
    assert.equal((await scene.ended(key)).status, 'finished');
    assert.equal((await inbox.next()).headers['webhook-id'], executionId(key));
    assert.equal((await get(`/entities/vision/executions/${executionId(key)}`)).body.repeats, 0);
  });

  scenario('executions are listed newest first, page by page, and filtered', async ({ scene, get }) => {
    const integrationId = await scene.webhook(receiver.inbox().url);
    const automationId = await scene.automation(integrationId, {});
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.unshift(executionId(await scene.fire(automationId, integrationId)));
    const watched = await scene.fire(await scene.automation(integrationId, {}), undefined);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await get(`/entities/vision/executions?limit=2&cursor=${cursor}`.replace(/&cursor=$/, ''));
      assert.equal(page.status, 200);
      seen.push(...page.body.items.map((item: { id: string }) => item.id));
      cursor = page.body.nextCursor ?? '';
    } while (cursor !== '');
    assert.deepEqual(seen, [executionId(watched), ...ids]);

    const list = async (query: string): Promise<string[]> => {
      const answer = await get(`/entities/vision/executions?${query}`);
      return answer.body.items.map((item: { id: string }) => item.id);
    };
    assert.deepEqual(await list('status=finished'), [executionId(watched)]);
    assert.deepEqual(await list(`automation=${automationId}`), ids);
    assert.deepEqual(await list(`automation=${automationId}&status=failed`), []);
    const [item] = (await get('/entities/vision/executions?status=pending')).body.items;
    assert.deepEqual(await list(`automation=${item.automation.name}`), ids);
    assert.deepEqual([item.entity, item.subject.kind, item.subject.id], ['vision', 'run', '77']);
    assert.ok(item.nextAttemptAt !== null && item.startedAt === null);
    for (const query of [
      'cursor=nonsense',
      'status=done',
      'limit=0',
      'more=1',
      'automation=nobody',
      'cursor=WyJleGVfMV8yIl0',
    ]) {
      assert.equal((await get(`/entities/vision/executions?${query}`)).status, 400, query);
    }
  });

  scenario(
    'an execution shows event, explanation and attempts; what was sent only to those who may see it',
    async ({ scene, get }) => {
      const inbox = receiver.inbox();
      inbox.reply({ status: 404, body: 'no such hook' });
      const key = await scene.fired(inbox.url, { text: 'done ${run_name}' });
      scene.start();
      await scene.ended(key);
      const path = `/entities/vision/executions/${executionId(key)}`;
      const { status, body } = await get(path);
      assert.equal(status, 200);
      assert.deepEqual([body.status, body.reason], ['failed', 'http_404']);
      assert.equal(body.payload, '{"text":"done brave \\"run\\""}');
      assert.deepEqual(body.explanation, { why: 'the run finished' });
      assert.equal(body.event.captured.run.displayName, 'brave "run"');
      assert.equal(body.automation.definition.action.type, 'GENERIC_WEBHOOK');
      const [attempt] = body.attempts;
      assert.deepEqual([attempt.number, attempt.outcome, attempt.status], [1, 'never', 404]);
      assert.equal(attempt.response.body, 'no such hook');
      assert.equal(attempt.request.headers['webhook-id'], body.id);

      const seen = (await get(path, 'viewer')).body;
      assert.deepEqual([seen.showsPayloads, seen.payload], [false, null]);
      assert.deepEqual(
        [seen.attempts[0].request, seen.attempts[0].response, seen.attempts[0].status],
        [null, null, 404],
      );
      assert.deepEqual(seen.explanation, body.explanation);
    },
  );

  scenario('executions of others and unknown ones are not found', async ({ scene, get }) => {
    const key = await scene.fired(receiver.inbox().url);
    const path = `/entities/vision/executions/${executionId(key)}`;
    assert.equal((await get(path, 'stranger')).status, 404);
    assert.equal((await get('/entities/vision/executions', 'stranger')).status, 404);
    assert.equal((await get('/entities/nobody/executions')).status, 404);
    for (const id of ['exe_1_2_3_0', `exe_${Number(scene.entityId) + 1}_${key.eventId}_${key.automationId}_0`, 'x']) {
      assert.equal((await get(`/entities/vision/executions/${id}`)).status, 404, id);
    }
    await scene.database.execute(
      `insert into project (id, tenant_id, name, visibility, created_at) overriding system value
       values (5, $1, 'secret', 'Restricted', $2)`,
      [scene.entityId, new Date()],
    );
    await scene.database.execute('update execution set project_id = 5');
    assert.equal((await get(path)).status, 404);
    assert.deepEqual((await get('/entities/vision/executions')).body.items, []);
    assert.equal((await get(path, 'admin')).status, 200);
  });
});
