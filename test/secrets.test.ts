import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createWebhook } from '../src/directory/create-webhook.ts';
import { deleteOrganization } from '../src/directory/delete-organization.ts';
import { deleteSecret } from '../src/directory/delete-secret.ts';
import { type EntityPlace, placeOf } from '../src/directory/find-entity.ts';
import { listSecrets } from '../src/directory/list-secrets.ts';
import { requireEntity } from '../src/directory/require-entity.ts';
import { rotateSecret } from '../src/directory/rotate-secret.ts';
import type { SecretGround } from '../src/directory/save-secret.ts';
import type { Viewer } from '../src/model/viewer.ts';
import { MasterKeys } from '../src/secrets/master-keys.ts';
import { openSecrets, type SecretRoom } from '../src/secrets/open-secrets.ts';
import { refusal } from './directory-stage.ts';
import { NEW_KEY, openSecretStage, type SecretStage } from './secrets-stage.ts';
import { onOneDatabase } from './support/databases.ts';

let stage: SecretStage;
let ground: SecretGround;

const HOUR = 3_600_000;
const list = (viewer: Viewer, entity: EntityPlace, after: string | null = null, limit = 50) =>
  listSecrets(ground, viewer, entity, { after, limit });
const rotate = (viewer: Viewer, entity: EntityPlace, name: string, value: string, overlapHours = 0) =>
  rotateSecret(ground, viewer, entity, { name, value, overlapHours });

/** What a secret may be used for at first. */
const EVERYTHING = { webhooks: true, headerTemplates: true };

