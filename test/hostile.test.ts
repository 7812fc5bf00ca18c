import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type InProcess, openInProcess } from './support/in-process.ts';

const UPSERT = `mutation UpsertBucket($project: String, $name: String, $displayName: String, $tags: [String!], $config: JSONString) {
  upsertBucket(input: { modelName: $project, name: $name, displayName: $displayName, tags: $tags, config: $config }) {
    bucket { displayName tags }
  }
}`;
const ALERT = `mutation NotifyScriptableRunAlert($name: String!, $wait: Duration) {
  notifyScriptableRunAlert(input: { entityName: "ann", projectName: "p", runName: $name, title: "t", text: "x", waitDuration: $wait }) {
    success
  }
}`;
const SAMPLES = `query RunSampledHistory($specs: [JSONString!]!) {
  project(name: "p", entityName: "ann") { run(name: "r") { sampledHistory(specs: $specs) } }
}`;

describe('values that no client sends', () => {
  let here: InProcess;
  before(async () => {
    here = await openInProcess();
    await here.user('ann');
  });

  test('a NUL or half a character in a text is replaced, since no text of the database can hold it', async () => {
    const { data } = await here.as('ann', UPSERT, { project: 'p', name: 'r', displayName: 'a\0b', tags: ['x\0'] });
    assert.deepEqual(data.upsertBucket.bucket, { displayName: 'a\ufffdb', tags: ['x\ufffd'] });
    const escaped = { project: 'p', name: 'r', config: '{"a\\u0000":{"value":"\\ud800"}}' };
    assert.equal((await here.as('ann', UPSERT, escaped)).status, 200);
  });

  test('a config that is no object, or nested so deep that nothing could walk it, is refused', async () => {
    for (const config of ['[1]', 'nope', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`]) {
      const answer = await here.as('ann', UPSERT, { project: 'p', name: 'r', config });
      assert.equal(answer.status, 400);
      assert.match(answer.message, /config is not a JSON object/);
    }
  });

  test('more specs of samples than anybody shows at once are refused', async () => {
    await here.as('ann', UPSERT, { project: 'p', name: 'r' });
    const ask = (count: number) => here.as('ann', SAMPLES, { specs: Array(count).fill('{"keys":["loss"]}') });
    assert.equal((await ask(100)).status, 200);
    const answer = await ask(101);
    assert.equal(answer.status, 400);
    assert.match(answer.message, /at most 100 specs/);
  });

  test('a wait that is no length of time is refused', async () => {
    for (const wait of [-5, 9e15]) {
      const answer = await here.as('ann', ALERT, { name: 'r', wait });
      assert.equal(answer.status, 400, answer.message);
    }
    assert.equal((await here.as('ann', ALERT, { name: 'r', wait: 5_000 })).status, 200);
  });
});
