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
import { deleteProject } from '../src/directory/delete-project.ts';
import { deleteUser } from '../src/directory/delete-user.ts';
import { ensureFirstAdmin } from '../src/directory/ensure-first-admin.ts';
import { ensureProject } from '../src/directory/ensure-project.ts';
import { findEntity } from '../src/directory/find-entity.ts';
import { findProject } from '../src/directory/find-project.ts';
import { issueKey } from '../src/directory/issue-key.ts';
import { listProjects } from '../src/directory/list-projects.ts';
import { removeMember } from '../src/directory/remove-member.ts';
import { requireOrganization } from '../src/directory/require-entity.ts';
import { upsertProject } from '../src/directory/upsert-project.ts';
import type { RefusalCode } from '../src/model/error.ts';
import { TriplineError } from '../src/model/error.ts';
import type { Viewer } from '../src/model/viewer.ts';
import type { Ground } from '../src/store/ground.ts';
import { leaseNodeNumber } from '../src/store/nodes.ts';
import type { FreshGround } from './directory-database.ts';
import { freshGround } from './directory-database.ts';
import { forEachDatabase } from './support/databases.ts';

let fresh: FreshGround;
let ground: Ground;
let admin: Viewer;
let counter = 0;

/** The client's own suite uses usernames of this length as API keys. */
function longName(word: string): string {
  counter += 1;
  return `${word}-${String(counter).padStart(45, '0')}`;
}

async function signIn(key: string): Promise<Viewer> {
  const viewer = await createAuthenticator(ground.database)(key);
  assert.ok(viewer, 'the key is somebody’s');
  return viewer;
}

/** A user whose key is their name. */
async function user(word: string): Promise<Viewer> {
  const username = longName(word);
  await createUser(ground, admin, { username, apiKey: username });
  return signIn(username);
}

async function team(members: { username: string; role: 'admin' | 'member' | 'viewer' }[]) {
  const organization = await createOrganization(ground, admin, { name: longName('org'), members: [] });
  const place = await requireOrganization(ground, admin, organization.name);
  return { organization: place, team: await createTeam(ground, admin, place, { name: longName('team'), members }) };
}