onOneDatabase('oldest', (name) => {
  before(async () => {
    stage = await openSecretStage(name);
    ground = { ...stage.ground, masters: stage.masters };
  });

  after(() => stage.drop());

  describe('secrets', () => {
    test('a secret is stored sealed, opens for its own entity, and is never shown', async () => {
      const { team, admin } = await stage.people();
      const saved = await stage.create(admin, team, 'TOKEN', 'a canary in the mine');
      assert.deepEqual(saved.notices, []);
      assert.ok(!JSON.stringify(saved).includes('canary'));
      const node = stage.node(stage.masters);
      assert.deepEqual(await node.open(team, 'TOKEN'), {
        kind: 'open',
        value: 'a canary in the mine',
        previous: undefined,
        access: EVERYTHING,
      });
      assert.deepEqual(await node.open(team, 'token'), { kind: 'missing' });
      assert.deepEqual(await node.open((await stage.people()).team, 'TOKEN'), { kind: 'missing' });
      const [row] = await ground.database.query<{ row: string }>(
        `select encode(sealed, 'escape') || secret::text as row from secret where tenant_id = $1::bigint`,
        [team.id],
      );
      assert.ok(row && !row.row.includes('canary'));
    });

    test('rows that somebody swapped in the database open for nobody', async () => {
      const { team, admin } = await stage.people();
      await stage.create(admin, team, 'ONE', 'the first value');
      await stage.create(admin, team, 'TWO', 'the second value');
      await ground.database.execute(
        `update secret set sealed = (select sealed from secret where tenant_id = $1::bigint and name = 'TWO')
         where tenant_id = $1::bigint and name = 'ONE'`,
        [team.id],
      );
      assert.deepEqual(await stage.node(stage.masters).open(team, 'ONE'), { kind: 'locked' });
    });

    test('AUT-123: a name with a hyphen, a leading digit, or a reserved name is refused with the rule', async () => {
      const { team, admin } = await stage.people();
      for (const bad of ['MY-TOKEN', '1TOKEN', '_TOKEN', '', 'x'.repeat(65), 'tökén']) {
        await assert.rejects(stage.create(admin, team, bad, 'a value'), refusal('invalid', /begin with a letter/));
      }
      for (const bad of ['ACCESS_TOKEN', 'alias', 'artifact_metadata', 'run_config']) {
        await assert.rejects(stage.create(admin, team, bad, 'a value'), refusal('invalid', /reserved/));
      }
      await stage.create(admin, team, 'x'.repeat(64), 'a value');
      await assert.rejects(stage.create(admin, team, 'x'.repeat(64), 'other'), refusal('conflict', /rotate/));
    });

    test('a value is 1 byte to 64 KiB of Unicode; one newline at its end is removed, and short ones are told', async () => {
      const { team, admin } = await stage.people();
      const [newline, short] = [/newline/, /cannot be masked/];
      const saved = await stage.create(admin, team, 'A', 'pasted value\n\n');
      assert.match(saved.notices.join(), newline);
      const open = async (secret: string) => {
        const found = await stage.node(stage.masters).open(team, secret);
        return found.kind === 'open' ? found.value : found.kind;
      };
      assert.equal(await open('A'), 'pasted value\n');
      assert.match((await stage.create(admin, team, 'B', 'short')).notices.join(), short);
      const largest = 'ä'.repeat(32 * 1024);
      await stage.create(admin, team, 'C', largest);
      assert.equal(await open('C'), largest);
      await stage.create(admin, team, 'D', ' \0\u{1f511} as it is ');
      assert.equal(await open('D'), ' \0\u{1f511} as it is ');
      for (const bad of ['', '\n', `${largest}x`, 'half a pair \ud83d']) {
        await assert.rejects(stage.create(admin, team, 'E', bad), refusal('invalid', /value of a secret/));
      }
    });

    test('AUT-122, AUT-127: a rotated value counts at once; the old one is given for its overlap only', async () => {
      const { team, admin } = await stage.people();
      const node = stage.node(stage.masters);
      await stage.create(admin, team, 'KEY', 'the value one');
      await rotate(admin, team, 'KEY', 'the value two', 72);
      assert.deepEqual(await node.open(team, 'KEY'), {
        kind: 'open',
        value: 'the value two',
        previous: 'the value one',
        access: EVERYTHING,
      });
      stage.clock.passed += 72 * HOUR + 1000;
      assert.deepEqual(await node.open(team, 'KEY'), {
        kind: 'open',
        value: 'the value two',
        previous: undefined,
        access: EVERYTHING,
      });
      await rotate(admin, team, 'KEY', 'the value three');
      assert.deepEqual(await node.open(team, 'KEY'), {
        kind: 'open',
        value: 'the value three',
        previous: undefined,
        access: EVERYTHING,
      });
      await assert.rejects(rotate(admin, team, 'KEY', 'another value', 73), refusal('invalid', /72/));
      await assert.rejects(rotate(admin, team, 'KEY', 'another value', -1), refusal('invalid', /72/));
      await assert.rejects(rotate(admin, team, 'NONE', 'another value'), refusal('not_found'));
    });

    test('AUT-125: a member sees names but no values; a view-only member sees neither', async () => {
      const { team, admin, member, viewer, stranger } = await stage.people();
      await stage.create(admin, team, 'B', 'a canary in the mine');
      await stage.create(admin, team, 'A', 'a canary in the mine');
      for (const seer of [admin, member]) {
        const seen = await list(seer, team);
        assert.deepEqual(
          seen.map(({ name }) => name),
          ['A', 'B'],
        );
        assert.ok(!JSON.stringify(seen).includes('canary'));
      }
      assert.deepEqual(await list(viewer, team), []);
      assert.deepEqual(await list(stranger, team), []);
      assert.deepEqual(
        (await list(member, team, 'A', 1)).map(({ name }) => name),
        ['B'],
      );
    });

    test('only admins of an entity write its secrets; everybody writes those of their own', async () => {
      const { team, admin, member, viewer, stranger } = await stage.people();
      await stage.create(admin, team, 'KEY', 'a value to keep');
      for (const [who, code] of [
        [member, 'forbidden'],
        [viewer, 'forbidden'],
        [stranger, 'not_found'],
      ] as const) {
        await assert.rejects(stage.create(who, team, 'MINE', 'a value'), refusal(code));
        await assert.rejects(rotate(who, team, 'KEY', 'a value'), refusal(code));
        await assert.rejects(deleteSecret(ground, who, team, 'KEY', { force: true }), refusal(code));
      }
      const home = placeOf(await requireEntity(stage.ground, stranger, stranger.username));
      assert.equal((await stage.create(stranger, home, 'KEY', 'my own value')).secret.createdBy, stranger.username);
    });

    test('a secret tells who made and rotated it and, to the minute, when it was used', async () => {
      const { team, admin } = await stage.people();
      const node = stage.node(stage.masters);
      await stage.create(admin, team, 'KEY', 'the value one');
      const first = async () => (await list(admin, team))[0];
      assert.deepEqual([(await first())?.rotatedAt, (await first())?.lastUsedAt], [null, null]);
      await node.open(team, 'KEY');
      const used = (await first())?.lastUsedAt ?? 0;
      assert.ok(Math.abs(used - ground.clock.now()) < 30_000);
      stage.clock.passed += 1000;
      await node.open(team, 'KEY');
      assert.equal((await first())?.lastUsedAt, used, 'a row is not written for every use');
      stage.clock.passed += 61_000;
      await node.open(team, 'KEY');
      assert.ok(((await first())?.lastUsedAt ?? 0) > used);
      await rotate(admin, team, 'KEY', 'the value two');
      assert.equal((await first())?.rotatedBy, admin.username);
    });

    test('deleting names the webhooks that use it and asks; forced, it is gone for good and may come again', async () => {
      const { team, admin } = await stage.people();
      const node = stage.node(stage.masters);
      await stage.create(admin, team, 'KEY', 'the value one');
      const hook = { name: 'pager', url: 'https://example.com/hook', accessTokenRef: null, secretRef: 'KEY' };
      await createWebhook(stage.ground, admin, team, hook);
      await createWebhook(stage.ground, admin, team, { ...hook, name: 'other', secretRef: 'KEYS' });
      assert.deepEqual((await list(admin, team))[0]?.usedBy, ['pager']);
      await assert.rejects(deleteSecret(ground, admin, team, 'KEY', { force: false }), refusal('conflict', /'pager'/));
      await deleteSecret(ground, admin, team, 'KEY', { force: true });
      assert.deepEqual(await node.open(team, 'KEY'), { kind: 'missing' });
      await assert.rejects(deleteSecret(ground, admin, team, 'KEY', { force: true }), refusal('not_found'));
      await stage.create(admin, team, 'KEY', 'the value two');
      const again = await node.open(team, 'KEY');
      assert.equal(again.kind === 'open' && again.value, 'the value two');
    });

    test('a batch opens the secrets of many entities at once', async () => {
      const [one, two] = [await stage.people(), await stage.people()];
      await stage.create(one.admin, one.team, 'KEY', 'the value of one');
      await stage.create(two.admin, two.team, 'KEY', 'the value of two');
      const { room } = stage.node(stage.masters);
      const asked: number[] = [];
      const counted: SecretRoom = {
        ...room,
        readSecrets: (wanted) => {
          asked.push(wanted.length);
          return room.readSecrets(wanted);
        },
      };
      const found = await openSecrets(counted, [
        { tenantId: one.team.tenantId, names: ['KEY', 'NONE', 'KEY'] },
        { tenantId: two.team.tenantId, names: ['KEY'] },
      ]);
      const values = [one, two].map(({ team }) => found(team.tenantId, 'KEY'));
      assert.deepEqual(
        values.map((each) => each.kind === 'open' && each.value),
        ['the value of one', 'the value of two'],
      );
      assert.equal(found(one.team.tenantId, 'NONE').kind, 'missing');
      assert.deepEqual(asked, [3], 'one statement, each secret once');
    });

    test('a node that does not know the master key says so, refuses writes, and lists as before', async () => {
      const { team, admin } = await stage.people();
      await stage.create(admin, team, 'KEY', 'the value one');
      const stray = new MasterKeys(NEW_KEY);
      const node = stage.node(stray);
      for (let time = 0; time < 3; time += 1) assert.deepEqual(await node.open(team, 'KEY'), { kind: 'locked' });
      assert.deepEqual(node.locked, [team.id], 'told once');
      const wrong = { ...ground, masters: stray };
      const write = rotateSecret(wrong, admin, team, { name: 'KEY', value: 'the value two', overlapHours: 0 });
      await assert.rejects(write, refusal('unavailable', /master key/));
      assert.equal((await list(admin, team)).length, 1);
      const kept = await stage.node(stage.masters).open(team, 'KEY');
      assert.equal(kept.kind === 'open' && kept.value, 'the value one');
    });

    test('with its entity a secret and the key that opened it are gone', async () => {
      const { team, admin } = await stage.people();
      await stage.create(admin, team, 'KEY', 'the value one');
      const [organization] = await ground.database.query<{ name: string }>(
        'select name from entity where id = $1::bigint',
        [team.rootId],
      );
      await deleteOrganization(stage.ground, stage.admin, organization?.name ?? '');
      for (const table of ['secret', 'tenant_key']) {
        const rows = await ground.database.query(`select from ${table} where tenant_id = $1::bigint`, [team.id]);
        assert.equal(rows.length, 0, table);
      }
    });
  });
});
