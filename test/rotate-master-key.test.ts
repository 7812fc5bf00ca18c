import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createSecret } from '../src/directory/create-secret.ts';
import type { EntityPlace } from '../src/directory/find-entity.ts';
import { rotateMasterKey } from '../src/directory/rotate-master-key.ts';
import type { Viewer } from '../src/model/viewer.ts';
import { keyCheck, masterKeyFrom } from '../src/secrets/master-key.ts';
import { MasterKeys } from '../src/secrets/master-keys.ts';
import { settleMasterKey } from '../src/server/settle-master-key.ts';
import type { Database } from '../src/store/database.ts';
import { claimInstanceValue, instanceValue } from '../src/store/instance.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import { refusal } from './directory-stage.ts';
import { NEW_KEY, OLD_KEY, openSecretStage, type SecretStage } from './secrets-stage.ts';
import { forEachDatabase, withDatabase } from './support/databases.ts';

let stage: SecretStage;
let database: Database;

const both = new MasterKeys(OLD_KEY, NEW_KEY);
const wrappedBy = async (entity: EntityPlace): Promise<string | undefined> => {
  const sql = 'select wrapped_by as check from tenant_key where tenant_id = $1::bigint';
  return (await database.query<{ check: string }>(sql, [entity.id]))[0]?.check;
};

