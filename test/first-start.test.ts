import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createAuthenticator } from '../src/directory/authenticate.ts';
import { ensureFirstAdmin } from '../src/directory/ensure-first-admin.ts';
import { findEntity } from '../src/directory/find-entity.ts';
import type { Viewer } from '../src/model/viewer.ts';
import type { Ground } from '../src/store/ground.ts';
import { type FreshGround, freshGround } from './directory-database.ts';
import { refusal } from './directory-stage.ts';
import { forEachDatabase } from './support/databases.ts';

let fresh: FreshGround;
let ground: Ground;
let admin: Viewer;

forEachDatabase((name) => {
  before(async () => {
    fresh = await freshGround(name);
    ground = fresh.ground;
  });

  after(() => fresh.drop());

  describe('the first start', () => {
    test('of several nodes that start at once, one makes the first admin and tells the key', async () => {
      const nodes = [0, 1, 2, 3].map(() => ({ database: fresh.open(), clock: ground.clock }));
      const answers = await Promise.all(nodes.map((node) => ensureFirstAdmin(node)));
      const makers = answers.filter((answer) => answer.created);
      assert.equal(makers.length, 1);
      assert.match(makers[0]!.apiKey!, /^[a-z0-9]{40}$/);
      const authenticate = createAuthenticator(ground.database);
      const found = await authenticate(makers[0]!.apiKey!);
      assert.ok(found);
      admin = found;
    });

    test('the first admin is an instance admin with a personal entity and the organization default', async () => {
      assert.deepEqual([admin.username, admin.admin, admin.defaultEntity], ['admin', true, 'admin']);
      const organization = await findEntity(ground, admin, 'default');
      assert.equal(organization?.kind, 'organization');
      assert.equal(organization?.rootId, organization?.id);
      assert.equal(admin.roles.get(organization!.id), 'admin');
      assert.equal(admin.roles.get(admin.entityId), 'admin');
    });

    test('a later start makes nothing and shows no key', async () => {
      assert.deepEqual(await ensureFirstAdmin(ground, { adminApiKey: 'k'.repeat(40) }), { created: false });
      assert.equal(await createAuthenticator(ground.database)('k'.repeat(40)), undefined);
    });

    test('a chosen key that no client could send is refused', async () => {
      await assert.rejects(
        ensureFirstAdmin(ground, { adminApiKey: 'short' }),
        refusal('invalid', /TRIPLINE_ADMIN_API_KEY/),
      );
    });
  });
});
