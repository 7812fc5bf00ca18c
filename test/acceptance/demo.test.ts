import { match, strictEqual } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { untilSaid } from '../support/said.ts';
import { type Server, startServer } from '../support/server.ts';

describe('embedded', () => {
  let server: Server;
  before(async () => {
    server = await startServer({ args: ['--demo'] });
  });
  after(() => server.dispose());

  test('the demonstration shows the metric cross its line, the automation fire once and the payload arrive', async () => {
    await untilSaid(server, /That was all\./);
    match(server.log, /step 11 {2}loss 0\.253/);
    strictEqual(server.log.match(/the automation fired; the receiver got/g)?.length, 1);
    match(server.log, /"text":"\S+ is good enough: AVERAGE\(loss\) = 0\.287999"/);
    match(server.log, /"status": "finished"/);
  });

  test('the demonstration leaves no automation that would call its receiver again', async () => {
    const { text } = await server.call('/api/v1/entities/demo/automations', { key: server.adminKey });
    strictEqual(JSON.parse(text).items.length, 0);
  });
});
