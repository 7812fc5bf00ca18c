import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../model/exchange.ts';
import { isBreaking, judgeSlack } from './judge-slack.ts';

const NOW = 1_700_000_000_000;

const said = (status: number, body: string, headers: Record<string, string> = {}): Answer => ({
  kind: 'response',
  status,
  headers,
  body,
  truncated: false,
  address: '1.2.3.4',
  durationMs: 1,
});

test('AUT-133: Slack’s answers: ok is done, 429 waits as it says, 5xx waits by the schedule', () => {
  assert.deepEqual(judgeSlack(said(200, 'ok'), NOW), { kind: 'done' });
  assert.deepEqual(judgeSlack(said(429, 'rate_limited', { 'retry-after': '30' }), NOW), {
    kind: 'not_before',
    reason: 'http_429',
    at: NOW + 30_000,
  });
  assert.deepEqual(judgeSlack(said(500, 'rollup_error'), NOW), {
    kind: 'not_before',
    reason: 'http_500',
    at: undefined,
  });
});

test('words of Slack that no waiting heals fail at once; four of them break the channel', () => {
  const words = {
    invalid_payload: false,
    channel_not_found: true,
    channel_is_archived: true,
    no_service: true,
    action_prohibited: true,
  };
  for (const [word, breaks] of Object.entries(words)) {
    for (const status of [200, 404, 410, 500]) {
      const verdict = judgeSlack(said(status, `${word}\n`), NOW);
      assert.deepEqual(verdict, { kind: 'never', reason: word });
      assert.equal(isBreaking(verdict), breaks, word);
    }
  }
});

test('any other refusal fails at once and breaks nothing', () => {
  const verdict = judgeSlack(said(403, 'invalid_token'), NOW);
  assert.deepEqual(verdict, { kind: 'never', reason: 'http_403' });
  assert.equal(isBreaking(verdict), false);
  assert.equal(
    judgeSlack({ ...said(0, ''), kind: 'failure', phase: 'wait', fault: 'timeout', text: '' }, NOW).kind,
    'not_before',
  );
});
