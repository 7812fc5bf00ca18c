import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { deleteProject } from '../src/directory/delete-project.ts';
import { ensureProject } from '../src/directory/ensure-project.ts';
import { findEntity } from '../src/directory/find-entity.ts';
import { findProject } from '../src/directory/find-project.ts';
import { listProjects } from '../src/directory/list-projects.ts';
import { upsertProject } from '../src/directory/upsert-project.ts';
import type { Ground } from '../src/store/ground.ts';
import { openStage, refusal, type Stage } from './directory-stage.ts';
import { forEachDatabase } from './support/databases.ts';

let stage: Stage;
let ground: Ground;

forEachDatabase((name) => {
  before(async () => {
    stage = await openStage(name);
    ground = stage.ground;
  });

  after(() => stage.drop());

  describe('projects', () => {
    test('the project of a run is made once, also by many at once, and only its team sees it', async () => {
      const [ann, bob] = [await stage.user('ann'), await stage.user('bob')];
      const made = await Promise.all([1, 2, 3, 4].map(() => ensureProject(ground, ann, null, 'vision')));
      assert.equal(new Set(made.map((project) => project.id)).size, 1);
      assert.deepEqual([made[0]!.visibility, made[0]!.entityName], ['Team', ann.username]);
      assert.ok(await findProject(ground, ann, undefined, 'vision'));
      assert.equal(await findProject(ground, bob, ann.username, 'vision'), undefined);
    });

    test('an unknown entity and a hidden one are answered alike', async () => {
      const [ann, bob] = [await stage.user('ann'), await stage.user('bob')];
      await ensureProject(ground, ann, null, 'vision');
      const tell = (name: string) => new RegExp(`^entity ${name} not found during upsertBucket$`);
      await assert.rejects(ensureProject(ground, bob, 'nowhere', 'x'), refusal('not_found', tell('nowhere')));
      for (const name of ['vision', 'other']) {
        const attempt = ensureProject(ground, bob, ann.username, name);
        await assert.rejects(attempt, refusal('not_found', tell(ann.username)));
      }
    });

    test('who may see but not write is told that permission is denied', async () => {
      const [ann, bob] = [await stage.user('ann'), await stage.user('bob')];
      const made = await stage.team([
        { username: ann.username, role: 'member' },
        { username: bob.username, role: 'viewer' },
      ]);
      await ensureProject(ground, await stage.signIn(ann.username), made.team.name, 'vision');
      for (const name of ['vision', 'other']) {
        const attempt = ensureProject(ground, await stage.signIn(bob.username), made.team.name, name);
        await assert.rejects(
          attempt,
          refusal('forbidden', new RegExp(`^permission denied: .* role member in '${made.team.name}'`)),
        );
      }
    });

    test('a stranger sees a public project, logs to an open one, and finds no more', async () => {
      const [ann, bob] = [await stage.user('ann'), await stage.user('bob')];
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
      const ann = await stage.user('ann');
      for (const name of ['a', 'b', 'c']) await ensureProject(ground, ann, null, name);
      const first = await listProjects(ground, ann, null, { after: null, limit: 2 });
      const second = await listProjects(ground, ann, null, { after: first.next, limit: 2 });
      const names = [...first.items, ...second.items].map((project) => project.name);
      assert.deepEqual([names, second.next], [['c', 'b', 'a'], null]);
    });

    test('an upsert tells whether it made the project, and changes only what it names', async () => {
      const ann = await stage.user('ann');
      const spec = { entityName: null, name: 'vision' };
      assert.equal((await upsertProject(ground, ann, { ...spec, description: 'eyes' })).inserted, true);
      const again = await upsertProject(ground, ann, { ...spec, visibility: 'Public' });
      assert.deepEqual(
        [again.inserted, again.project.description, again.project.visibility],
        [false, 'eyes', 'Public'],
      );
    });

    test('a deleted project is not found, and its name is free again', async () => {
      const ann = await stage.user('ann');
      const project = await ensureProject(ground, ann, null, 'vision');
      await deleteProject(ground, ann, project);
      assert.equal(await findProject(ground, ann, null, 'vision'), undefined);
      await assert.rejects(deleteProject(ground, ann, project), refusal('not_found'));
      assert.notEqual((await ensureProject(ground, ann, null, 'vision')).id, project.id);
    });

    test('a name that no project can have is refused', async () => {
      const ann = await stage.user('ann');
      await assert.rejects(ensureProject(ground, ann, null, 'a/b'), refusal('invalid'));
    });
  });
});
