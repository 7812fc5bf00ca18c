import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { longName } from './directory-stage.ts';
import { type HttpStage, openHttpStage } from './http-stage.ts';
import { onOneDatabase } from './support/databases.ts';

let stage: HttpStage;

const CANARY = 'a canary / in the mine';

onOneDatabase('oldest', (name) => {
  before(async () => {
    stage = await openHttpStage(name);
  });

  after(() => stage.drop());

  describe('secrets over REST', () => {
    test('AUT-120: a secret is made, listed, rotated and deleted, and no answer or log line holds its value', async () => {
      const key = longName('ann');
      await stage.api('POST', '/users', { body: { username: key, apiKey: key } });
      const path = `/entities/${key}/secrets`;
      const made = await stage.api('POST', path, { key, body: { name: 'TOKEN', value: `${CANARY}\n` } });
      assert.equal(made.status, 201);
      assert.equal(made.body.createdBy, key);
      assert.match(made.body.notices[0], /newline/);
      const again = await stage.api('POST', path, { key, body: { name: 'TOKEN', value: CANARY } });
      assert.deepEqual([again.status, again.body.errors[0].code], [409, 'conflict']);
      const rotated = await stage.api('PUT', `${path}/TOKEN`, { key, body: { value: CANARY, overlapHours: 1 } });
      assert.deepEqual([rotated.status, made.body.version, rotated.body.version], [200, 1, 2]);
      assert.equal(Date.parse(rotated.body.overlapUntil) - Date.parse(rotated.body.rotatedAt), 3_600_000);
      const refused = await stage.api('PUT', `${path}/TOKEN`, { key, body: { value: [CANARY] } });
      assert.equal(refused.status, 400);
      const misnamed = await stage.api('POST', path, { key, body: { name: CANARY, value: 'x' } });
      assert.deepEqual([misnamed.status, misnamed.body.errors[0].path], [400, 'name']);
      const listed = await stage.api('GET', path, { key });
      assert.deepEqual(
        listed.body.items.map((item: { name: string; usedBy: string[] }) => [item.name, item.usedBy]),
        [['TOKEN', []]],
      );
      assert.equal((await stage.api('GET', `${path}/TOKEN`, { key })).status, 404, 'nothing reads one');

      const hook = { name: 'pager', url: 'https://example.com/hook', accessTokenRef: 'TOKEN' };
      await stage.api('POST', `/entities/${key}/integrations`, { key, body: hook });
      const asked = await stage.api('DELETE', `${path}/TOKEN`, { key });
      assert.equal(asked.status, 409);
      assert.match(asked.body.errors[0].message, /'pager'/);
      assert.equal((await stage.api('DELETE', `${path}/TOKEN?force=true`, { key })).status, 204);
      assert.equal((await stage.api('DELETE', `${path}/TOKEN?force=true`, { key })).status, 404);

      const answers = [made, again, rotated, refused, misnamed, listed, asked].map(({ body }) => JSON.stringify(body));
      for (const text of [...answers, stage.log()]) assert.ok(!text.includes('canary'), text);
    });

    test('a list goes on where the page before ended', async () => {
      const key = longName('bob');
      await stage.api('POST', '/users', { body: { username: key, apiKey: key } });
      const path = `/entities/${key}/secrets`;
      for (const each of ['b', 'B', 'a']) await stage.api('POST', path, { key, body: { name: each, value: CANARY } });
      const names: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = await stage.api('GET', `${path}?limit=2${cursor && `&cursor=${cursor}`}`, { key });
        names.push(...page.body.items.map((item: { name: string }) => item.name));
        cursor = page.body.nextCursor;
      }
      assert.deepEqual(names, ['B', 'a', 'b']);
    });

    test('the description of the API gives no schema a way to read a value', async () => {
      const { body } = await stage.api('GET', '/openapi.json');
      assert.ok(body.paths['/api/v1/entities/{entity}/secrets']);
      assert.deepEqual(Object.keys(body.components.schemas.Secret?.properties ?? {}).includes('value'), false);
      assert.ok(body.components.schemas.NewSecret?.properties.value);
    });
  });
});
