import { match, ok, strictEqual } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { assertOutcome, assertQuiet, runPython } from '../support/python.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { type Server, startServer } from '../support/server.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The README's command that creates the webhook, lengthened lines and all. */
const CREATE_WEBHOOK = /^curl [^`]*?(?=\npython )/m.exec(read('README.md'))?.[0] ?? '';

describe('embedded', () => {
  let server: Server;
  let receiver: Receiver;
  before(async () => {
    [server, receiver] = await Promise.all([startServer({ firstStart: true }), startReceiver()]);
  });
  after(async () => {
    await server.dispose();
    await receiver.close();
  });

  test("the README's quick start, as a new user types it, ends in one webhook", async () => {
    const inbox = receiver.inbox();
    const env = { ...process.env, WANDB_BASE_URL: server.url, WANDB_API_KEY: server.adminKey };
    const command = CREATE_WEBHOOK.replace('http://127.0.0.1:9000/', inbox.url);
    ok(command.includes(inbox.url), 'the README creates its webhook in another way');
    await promisify(execFile)('bash', ['-c', `${command} --fail --silent --show-error`], { env });
    const person = { key: server.adminKey };
    const result = await runPython({ server, person, source: read('docs/quick_start.py') });
    assertOutcome(result, '0');
    assertQuiet(result);
    const { text, values } = JSON.parse((await inbox.next()).body);
    match(text, /^\S+: AVERAGE\(loss\) = 0\.09/);
    strictEqual(values.split(',').length, 3);
    await inbox.exactly(1);
  });
});
