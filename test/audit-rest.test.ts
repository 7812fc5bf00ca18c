import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sealEntries } from '../src/audit/seal-entries.ts';
import { verifyChain } from '../src/audit/verify-chain.ts';
import { INSTANCE } from '../src/store/audit.ts';
import { longName } from './directory-stage.ts';
import { type HttpStage, openHttpStage } from './http-stage.ts';
import { onOneDatabase } from './support/databases.ts';

const CANARY = 'canary-in-the-audit-log';

onOneDatabase('oldest', (name) => {
  describe('the audit log over REST', () => {
    let stage: HttpStage;
    before(async () => {
      stage = await openHttpStage(name);
    });
    after(() => stage.drop());

    test('who, what, before and after, and from where; never a secret, never a refused deed', async () => {
      const ann = longName('ann');
      const bob = longName('bob');
      for (const key of [ann, bob]) await stage.api('POST', '/users', { body: { username: key, apiKey: key } });
      const path = `/entities/${ann}`;
      const headers = { 'user-agent': `agent ${'x'.repeat(300)}` };
      const as = { key: ann, headers };
      await stage.api('POST', `${path}/secrets`, { ...as, body: { name: 'TOKEN', value: CANARY } });
      await stage.api('POST', `${path}/secrets`, { ...as, body: { name: 'TOKEN', value: CANARY } });
      await stage.api('PUT', `${path}/secrets/TOKEN`, { ...as, body: { value: `${CANARY}2` } });
      const url = `https://example.com/hook?token=${CANARY}`;
      const hook = { name: 'pager', url, headers: { 'X-Key': CANARY }, accessTokenRef: 'TOKEN' };
      assert.equal((await stage.api('POST', `${path}/integrations`, { ...as, body: hook })).status, 201);
      await stage.api('DELETE', `${path}/secrets/TOKEN`, as);
      await stage.api('DELETE', `${path}/secrets/TOKEN?force=true`, as);
      const { status, body } = await stage.api('GET', `${path}/audit`, { key: ann });
      assert.equal(status, 200);
      const deeds = body.items.map(({ deed }: { deed: string }) => deed);
      assert.deepEqual(deeds, ['secret.deleted', 'webhook.created', 'secret.rotated', 'secret.created']);
      const [deleted, created, rotated] = body.items;
      assert.deepEqual(deleted.before, { version: 2, usedBy: ['pager'], forced: true });
      assert.deepEqual([rotated.before.version, rotated.after.version], [1, 2]);
      assert.deepEqual([created.after.url, created.after.headers], ['https://example.com/…', ['X-Key']]);
      assert.equal(created.actor.name, ann);
      assert.equal(created.origin.userAgent.length, 200);
      assert.equal(created.origin.apiKey.hint, ann.slice(-4));
      assert.match(created.origin.address, /^[\d.:a-f]+$/);

      const first = await stage.api('GET', `${path}/audit?limit=3`, { key: ann });
      const rest = await stage.api('GET', `${path}/audit?limit=3&cursor=${first.body.nextCursor}`, { key: ann });
      assert.deepEqual([first.body.items.length, rest.body.items.length, rest.body.nextCursor], [3, 1, null]);
      const some = await stage.api('GET', `${path}/audit?deed=secret.rotated&actor=${ann}&subject=TOKEN`, { key: ann });
      assert.equal(some.body.items.length, 1);
      const none = await stage.api('GET', `${path}/audit?to=2026-01-02T00:00:00Z`, { key: ann });
      assert.deepEqual(none.body.items, []);
      assert.equal((await stage.api('GET', `${path}/audit`, { key: bob })).status, 404);
      assert.equal((await stage.api('GET', '/audit', { key: bob })).status, 403);
      const users = await stage.api('GET', `/audit?deed=user.created&subject=${ann}`);
      assert.equal(users.body.items[0].after.apiKey, true);

      for (const format of ['jsonl', 'csv']) {
        const exported = await stage.app.inject({
          url: `/api/v1${path}/audit/export?format=${format}&subject=secret`,
          headers: { authorization: `Bearer ${ann}` },
        });
        assert.equal(exported.statusCode, 200);
        assert.equal(exported.body.trim().split('\n').length, format === 'csv' ? 4 : 3);
        assert.ok(!exported.body.includes(CANARY) && !exported.body.includes(ann.slice(0, -4).repeat(2)));
      }
      const { database } = stage.ground;
      const stored = await database.query<{ row: string }>('select audit_entry::text as row from audit_entry');
      assert.ok(stored.every(({ row }) => !row.includes(CANARY)));
      assert.ok(stored.length >= 6);
      await sealEntries(stage.ground);
      assert.equal((await verifyChain(database, INSTANCE)).broken, undefined);
    });
  });
});