forEachDatabase((name) => {
  before(async () => {
    stage = await openSecretStage(name);
    database = stage.ground.database;
  });

  after(() => stage.drop());

  describe('rotating the master key', () => {
    test('AUT-126: under load no secret is locked, lost or written in vain, on any node', async () => {
      const teams = await Promise.all(Array.from({ length: 12 }, () => stage.people()));
      const [early, late] = [teams.slice(0, 6), teams.slice(6)];
      for (const { admin, team } of early) await stage.create(admin, team, 'KEY', `the value of ${team.id}`);
      const unaware = stage.node(new MasterKeys(OLD_KEY));
      const [known] = early;
      assert.ok(known);
      await unaware.open(known.team, 'KEY');

      let rotated = false;
      let opened = 0;
      const read = async (): Promise<void> => {
        while (!rotated) {
          for (const { team } of early) {
            const found = await stage.node(both).open(team, 'KEY');
            assert.equal(found.kind === 'open' && found.value, `the value of ${team.id}`);
            opened += 1;
          }
        }
      };
      const write = async ({ admin, team }: { admin: Viewer; team: EntityPlace }): Promise<void> => {
        const ground = { ...stage.ground, masters: both };
        for (let turn = 0; turn === 0 || !rotated; turn += 1) {
          await createSecret(ground, admin, team, { name: `KEY_${turn}`, value: `the value of ${team.id}` });
        }
      };
      const load = Promise.all([read(), read(), ...late.map(write)]);
      const result = await rotateMasterKey({ database, clock: stage.ground.clock }, { old: OLD_KEY, next: NEW_KEY }, 2);
      rotated = true;
      await load;

      assert.equal(result.left, 0);
      assert.ok(result.rewrapped >= early.length && opened > 0);
      const onlyNew = stage.node(new MasterKeys(NEW_KEY));
      for (const [index, { team }] of teams.entries()) {
        assert.equal(await wrappedBy(team), keyCheck(NEW_KEY));
        const found = await onlyNew.open(team, index < early.length ? 'KEY' : 'KEY_0');
        assert.equal(found.kind === 'open' && found.value, `the value of ${team.id}`);
      }
      // the node that was not told of the new key goes on with what it opened before, and says what it cannot open
      assert.equal((await unaware.open(known.team, 'KEY')).kind, 'open');
      const [, other] = early;
      assert.ok(other);
      assert.equal((await unaware.open(other.team, 'KEY')).kind, 'locked');
      assert.deepEqual(unaware.locked, [other.team.id]);
    });

    test('run again it changes nothing; broken off, it is taken up where it was', async () => {
      const again = { old: OLD_KEY, next: NEW_KEY };
      assert.deepEqual(await rotateMasterKey({ database, clock: stage.ground.clock }, again), {
        rewrapped: 0,
        left: 0,
      });
      const { admin, team } = await stage.people();
      const masters = new MasterKeys(NEW_KEY);
      await createSecret({ ...stage.ground, masters }, admin, team, { name: 'KEY', value: 'the value one' });
      const third = masterKeyFrom('a third master key of these tests');
      // as if the process had ended after the first step
      await database.execute('update instance set value = $2::text where key = $1::text', [
        'master_key_check',
        keyCheck(third),
      ]);
      const resumed = await rotateMasterKey({ database, clock: stage.ground.clock }, { old: NEW_KEY, next: third });
      assert.ok(resumed.rewrapped > 0);
      const found = await stage.node(new MasterKeys(third)).open(team, 'KEY');
      assert.equal(found.kind === 'open' && found.value, 'the value one');
      await rotateMasterKey({ database, clock: stage.ground.clock }, { old: third, next: NEW_KEY });
    });

    test('a key that neither master key wrapped is left as it is, and told', async () => {
      const { admin, team } = await stage.people();
      const masters = new MasterKeys(NEW_KEY);
      await createSecret({ ...stage.ground, masters }, admin, team, { name: 'KEY', value: 'the value one' });
      const spoilt = `update tenant_key set wrapped = $2::bytea where tenant_id = $1::bigint`;
      await database.execute(spoilt, [team.id, Buffer.alloc(61, 1)]);
      assert.equal(
        (await rotateMasterKey({ database, clock: stage.ground.clock }, { old: NEW_KEY, next: OLD_KEY })).left,
        1,
      );
      await rotateMasterKey({ database, clock: stage.ground.clock }, { old: OLD_KEY, next: NEW_KEY });
      assert.equal(await wrappedBy(team), keyCheck(NEW_KEY));
    });

    test('keys of another database, and the same key twice, are refused before anything is changed', async () => {
      const [one, two] = [masterKeyFrom('a strange master key'), masterKeyFrom('another strange one')];
      const strange = rotateMasterKey({ database, clock: stage.ground.clock }, { old: one, next: two });
      await assert.rejects(strange, refusal('invalid', /neither the old nor the new/));
      const same = rotateMasterKey({ database, clock: stage.ground.clock }, { old: NEW_KEY, next: NEW_KEY });
      await assert.rejects(same, refusal('invalid', /make another/));
      assert.equal(await instanceValue(database, 'master_key_check'), keyCheck(NEW_KEY));
    });
  });

  describe('the master keys of a node', () => {
    const [old, next] = ['old key '.repeat(8), 'new key '.repeat(8)] as const;
    const settle = (given: Database, masterKey: string, newMasterKey?: string) =>
      settleMasterKey(given, { masterKey, newMasterKey, data: '/nowhere' });

    test('before, during and after a rotation a node starts with the key that counts first', () =>
      withDatabase(name, async (fresh) => {
        await ensurePartitions(fresh, Date.now());
        const [oldKey, newKey] = [masterKeyFrom(old), masterKeyFrom(next)];
        assert.deepEqual((await settle(fresh, old, next)).masters.known, [oldKey, newKey].map(keyCheck));
        await rotateMasterKey({ database: fresh, clock: stage.ground.clock }, { old: oldKey, next: newKey });
        assert.deepEqual((await settle(fresh, old, next)).masters.known, [newKey, oldKey].map(keyCheck));
        assert.deepEqual((await settle(fresh, next)).masters.known, [keyCheck(newKey)]);
      }));

    test('without the key that counts a node says so without the key, and the database keeps the one that it has', () =>
      withDatabase(name, async (fresh) => {
        const counting = keyCheck(masterKeyFrom(next));
        await claimInstanceValue(fresh, 'master_key_check', counting);
        for (const wrong of [await settle(fresh, old), await settle(fresh, old, 'third key '.repeat(8))]) {
          assert.match(wrong.fault ?? '', /TRIPLINE_MASTER_KEY is not the one/);
          assert.ok(!wrong.fault?.includes('old key') && !wrong.masters.known.includes(counting));
        }
        assert.equal(await instanceValue(fresh, 'master_key_check'), counting);
        assert.equal((await settle(fresh, old, next)).fault, undefined);
      }));
  });
});
