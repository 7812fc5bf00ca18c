import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { parseAutomationName } from '../src/automations/names.ts';
import { parseEvent } from '../src/events/parse-event.ts';
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

  test('names, aliases, metrics and filters that people give are refused, as no text of the database is the same', async () => {
    const scope = { kind: 'project', project: 'p' };
    const event = { type: 'RUN_METRIC', metric: 'loss', comparison: '$gt', threshold: 1 };
    const draft = { name: 'a', scope, event, action: { type: 'NO_OP' } };
    const path = '/entities/ann/automations';
    for (const [place, body] of [
      ['body.name', { ...draft, name: 'a\0' }],
      ['body.event.metric', { ...draft, event: { ...event, metric: 'loss\ud800' } }],
      ['body.event.runFilter.display_name', { ...draft, event: { ...event, runFilter: { display_name: '\udc00' } } }],
      ['body.event.runFilter.config.a\ufffd', { ...draft, event: { ...event, runFilter: { 'config.a\0': 1 } } }],
    ] as const) {
      const answer = await here.rest('ann', 'POST', path, body);
      assert.deepEqual([answer.status, answer.body.errors[0].path], [400, place]);
    }
    assert.equal((await here.rest('ann', 'GET', `${path}?name=%00`)).body.errors[0].path, 'querystring.name');
    assert.equal((await here.rest('ann', 'GET', '/entities/a%00/automations')).body.errors[0].path, 'params.entity');
    const project = await here.as('ann', UPSERT, { project: 'p\ud800', name: 'r' });
    assert.deepEqual([project.status, project.data.upsertBucket], [400, null]);
    assert.throws(
      () => parseEvent('RUN_METRIC', '{"run_filter":{"$and":[{"display_name":"\\u0000"}]}}'),
      /holds a NUL/,
    );
    assert.throws(() => parseAutomationName('a\ud800'), /^TriplineError: name holds a NUL or half of a surrogate pair/);
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
