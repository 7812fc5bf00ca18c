import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addMember } from '../src/directory/add-member.ts';
import { createAuthenticator } from '../src/directory/authenticate.ts';
import { createApiKey } from '../src/directory/create-api-key.ts';
import { createOrganization } from '../src/directory/create-organization.ts';
import { createTeam } from '../src/directory/create-team.ts';
import { createUser } from '../src/directory/create-user.ts';
import { deleteApiKey } from '../src/directory/delete-api-key.ts';
import { deleteOrganization } from '../src/directory/delete-organization.ts';
import { deleteUser } from '../src/directory/delete-user.ts';
import { ensureProject } from '../src/directory/ensure-project.ts';
import { findEntity } from '../src/directory/find-entity.ts';
import { findProject } from '../src/directory/find-project.ts';
import { issueKey } from '../src/directory/issue-key.ts';
import { removeMember } from '../src/directory/remove-member.ts';
import type { Viewer } from '../src/model/viewer.ts';
import type { Ground } from '../src/store/ground.ts';
import { longName, openStage, refusal, type Stage } from './directory-stage.ts';
import { forEachDatabase } from './support/databases.ts';

let stage: Stage;
let ground: Ground;
let admin: Viewer;

forEachDatabase((name) => {
  before(async () => {
    stage = await openStage(name);
    ({ ground, admin } = stage);
  });

  after(() => stage.drop());

  describe('users and keys', () => {
    test('a user has a personal entity of the same name, of which they are the admin', async () => {
      const ann = await stage.user('ann');
      const entity = await findEntity(ground, ann, ann.username);
      assert.equal(entity?.kind, 'personal');
      assert.equal(ann.roles.get(entity!.id), 'admin');
      assert.equal(ann.defaultEntity, ann.username);
    });

    test('users, teams and organizations share their names', async () => {
      const ann = await stage.user('ann');
      const made = await stage.team([]);
      for (const name of [ann.username, made.team.name, made.organization.name]) {
        await assert.rejects(createUser(ground, admin, { username: name }), refusal('conflict', /taken/));
        await assert.rejects(createOrganization(ground, admin, { name, members: [] }), refusal('conflict'));
        await assert.rejects(createTeam(ground, admin, made.organization, { name, members: [] }), refusal('conflict'));
      }
    });

    test('of two users made at once with one name, one is made', async () => {
      const username = longName('twin');
      const answers = await Promise.allSettled([1, 2].map(() => createUser(ground, admin, { username })));
      assert.deepEqual(answers.map((answer) => answer.status).sort(), ['fulfilled', 'rejected']);
    });

    test('an email address belongs to one user, whatever its case', async () => {
      const email = `${longName('mail')}@example.com`;
      await createUser(ground, admin, { username: longName('one'), email });
      const second = createUser(ground, admin, { username: longName('two'), email: email.toUpperCase() });
      await assert.rejects(second, refusal('conflict', /email/));
    });

    test('only an instance admin makes and deletes users and organizations', async () => {
      const ann = await stage.user('ann');
      await assert.rejects(createUser(ground, ann, { username: longName('bob') }), refusal('forbidden'));
      await assert.rejects(deleteUser(ground, ann, ann.username), refusal('forbidden'));
      await assert.rejects(
        createOrganization(ground, ann, { name: longName('org'), members: [] }),
        refusal('forbidden'),
      );
    });

    test('a password is stored as a hash only', async () => {
      const username = longName('pass');
      await createUser(ground, admin, { username, password: 'correct horse' });
      const [row] = await ground.database.query<{ hash: string }>(
        'select password_hash as hash from app_user where username = $1',
        [username],
      );
      assert.match(row!.hash, /^scrypt\$16384\$8\$5\$/);
      await assert.rejects(
        createUser(ground, admin, { username: longName('pass'), password: 'short' }),
        refusal('invalid'),
      );
    });

    test('a key that somebody has is refused without repeating it', async () => {
      const ann = await stage.user('ann');
      await assert.rejects(
        createUser(ground, admin, { username: longName('bob'), apiKey: ann.username }),
        (error: Error) => {
          assert.ok(!error.message.includes(ann.username));
          return refusal('conflict')(error);
        },
      );
    });

    test('a new key works at once and a deleted one no more', async () => {
      const authenticate = createAuthenticator(ground.database);
      const ann = await stage.user('ann');
      const made = await createApiKey(ground, ann, 'laptop');
      assert.match(made.key, /^[a-z0-9]{40}$/);
      assert.equal(made.hint, made.key.slice(-4));
      assert.equal((await authenticate(made.key))?.username, ann.username);
      await deleteApiKey(ground, ann, made.id);
      assert.equal(await authenticate(made.key), undefined);
      await assert.rejects(deleteApiKey(ground, ann, made.id), refusal('not_found'));
    });

    test('a key is stored as a hash only', async () => {
      const ann = await stage.user('ann');
      const { key } = await createApiKey(ground, ann, null);
      const rows = await ground.database.query<{ text: string }>(
        'select row_to_json(api_key)::text as text from api_key',
      );
      assert.ok(rows.every((row) => !row.text.includes(key)));
    });

    test('a lost key is replaced at the machine', async () => {
      const ann = await stage.user('ann');
      const key = await issueKey(ground, ann.username);
      assert.equal((await stage.signIn(key)).userId, ann.userId);
      await assert.rejects(issueKey(ground, 'nobody'), refusal('not_found'));
    });

    test('a deleted user is gone and their name is free again', async () => {
      const authenticate = createAuthenticator(ground.database);
      const ann = await stage.user('ann');
      const project = await ensureProject(ground, ann, null, 'vision');
      assert.ok(await authenticate(ann.username));
      await deleteUser(ground, admin, ann.username);
      assert.equal(await authenticate(ann.username), undefined);
      assert.equal(await findEntity(ground, admin, ann.username), undefined);
      assert.equal(await findProject(ground, admin, ann.username, project.name), undefined);
      await createUser(ground, admin, { username: ann.username, apiKey: ann.username });
      assert.notEqual((await stage.signIn(ann.username)).userId, ann.userId);
    });

    test('the last instance admin cannot be deleted', async () => {
      await assert.rejects(deleteUser(ground, admin, 'admin'), refusal('conflict', /last instance admin/));
      assert.ok(await findEntity(ground, admin, 'admin'), 'and nothing of it happened');
    });
  });

  describe('organizations and teams', () => {
    test('who joins a team joins its organization, and who leaves the organization leaves the team', async () => {
      const ann = await stage.user('ann');
      const made = await stage.team([{ username: ann.username, role: 'admin' }]);
      const joined = await stage.signIn(ann.username);
      assert.equal(joined.roles.get(made.team.id), 'admin');
      assert.equal(joined.roles.get(made.organization.id), 'member');
      await removeMember(ground, admin, made.organization, ann.username);
      assert.deepEqual([...(await stage.signIn(ann.username)).roles.keys()], [ann.entityId]);
      await assert.rejects(removeMember(ground, admin, made.organization, ann.username), refusal('not_found'));
    });

    test('a member who is added again gets the new role', async () => {
      const ann = await stage.user('ann');
      const { organization } = await stage.team([]);
      await addMember(ground, admin, organization, { username: ann.username, role: 'member' });
      await addMember(ground, admin, organization, { username: ann.username, role: 'admin' });
      assert.equal((await stage.signIn(ann.username)).roles.get(organization.id), 'admin');
    });

    test('an organization admin manages its members and teams, a member does not', async () => {
      const [ann, bob] = [await stage.user('ann'), await stage.user('bob')];
      const { organization } = await stage.team([]);
      await addMember(ground, admin, organization, { username: ann.username, role: 'admin' });
      const head = await stage.signIn(ann.username);
      await addMember(ground, head, organization, { username: bob.username, role: 'member' });
      await createTeam(ground, head, organization, { name: longName('team'), members: [] });
      const member = await stage.signIn(bob.username);
      const attempt = createTeam(ground, member, organization, { name: longName('team'), members: [] });
      await assert.rejects(attempt, refusal('forbidden'));
    });

    test('who creates a team is its admin, unless the members name them with another role', async () => {
      const ann = await stage.user('ann');
      const { organization } = await stage.team([]);
      await addMember(ground, admin, organization, { username: ann.username, role: 'admin' });
      const head = await stage.signIn(ann.username);
      const roleIn = async (members: Parameters<typeof createTeam>[3]['members']) => {
        const { id } = await createTeam(ground, head, organization, { name: longName('team'), members });
        return (await stage.signIn(ann.username)).roles.get(id);
      };
      assert.equal(await roleIn([]), 'admin');
      assert.equal(await roleIn([{ username: ann.username, role: 'viewer' }]), 'viewer');
    });

    test('an unknown member undoes the whole deed', async () => {
      const name = longName('org');
      const members = [{ username: 'nobody', role: 'admin' as const }];
      await assert.rejects(createOrganization(ground, admin, { name, members }), refusal('not_found', /nobody/));
      assert.equal(await findEntity(ground, admin, name), undefined);
    });

    test('a deleted organization takes its teams, projects and automations along, and the rulebook tells it', async () => {
      const ann = await stage.user('ann');
      const made = await stage.team([{ username: ann.username, role: 'member' }]);
      const member = await stage.signIn(ann.username);
      const project = await ensureProject(ground, member, made.team.name, 'vision');
      await ground.database.execute(
        `insert into automation (root_id, tenant_id, scope_kind, scope_id, name, enabled, definition, revision,
         condition_revision, rulebook_version, created_at)
       values ($1, $2, 'project', $3, 'tell', true, '{}', 1, 1, 0, to_timestamp(0))`,
        [made.organization.id, made.team.id, project.id],
      );
      await deleteOrganization(ground, admin, made.organization.name);
      for (const name of [made.team.name, made.organization.name]) {
        assert.equal(await findEntity(ground, admin, name), undefined);
      }
      assert.equal(await findProject(ground, admin, made.team.name, 'vision'), undefined);
      const [tombstone] = await ground.database.query<{ version: string; read: string }>(
        `select rulebook.version, automation.rulebook_version as read from automation join rulebook using (root_id)
       where automation.tenant_id = $1 and automation.deleted_at is not null`,
        [made.team.id],
      );
      assert.deepEqual(tombstone, { version: '1', read: '1' });
      assert.deepEqual([...(await stage.signIn(ann.username)).roles.keys()], [ann.entityId]);
      await createOrganization(ground, admin, { name: made.organization.name, members: [] });
      await assert.rejects(deleteOrganization(ground, ann, made.organization.name), refusal('not_found'));
    });
  });
});
