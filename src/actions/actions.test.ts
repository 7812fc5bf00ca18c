import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asId, type IntegrationId } from '../model/ids.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { nodeId } from '../model/wire-id.ts';
import { actionFromWire, actionKind, destinationOf, parseAction } from './index.ts';
import { prepareWebhook, renderPayload, type WebhookAttempt } from './prepare-webhook.ts';
import type { Webhook } from './webhook.ts';
import { readWebhookConfig } from './webhook-config.ts';

const hook = (payload: JsonObject | null): Webhook => ({
  type: 'GENERIC_WEBHOOK',
  integrationId: asId<IntegrationId>('7'),
  payload,
});

const NO_SECRETS = new Set<string>();

const variables = (values: Record<string, Json>) => ({
  known: new Set([...Object.keys(values), 'run_name']),
  lookup: (name: string) => values[name],
});

test('the client’s webhook action becomes a typed one, and reads back as equal', () => {
  const config = {
    integrationID: nodeId('GenericWebhookIntegration', '7'),
    requestPayload: '{"a":"${run_name}","n":{"b":1}}',
  };
  const action = actionFromWire('GENERIC_WEBHOOK', config);
  assert.deepEqual(action, hook({ a: '${run_name}', n: { b: 1 } }));
  assert.deepEqual(actionKind('GENERIC_WEBHOOK').toWire(action as Webhook), {
    requestPayload: config.requestPayload,
  });
  assert.equal(destinationOf(action), '7');
});

test('a webhook without a payload has none, however the client says so', () => {
  for (const requestPayload of [undefined, null, '', 'null']) {
    const config = { integrationID: '7', ...(requestPayload === undefined ? {} : { requestPayload }) };
    assert.deepEqual(actionFromWire('GENERIC_WEBHOOK', config), hook(null));
  }
});

test('what cannot be an action is refused with its place', () => {
  const cases: [string, Json][] = [
    ['GENERIC_WEBHOOK', { integrationID: '7', requestPayload: '[1]' }],
    ['GENERIC_WEBHOOK', { integrationID: '7', requestPayload: '{"n": ${x}}' }],
    ['GENERIC_WEBHOOK', { integrationID: 'VXNlcjo3' }],
    ['GENERIC_WEBHOOK', { requestPayload: '{}' }],
    ['GENERIC_WEBHOOK', { integrationID: '7', more: 1 }],
    ['QUEUE_JOB', {}],
    ['toString', {}],
  ];
  for (const [type, config] of cases) assert.throws(() => actionFromWire(type, config), { code: 'invalid' });
  assert.throws(() => parseAction({ type: 'GENERIC_WEBHOOK', integrationId: '7', payload: [] }), { code: 'invalid' });
  assert.throws(() => parseAction({ type: 'NO_OP', payload: {} }), { code: 'invalid' });
});

test('doing nothing has no destination', () => {
  assert.deepEqual(actionFromWire('NO_OP', { noOp: true }), { type: 'NO_OP' });
  assert.equal(destinationOf(parseAction({ type: 'NO_OP' })), undefined);
});

test('the payload is the template filled in, or the default document', () => {
  assert.equal(
    renderPayload(hook({ a: 'run ${run_name}' }), variables({ run_name: 'x","y":"' }), {}, NO_SECRETS),
    '{"a":"run x\\",\\"y\\":\\""}',
  );
  assert.equal(renderPayload(hook(null), variables({}), { type: 'RUN_STATE' }, NO_SECRETS), '{"type":"RUN_STATE"}');
});

test('a payload above 1 MiB after rendering is refused, not cut', () => {
  const payload = hook({ a: '${big}' });
  assert.throws(() => renderPayload(payload, variables({ big: 'é'.repeat(600 * 1024) }), {}, NO_SECRETS), {
    code: 'too_large',
  });
  assert.doesNotThrow(() => renderPayload(payload, variables({ big: 'é'.repeat(500 * 1024) }), {}, NO_SECRETS));
});

const attempt = (more: Partial<WebhookAttempt> = {}): WebhookAttempt => ({
  id: 'exe_1_2_3_0',
  url: 'https://h/x',
  body: new TextEncoder().encode('{"é":1}'),
  accessToken: undefined,
  headers: {},
  timeoutMs: undefined,
  now: 1_700_000_000_999,
  version: '1.2.3',
  ...more,
});

test('AUT-113: every attempt carries the same ids and its own timestamp', () => {
  const first = prepareWebhook(attempt());
  const second = prepareWebhook(attempt({ now: 1_700_000_005_000 }));
  assert.deepEqual(first.headers, {
    'Content-Type': 'application/json',
    'User-Agent': 'Tripline/1.2.3',
    'webhook-id': 'exe_1_2_3_0',
    'webhook-timestamp': '1700000000',
    'Idempotency-Key': 'exe_1_2_3_0',
  });
  assert.equal(second.headers['webhook-timestamp'], '1700000005');
  assert.equal(second.headers['webhook-id'], first.headers['webhook-id']);
  assert.deepEqual(second.body, first.body);
  assert.equal(new TextDecoder().decode(first.body), '{"é":1}');
});

test('AUT-101: an access token is sent as bearer, also beside a further header of that name', () => {
  const { headers } = prepareWebhook(attempt({ accessToken: 'abc', headers: { authorization: 'x', Accept: 'a/b' } }));
  assert.equal(headers.Authorization, 'Bearer abc');
  assert.equal(headers.authorization, undefined);
  assert.equal(headers.Accept, 'a/b');
});

test('the value of a header cannot end its line, and is UTF-8', () => {
  const { headers } = prepareWebhook(attempt({ headers: { 'X-Run': 'a\r\nX-Evil: 1\0 é ' } }));
  assert.equal(Buffer.from(headers['X-Run']!, 'latin1').toString(), 'a X-Evil: 1  é');
});

test('settings that would break a request are refused, and those of old rows have defaults', () => {
  assert.equal(readWebhookConfig({ url: 'ftp://h' }), undefined);
  assert.deepEqual(readWebhookConfig({ url: 'https://h' })?.schedule, 'standard');
  for (const headers of [{ Host: 'x' }, { 'webhook-id': 'x' }, { 'a b': 'x' }, { A: 'x', a: 'y' }, { A: 'x\ny' }]) {
    assert.equal(readWebhookConfig({ url: 'https://h', headers }), undefined, JSON.stringify(headers));
  }
});
