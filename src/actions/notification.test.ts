import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../model/json.ts';
import { nodeId } from '../model/wire-id.ts';
import { actionFromWire, actionKind, destinationOf, parseAction } from './index.ts';
import type { Notification } from './notification.ts';

const CONFIG = { integrationID: nodeId('SlackIntegration', '7'), title: 'T <@U1>', message: 'M', severity: 'WARN' };

test('AUT-134: the client’s notification becomes a typed action, and reads back as equal', () => {
  const action = actionFromWire('NOTIFICATION', CONFIG);
  const { integrationID: _, ...rest } = CONFIG;
  assert.deepEqual(action, { type: 'NOTIFICATION', integrationId: '7', ...rest });
  assert.deepEqual(actionKind('NOTIFICATION').toWire(action as Notification), rest);
  assert.equal(destinationOf(action), '7');
});

test('what a notification leaves out has its default', () => {
  const bare = { type: 'NOTIFICATION', integrationId: '7', title: '', message: '', severity: 'INFO' };
  for (const more of [{}, { title: null, message: null, severity: null }]) {
    assert.deepEqual(actionFromWire('NOTIFICATION', { integrationID: '7', ...more }), bare);
  }
  assert.deepEqual(parseAction({ type: 'NOTIFICATION', integrationId: '7' }), bare);
});

test('a notification to a webhook, of another severity or with more is refused', () => {
  const wrong: Json[] = [
    { ...CONFIG, integrationID: nodeId('GenericWebhookIntegration', '7') },
    { ...CONFIG, severity: 'warn' },
    { ...CONFIG, title: 'x'.repeat(1001) },
    { ...CONFIG, more: 1 },
    { title: 'x' },
  ];
  for (const config of wrong) assert.throws(() => actionFromWire('NOTIFICATION', config), { code: 'invalid' });
  assert.throws(() => actionFromWire('GENERIC_WEBHOOK', { integrationID: CONFIG.integrationID }), {
    code: 'invalid',
    message: /must be the id of a webhook integration/,
  });
});
