import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { request } from 'node:http';
import { describe } from 'node:test';
import { stage } from '../support/stage.ts';
import { until } from '../support/wait.ts';

const MIB = 1024 ** 2;

/** Announces a body that does not arrive: it holds the place it was given, which it asks for until it has it. */
function holdPlace(url: string, key: string, bytes: number): { give(): void } {
  const headers = { 'content-type': 'application/json', 'content-length': bytes };
  const held = request(url, { method: 'POST', auth: `api:${key}`, headers });
  let asked: { give(): void } = { give: () => held.destroy() };
  held.on('error', () => {});
  held.once('response', () => {
    asked = holdPlace(url, key, bytes);
  });
  held.write('{');
  return { give: () => asked.give() };
}

describe('embedded', () => {
  const scenario = stage('embedded', { args: ['--ingest-memory', '1'] });

  scenario('what comes on top of the memory for history is asked to come again, and loses nothing', async (scene) => {
    const { server, person, team, project } = scene;
    const run = await scene.run();
    const path = `/files/${team}/${project}/${run.id}/file_stream`;
    const slow = holdPlace(`${server.url}${path}`, person.key, MIB - 100);
    const send = () => {
      const files = { 'wandb-history.jsonl': { offset: 0, content: [`{"loss":1,"text":"${'x'.repeat(200)}"}`] } };
      return server.call(path, { method: 'POST', key: person.key, body: { files } });
    };
    const refused = await until('a refusal', async () => {
      const answer = await send();
      return answer.status === 200 ? undefined : answer;
    });
    strictEqual(refused.status, 429);
    strictEqual(Number(refused.headers['retry-after']) > 0, true);
    slow.give();
    await until('room', async () => (await send()).status === 200);
    deepStrictEqual(
      (await run.history()).map(({ loss }) => loss),
      [1],
    );
  });

  scenario('a request that never ends does not keep the server from stopping', async ({ server, person }) => {
    const slow = holdPlace(`${server.url}/graphql`, person.key, 100);
    await server.stop();
    slow.give();
    await server.start();
  });
});
