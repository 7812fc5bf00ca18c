import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, OutgoingRequest } from '../model/exchange.ts';
import { masterKeyFrom } from '../secrets/master-key.ts';
import { MasterKeys } from '../secrets/master-keys.ts';
import type { Database } from '../store/database.ts';
import { exchangeSlackCode } from './exchange-slack-code.ts';

const GRANT = { code: 'the-code', redirectUri: 'https://host/slack/callback' };
const HOOK = { channel: '#a', channel_id: 'C1', configuration_url: 'https://acme.slack.com/b', url: 'https://hooks/x' };

const sent: OutgoingRequest[] = [];

function exchanged(answer: Answer) {
  const send = async (request: OutgoingRequest) => {
    sent.push(request);
    return answer;
  };
  const room = {
    slackUrl: 'https://slack.com',
    app: { clientId: '1.2', clientSecret: 'the-client-secret' },
    outbound: { send, close: () => {} },
    version: '1.2.3',
    masters: new MasterKeys(masterKeyFrom('a master key of thirty-two characters')),
    database: {} as Database,
    clock: { now: () => 0 },
  };
  return exchangeSlackCode(room, GRANT);
}

const answered = (status: number, body: string): Answer => ({
  kind: 'response',
  status,
  headers: {},
  body,
  truncated: false,
  address: '1.2.3.4',
  durationMs: 1,
});

test('the code is posted as a form to Slack, and the chosen channel comes back', async () => {
  const body = { ok: true, access_token: 'xoxb-1', team: { id: 'T1', name: 'Acme' }, incoming_webhook: HOOK };
  const access = await exchanged(answered(200, JSON.stringify(body)));
  assert.deepEqual([access.team.name, access.incoming_webhook.channel_id], ['Acme', 'C1']);
  const { url, body: form } = sent.at(-1)!;
  assert.equal(url, 'https://slack.com/api/oauth.v2.access');
  assert.deepEqual(Object.fromEntries(new URLSearchParams(new TextDecoder().decode(form))), {
    client_id: '1.2',
    client_secret: 'the-client-secret',
    code: 'the-code',
    redirect_uri: 'https://host/slack/callback',
  });
});

test('what is no channel is told in words that repeat nothing of the answer', async () => {
  const cases: [Answer, RegExp][] = [
    [answered(200, '{"ok":false,"error":"invalid_code"}'), /refused the connection: invalid_code$/],
    [answered(200, '{"ok":false,"error":"xoxb-1 <script>"}'), /\(HTTP 200\) names no channel/],
    [answered(200, '{"ok":true,"access_token":"xoxb-1","team":{"id":"T1","name":"A"}}'), /names no channel/],
    [answered(502, '<html>xoxb-1'), /\(HTTP 502\) names no channel/],
    [
      {
        kind: 'failure',
        phase: 'connect',
        fault: 'refused',
        text: 'connection refused',
        address: undefined,
        durationMs: 1,
      },
      /could not be reached: connection refused/,
    ],
  ];
  for (const [answer, words] of cases) {
    await assert.rejects(exchanged(answer), (error: Error) => {
      assert.match(error.message, words);
      assert.doesNotMatch(error.message, /xoxb|script|the-code|secret/);
      return true;
    });
  }
});