const refusal = (code: RefusalCode, message?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof TriplineError, String(error));
  assert.equal(error.code, code);
  if (message) assert.match(error.message, message);
  return true;
};

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
      admin = await signIn(makers[0]!.apiKey!);
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

  describe('users and keys', () => {
    test('a user has a personal entity of the same name, of which they are the admin', async () => {
      const ann = await user('ann');
      const entity = await findEntity(ground, ann, ann.username);
      assert.equal(entity?.kind, 'personal');
      assert.equal(ann.roles.get(entity!.id), 'admin');
      assert.equal(ann.defaultEntity, ann.username);
    });

    test('users, teams and organizations share their names', async () => {
      const ann = await user('ann');
      const made = await team([]);
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
      const ann = await user('ann');
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
      const ann = await user('ann');
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
      const ann = await user('ann');
      const made = await createApiKey(ground, ann, 'laptop');
      assert.match(made.key, /^[a-z0-9]{40}$/);
      assert.equal(made.hint, made.key.slice(-4));
      assert.equal((await authenticate(made.key))?.username, ann.username);
      await deleteApiKey(ground, ann, made.id);
      assert.equal(await authenticate(made.key), undefined);
      await assert.rejects(deleteApiKey(ground, ann, made.id), refusal('not_found'));
    });

    test('a key is stored as a hash only', async () => {
      const ann = await user('ann');
      const { key } = await createApiKey(ground, ann, null);
      const rows = await ground.database.query<{ text: string }>(
        'select row_to_json(api_key)::text as text from api_key',
      );
      assert.ok(rows.every((row) => !row.text.includes(key)));
    });

    test('a lost key is replaced at the machine', async () => {
      const ann = await user('ann');
      const key = await issueKey(ground, ann.username);
      assert.equal((await signIn(key)).userId, ann.userId);
      await assert.rejects(issueKey(ground, 'nobody'), refusal('not_found'));
    });

    test('a deleted user is gone and their name is free again', async () => {
      const authenticate = createAuthenticator(ground.database);
      const ann = await user('ann');
      const project = await ensureProject(ground, ann, null, 'vision');
      assert.ok(await authenticate(ann.username));
      await deleteUser(ground, admin, ann.username);
      assert.equal(await authenticate(ann.username), undefined);
      assert.equal(await findEntity(ground, admin, ann.username), undefined);
      assert.equal(await findProject(ground, admin, ann.username, project.name), undefined);
      await createUser(ground, admin, { username: ann.username, apiKey: ann.username });
      assert.notEqual((await signIn(ann.username)).userId, ann.userId);
    });

    test('the last instance admin cannot be deleted', async () => {
      await assert.rejects(deleteUser(ground, admin, 'admin'), refusal('conflict', /last instance admin/));
      assert.ok(await findEntity(ground, admin, 'admin'), 'and nothing of it happened');
    });
  });

  describe('organizations and teams', () => {
    test('who joins a team joins its organization, and who leaves the organization leaves the team', async () => {
      const ann = await user('ann');
      const made = await team([{ username: ann.username, role: 'admin' }]);
      const joined = await signIn(ann.username);
      assert.equal(joined.roles.get(made.team.id), 'admin');
      assert.equal(joined.roles.get(made.organization.id), 'member');
      await removeMember(ground, admin, made.organization, ann.username);
      assert.deepEqual([...(await signIn(ann.username)).roles.keys()], [ann.entityId]);
      await assert.rejects(removeMember(ground, admin, made.organization, ann.username), refusal('not_found'));
    });

    test('a member who is added again gets the new role', async () => {
      const ann = await user('ann');
      const { organization } = await team([]);
      await addMember(ground, admin, organization, { username: ann.username, role: 'member' });
      await addMember(ground, admin, organization, { username: ann.username, role: 'admin' });
      assert.equal((await signIn(ann.username)).roles.get(organization.id), 'admin');
    });

    test('an organization admin manages its members and teams, a member does not', async () => {
      const [ann, bob] = [await user('ann'), await user('bob')];
      const { organization } = await team([]);
      await addMember(ground, admin, organization, { username: ann.username, role: 'admin' });
      const head = await signIn(ann.username);
      await addMember(ground, head, organization, { username: bob.username, role: 'member' });
      await createTeam(ground, head, organization, { name: longName('team'), members: [] });
      const member = await signIn(bob.username);
      const attempt = createTeam(ground, member, organization, { name: longName('team'), members: [] });
      await assert.rejects(attempt, refusal('forbidden'));
    });

    test('an unknown member undoes the whole deed', async () => {
      const name = longName('org');
      const members = [{ username: 'nobody', role: 'admin' as const }];
      await assert.rejects(createOrganization(ground, admin, { name, members }), refusal('not_found', /nobody/));
      assert.equal(await findEntity(ground, admin, name), undefined);
    });

    test('a deleted organization takes its teams, projects and automations along, and the rulebook tells it', async () => {
      const ann = await user('ann');
      const made = await team([{ username: ann.username, role: 'member' }]);
      const member = await signIn(ann.username);
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
      assert.deepEqual([...(await signIn(ann.username)).roles.keys()], [ann.entityId]);
      await createOrganization(ground, admin, { name: made.organization.name, members: [] });
      await assert.rejects(deleteOrganization(ground, ann, made.organization.name), refusal('not_found'));
    });
  });

  describe('projects', () => {
    test('the project of a run is made once, also by many at once, and only its team sees it', async () => {
      const [ann, bob] = [await user('ann'), await user('bob')];
      const made = await Promise.all([1, 2, 3, 4].map(() => ensureProject(ground, ann, null, 'vision')));
      assert.equal(new Set(made.map((project) => project.id)).size, 1);
      assert.deepEqual([made[0]!.visibility, made[0]!.entityName], ['Team', ann.username]);
      assert.ok(await findProject(ground, ann, undefined, 'vision'));
      assert.equal(await findProject(ground, bob, ann.username, 'vision'), undefined);
    });

    test('an unknown entity and a hidden one are answered alike', async () => {
      const [ann, bob] = [await user('ann'), await user('bob')];
      await ensureProject(ground, ann, null, 'vision');
      const tell = (name: string) => new RegExp(`^entity ${name} not found during upsertBucket$`);
      await assert.rejects(ensureProject(ground, bob, 'nowhere', 'x'), refusal('not_found', tell('nowhere')));
      for (const name of ['vision', 'other']) {
        const attempt = ensureProject(ground, bob, ann.username, name);
        await assert.rejects(attempt, refusal('not_found', tell(ann.username)));
      }
    });

    test('who may see but not write is told that permission is denied', async () => {
      const [ann, bob] = [await user('ann'), await user('bob')];
      const made = await team([
        { username: ann.username, role: 'member' },
        { username: bob.username, role: 'viewer' },
      ]);
      await ensureProject(ground, await signIn(ann.username), made.team.name, 'vision');
      for (const name of ['vision', 'other']) {
        const attempt = ensureProject(ground, await signIn(bob.username), made.team.name, name);
        await assert.rejects(attempt, refusal('forbidden', /^permission denied$/));
      }
    });

    test('a stranger sees a public project, logs to an open one, and finds no more', async () => {
      const [ann, bob] = [await user('ann'), await user('bob')];
      for (const visibility of ['Public', 'Open', 'Team', 'Restricted'] as const) {
        await upsertProject(ground, ann, { entityName: null, name: visibility, visibility });
      }
      const page = await listProjects(ground, bob, ann.username, { after: null, limit: 10 });
      assert.deepEqual(
        page.items.map((project) => project.name),
        ['Open', 'Public'],
      );
      assert.equal((await ensureProject(ground, bob, ann.username, 'Open')).name, 'Open');
      await assert.rejects(ensureProject(ground, bob, ann.username, 'Public'), refusal('forbidden'));
      assert.equal(await findEntity(ground, bob, ann.username), undefined);
    });

    test('a list is read page by page, newest first', async () => {
      const ann = await user('ann');
      for (const name of ['a', 'b', 'c']) await ensureProject(ground, ann, null, name);
      const first = await listProjects(ground, ann, null, { after: null, limit: 2 });
      const second = await listProjects(ground, ann, null, { after: first.next, limit: 2 });
      const names = [...first.items, ...second.items].map((project) => project.name);
      assert.deepEqual([names, second.next], [['c', 'b', 'a'], null]);
    });

    test('an upsert tells whether it made the project, and changes only what it names', async () => {
      const ann = await user('ann');
      const spec = { entityName: null, name: 'vision' };
      assert.equal((await upsertProject(ground, ann, { ...spec, description: 'eyes' })).inserted, true);
      const again = await upsertProject(ground, ann, { ...spec, visibility: 'Public' });
      assert.deepEqual(
        [again.inserted, again.project.description, again.project.visibility],
        [false, 'eyes', 'Public'],
      );
    });

    test('a deleted project is not found, and its name is free again', async () => {
      const ann = await user('ann');
      const project = await ensureProject(ground, ann, null, 'vision');
      await deleteProject(ground, ann, project);
      assert.equal(await findProject(ground, ann, null, 'vision'), undefined);
      await assert.rejects(deleteProject(ground, ann, project), refusal('not_found'));
      assert.notEqual((await ensureProject(ground, ann, null, 'vision')).id, project.id);
    });

    test('a name that no project can have is refused', async () => {
      const ann = await user('ann');
      await assert.rejects(ensureProject(ground, ann, null, 'a/b'), refusal('invalid'));
    });
  });

  describe('node numbers', () => {
    test('processes that start at once get different numbers, and give them back', async () => {
      const leases = await Promise.all([1, 2, 3, 4].map(() => leaseNodeNumber(ground, assert.fail)));
      assert.equal(new Set(leases.map((lease) => lease.number)).size, 4);
      await Promise.all(leases.map((lease) => lease.stop()));
      const [held] = await ground.database.query<{ count: string }>(
        'select count(*) from node where lease_until > to_timestamp($1::float8 / 1000)',
        [Date.now() + 1],
      );
      assert.equal(held?.count, '0');
    });

    test('a process whose number was taken is told once', async (context) => {
      context.mock.timers.enable({ apis: ['setInterval'] });
      const lost = new Promise<string>((resolve) => {
        void leaseNodeNumber(ground, resolve).then(async (lease) => {
          await ground.database.execute('update node set holder = gen_random_uuid() where number = $1', [lease.number]);
          context.mock.timers.tick(15_000);
        });
      });
      assert.match(await lost, /another process/);
    });
  });
});
