import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { RefusalCode } from '../src/model/error.ts';
import type { ArtifactKey } from '../src/store/artifacts.ts';
import { artifactById } from '../src/store/artifacts.ts';
import { collectionByName } from '../src/store/collections.ts';
import { placesOf } from '../src/store/memberships.ts';
import type { ProjectPlace } from '../src/store/projects.ts';
import { tagsOf } from '../src/store/version-tags.ts';
import { addAliases } from '../src/tracking/add-aliases.ts';
import { deleteAliases } from '../src/tracking/delete-aliases.ts';
import { deleteArtifact } from '../src/tracking/delete-artifact.ts';
import { deleteCollection } from '../src/tracking/delete-collection.ts';
import { editCollection } from '../src/tracking/edit-collection.ts';
import { linkArtifact } from '../src/tracking/link-artifact.ts';
import { addCollectionTags, deleteCollectionTags } from '../src/tracking/tag-collection.ts';
import { unlinkArtifact } from '../src/tracking/unlink-artifact.ts';
import { updateArtifact } from '../src/tracking/update-artifact.ts';
import { type EditScene, type EditStage, openEditStage } from './artifact-edits-stage.ts';
import { refusal } from './directory-stage.ts';
import { forEachDatabase } from './support/databases.ts';

let stage: EditStage;
let scene: EditScene;

forEachDatabase((name) => {
  before(async () => {
    stage = await openEditStage(name);
    scene = await stage.scene();
  });
  after(() => stage.drop());

  describe('aliases', () => {
    test('an alias moves from its holder to the version that gets it', async () => {
      const [older, newer] = await versions('moves', 2);
      await add(older, 'moves', ['prod', 'best']);
      await add(newer, 'moves', ['prod']);
      assert.deepEqual(await shown('moves'), { v0: ['best'], v1: ['latest', 'prod'] });
    });

    test('an alias is taken only from the version that is named, latest too', async () => {
      const [older, newer] = await versions('taken', 2);
      await add(older, 'taken', ['prod']);
      await remove(newer, 'taken', ['prod', 'latest', 'none']);
      assert.deepEqual(await shown('taken'), { v0: ['prod'], v1: [] });
    });

    test('a linked version has other aliases in each of its places', async () => {
      const [version] = await versions('here', 1);
      await link(version, 'there');
      await add(version, 'there', ['prod'], scene.registry);
      assert.deepEqual(await shown('here'), { v0: ['latest'] });
      assert.deepEqual(await shown('there', scene.registry), { v0: ['latest', 'prod'] });
    });

    test('names that no alias can have, unknown collections and foreign versions are refused', async () => {
      const [version] = await versions('one', 1);
      await versions('other', 1);
      for (const alias of ['v3', 'a/b', 'a:b', '']) await refused('invalid', () => add(version, 'one', ['ok', alias]));
      await refused('not_found', () => add(version, 'nowhere', ['ok']), /nowhere/);
      await refused('not_found', () => add(version, 'other', ['ok']), /other/);
      const bob = await stage.user('bob');
      const wanted = [{ project: scene.project, collectionName: 'one', aliases: ['ok'] }];
      await refused('not_found', () => addAliases(stage.room, bob, version, wanted));
    });

    test('of many moves at once one version holds the alias in the end', async () => {
      const all = await versions('race', 6);
      await Promise.all(all.flatMap((version) => [1, 2].map(() => add(version, 'race', ['prod', 'best']))));
      const held = Object.values((await shown('race')) ?? {}).flat();
      assert.deepEqual(held.sort(), ['best', 'latest', 'prod']);
    });
  });

  describe('editing a version', () => {
    test('text, tags and the whole set of aliases change together', async () => {
      const [older, version] = await versions('edited', 2);
      await add(older, 'edited', ['prod']);
      await add(version, 'edited', ['old']);
      const edit = { description: 'good', metadata: '{"loss": NaN, "a": {"b": 1}}', ttlSeconds: 3600 };
      await update(version, { ...edit, tagsToAdd: ['b', 'a', 'b'], aliases: ['prod', 'latest'] });
      const changed = await update(version, { tagsToAdd: ['c'], tagsToDelete: ['a', 'none'] });
      assert.deepEqual([changed.description, changed.metadataRaw, changed.ttlSeconds], Object.values(edit));
      assert.deepEqual(changed.metadata, { loss: { '~': 'NaN' }, a: { b: 1 } });
      assert.deepEqual(await tagsOf(stage.ground.database, version), ['b', 'c']);
      assert.deepEqual(await shown('edited'), { v0: [], v1: ['latest', 'prod'] });
    });

    test('a refused edit changes nothing at all', async () => {
      const [version] = await versions('kept', 1);
      const pending = await scene.version(await scene.sequence('kept-pending'), 'pending');
      const good = { description: 'lost', tagsToAdd: ['lost'] };
      await refused('invalid', () => update(version, { ...good, metadata: '[1]' }));
      await refused('invalid', () => update(version, { ...good, metadata: '{' }));
      for (const ttlSeconds of [0, -3, 1.5]) await refused('invalid', () => update(version, { ...good, ttlSeconds }));
      await refused('invalid', () => update(version, { ...good, aliases: ['v1'] }));
      await refused('invalid', () => update(version, { ...good, tagsToAdd: ['a.b'] }));
      await refused('invalid', () => update(pending, good), /committed/);
      const bob = await stage.user('bob');
      await refused('not_found', () => updateArtifact(stage.room, bob, version, good));
    });
  });

  describe('deleting a version', () => {
    test('it leaves every place, and latest goes to the newest that remains', async () => {
      const [first, second, third] = await versions('deleted', 3);
      for (const version of [first, third]) await link(version, 'deleted-links');
      await update(third, { tagsToAdd: ['t'] });
      const gone = await deleteArtifact(stage.room, scene.ann, third, false);
      assert.deepEqual([gone.state, gone.versionIndex], ['deleted', null]);
      assert.deepEqual(await shown('deleted'), { v0: [], v1: ['latest'] });
      assert.deepEqual(await shown('deleted-links', scene.registry), { v0: ['latest'] });
      assert.equal((await stage.files(third)).length, 0);
      assert.equal((await stage.files(second)).length, 1);
    });

    test('it is deleted once, however often and by how many that is asked', async () => {
      const [first, second] = await versions('once', 2);
      await link(second, 'once-links');
      const ask = () => deleteArtifact(stage.room, scene.ann, second, false);
      const answers = [...(await Promise.all([ask(), ask(), ask()])), await ask()];
      for (const { artifactId, state } of answers)
        assert.deepEqual([artifactId, state], [second.artifactId, 'deleted']);
      assert.deepEqual(await stage.told(second.artifactId), ['artifact.deleted']);
      const bob = await stage.signIn((await stage.user('bob')).username);
      await refused('not_found', () => deleteArtifact(stage.room, bob, second, false));
      await refused('not_found', () =>
        deleteArtifact(stage.room, scene.ann, { ...first, artifactId: '1' as never }, true),
      );
    });

    test('latest stays with its holder when an older version goes, and with nobody when it was taken away', async () => {
      const [first, second, third] = await versions('older', 3);
      await deleteArtifact(stage.room, scene.ann, first, false);
      assert.deepEqual(await shown('older'), { v1: [], v2: ['latest'] });
      await remove(third, 'older', ['latest']);
      await deleteArtifact(stage.room, scene.ann, third, false);
      assert.deepEqual(await shown('older'), { v1: [] });
      await deleteArtifact(stage.room, scene.ann, second, false);
      assert.deepEqual(await shown('older'), {});
      await scene.version((await collection('older'))!);
      assert.deepEqual(await shown('older'), { v3: ['latest'] }, 'numbers are never given twice');
    });

    test('aliases protect it wherever they are, and the refusal names them', async () => {
      const [version] = await versions('protected', 1);
      await link(version, 'protected-links');
      await add(version, 'protected-links', ['prod'], scene.registry);
      const attempt = () => deleteArtifact(stage.room, scene.ann, version, false);
      await refused('invalid', attempt, /prod in .*wandb-registry-model\/protected-links/);
      await deleteArtifact(stage.room, scene.ann, version, true);
      assert.deepEqual([await shown('protected'), await shown('protected-links', scene.registry)], [{}, {}]);
    });
  });

  describe('links', () => {
    test('a portfolio is made with the type of the version, and has numbers and a latest of its own', async () => {
      const [first, second] = await versions('linked', 2);
      assert.equal((await link(second, 'links', ['prod'])).versionIndex, 0);
      assert.equal((await link(first, 'links', ['prod', 'first'])).versionIndex, 1);
      assert.deepEqual(await shown('links', scene.registry), { v0: [], v1: ['first', 'latest', 'prod'] });
      const made = await collection('links', scene.registry);
      assert.deepEqual([made?.kind, made?.typeName], ['portfolio', 'model']);
      assert.deepEqual(await shown('linked'), { v0: [], v1: ['latest'] });
    });

    test('linking once more keeps the number and takes the aliases', async () => {
      const [first, second] = await versions('again', 2);
      for (const version of [first, second]) await link(version, 'again-links');
      assert.equal((await link(first, 'again-links', ['prod'])).versionIndex, 0);
      assert.deepEqual(await shown('again-links', scene.registry), { v0: ['latest', 'prod'], v1: [] });
    });

    test('sequences, other types, pending versions and other organizations are refused', async () => {
      const [version] = await versions('source', 1);
      await link(version, 'typed');
      const dataset = await scene.version(await scene.sequence('data', 'dataset'));
      await refused('invalid', () => link(dataset, 'typed'), /type 'model'.*'dataset'/);
      await refused('invalid', () => link(version, 'data', [], scene.project), /logged to 'data'/);
      const pending = await scene.version(await scene.sequence('draft'), 'pending');
      await refused('invalid', () => link(pending, 'drafts'), /committed/);
      await refused('invalid', () => link(dataset, 'new', [], scene.strict), /does not accept .*'dataset'; .*'model'/);
      assert.equal((await link(version, 'new', [], scene.strict)).versionIndex, 0);
      for (const bad of ['a/b', '']) await refused('invalid', () => link(version, bad));
      await refused('invalid', () => link(version, 'typed', ['v7']));
      const other = await stage.scene();
      await refused('not_found', () => link(version, 'x', [], other.registry));
      await refused('forbidden', () => link(version, 'x', [], other.registry, stage.admin), /different organizations/);
    });

    test('who only sees the registry cannot link, and who does not see the version neither', async () => {
      const [version] = await versions('unseen', 1);
      const bob = await stage.user('bob');
      await refused('not_found', () => link(version, 'bobs', [], scene.registry, bob));
    });

    test('many links at once make one portfolio, and each version gets one number', async () => {
      const all = await versions('crowd', 5);
      const made = await Promise.all(all.flatMap((version) => [1, 2].map(() => link(version, 'crowds'))));
      assert.equal(new Set(made.map(({ collectionId }) => collectionId)).size, 1);
      const now = (await shown('crowds', scene.registry)) ?? {};
      assert.deepEqual(Object.keys(now), ['v0', 'v1', 'v2', 'v3', 'v4']);
      assert.deepEqual(Object.values(now).flat(), ['latest']);
    });

    test('unlinking ends one place, and latest goes to the newest that remains', async () => {
      const [first, second] = await versions('unlinked', 2);
      for (const version of [first, second]) await link(version, 'unlinks', version === second ? ['prod'] : []);
      const portfolio = await collection('unlinks', scene.registry);
      await unlinkArtifact(stage.room, scene.ann, second, portfolio);
      assert.deepEqual(await shown('unlinks', scene.registry), { v0: ['latest'] });
      assert.deepEqual(await shown('unlinked'), { v0: [], v1: ['latest'] });
      await unlinkArtifact(stage.room, scene.ann, second, portfolio);
      assert.equal(await stage.events(second.artifactId, 'UNLINK_ARTIFACT'), 1, 'asked again, it is no event');
      const sequence = await collection('unlinked');
      await refused('invalid', () => unlinkArtifact(stage.room, scene.ann, first, sequence), /delete it instead/);
    });

    test('versions deleted and linked at the same time end without a place, and nothing waits for ever', async () => {
      const all = await versions('torn', 6);
      const attempts = all.flatMap((version, index) => [
        link(version, `torn-${index % 3}`),
        deleteArtifact(stage.room, scene.ann, version, true),
        link(version, `torn-${(index + 1) % 3}`),
      ]);
      for (const { status, ...rest } of await Promise.allSettled(attempts)) {
        if (status === 'rejected') refusal('not_found')((rest as PromiseRejectedResult).reason);
      }
      const places = await Promise.all(all.map((version) => placesOf(stage.ground.database, version)));
      assert.deepEqual(places.flat(), []);
      for (const index of [0, 1, 2]) assert.deepEqual((await shown(`torn-${index}`, scene.registry)) ?? {}, {});
    });
  });

  describe('collections', () => {
    test('a rename keeps everything, and frees the old name', async () => {
      const [version] = await versions('named', 1);
      await add(version, 'named', ['prod']);
      await edit('named', { name: 'renamed', description: 'better' });
      assert.deepEqual(await shown('renamed'), { v0: ['latest', 'prod'] });
      assert.equal((await collection('renamed'))?.description, 'better');
      await versions('named', 1);
      await refused('conflict', () => edit('renamed', { name: 'named', description: 'worse' }), /'named'/);
      await refused('invalid', () => edit('renamed', { name: 'a/b' }));
    });

    test('a sequence moves to a type that is made; a portfolio keeps its own', async () => {
      const [version] = await versions('moved', 1);
      await link(version, 'moved-links');
      await edit('moved', { typeName: 'weights' });
      assert.equal((await collection('moved'))?.typeName, 'weights');
      const types = await stage.ground.database.query<{ name: string }>(
        'select name from artifact_type where tenant_id = $1::bigint and project_id = $2::bigint',
        [scene.project.tenantId, scene.project.id],
      );
      assert.ok(types.some((type) => type.name === 'weights'));
      const portfolio = await collection('moved-links', scene.registry);
      const move = () => editCollection(stage.room, scene.ann, portfolio, 'portfolio', { typeName: 'weights' });
      await refused('invalid', move);
      await refused('invalid', () => editCollection(stage.room, scene.ann, portfolio, 'sequence', { name: 'x' }));
    });

    test('tags are added and taken away, twenty at most', async () => {
      await versions('tagged', 1);
      const named = { project: scene.project, collectionName: 'tagged' };
      await addCollectionTags(stage.room, scene.ann, { ...named, tags: ['b', 'a', 'b'] });
      await deleteCollectionTags(stage.room, scene.ann, { ...named, tags: ['b', 'none'] });
      assert.deepEqual(await stage.collectionTags((await collection('tagged'))!), ['a']);
      const many = Array.from({ length: 21 }, (_, index) => `t${index}`);
      for (const tags of [['a.b'], many]) {
        await refused('invalid', () => addCollectionTags(stage.room, scene.ann, { ...named, tags }));
      }
    });

    test('deleting a sequence deletes its versions wherever they are, and its automations', async () => {
      const [first, second] = await versions('ended', 2);
      const pending = await scene.version((await collection('ended'))!, 'pending');
      const [stays] = await versions('stays', 1);
      for (const version of [stays, first, second]) await link(version, 'ended-links');
      const sequence = (await collection('ended'))!;
      const automation = await stage.automate(scene, sequence);
      const gone = await deleteCollection(stage.room, scene.ann, sequence, 'sequence');
      assert.equal(typeof gone.deletedAt, 'number');
      assert.equal(await shown('ended'), undefined);
      assert.deepEqual(await shown('ended-links', scene.registry), { v0: ['latest'] });
      for (const key of [first, second, pending]) {
        assert.equal((await artifactById(stage.ground.database, key))?.state, 'deleted');
      }
      assert.equal(await stage.isDeleted(automation), true);
      await versions('ended', 1);
      const again = await deleteCollection(stage.room, scene.ann, sequence, 'sequence');
      assert.equal(again.deletedAt, gone.deletedAt);
      assert.deepEqual(await stage.told(sequence.collectionId), ['collection.deleted']);
      await refused('not_found', () => deleteCollection(stage.room, scene.ann, sequence, 'portfolio'));
      assert.deepEqual(await shown('ended'), { v0: ['latest'] });
    });

    test('deleting a portfolio ends its links and nothing else', async () => {
      const [version] = await versions('safe', 1);
      await link(version, 'safe-links', ['prod']);
      const portfolio = await collection('safe-links', scene.registry);
      await refused('invalid', () => deleteCollection(stage.room, scene.ann, portfolio, 'sequence'), /portfolio/);
      await deleteCollection(stage.room, scene.ann, portfolio, 'portfolio');
      assert.equal(await shown('safe-links', scene.registry), undefined);
      assert.deepEqual(await shown('safe'), { v0: ['latest'] });
      assert.equal((await link(version, 'safe-links')).versionIndex, 0);
    });
  });
});

/** Versions of a new sequence, oldest first. */
async function versions<Count extends number>(name: string, count: Count): Promise<Tuple<Count>> {
  const sequence = await scene.sequence(name);
  const made: ArtifactKey[] = [];
  while (made.length < count) made.push(await scene.version(sequence));
  return made as Tuple<Count>;
}

type Tuple<Count extends number> = Count extends 1
  ? [ArtifactKey]
  : Count extends 2
    ? [ArtifactKey, ArtifactKey]
    : Count extends 3
      ? [ArtifactKey, ArtifactKey, ArtifactKey]
      : ArtifactKey[];

const add = (version: ArtifactKey, collectionName: string, aliases: string[], project = scene.project) =>
  addAliases(stage.room, scene.ann, version, [{ project, collectionName, aliases }]);

const remove = (version: ArtifactKey, collectionName: string, aliases: string[]) =>
  deleteAliases(stage.room, scene.ann, version, [{ project: scene.project, collectionName, aliases }]);

const update = (version: ArtifactKey, edit: Parameters<typeof updateArtifact>[3]) =>
  updateArtifact(stage.room, scene.ann, version, edit);

const link = (
  version: ArtifactKey,
  collectionName: string,
  aliases: string[] = [],
  project = scene.registry,
  viewer = scene.ann,
) => linkArtifact(stage.room, viewer, version, { project, collectionName, aliases });

const shown = (name: string, project: ProjectPlace = scene.project) => stage.shown(project, name);

const collection = (name: string, { tenantId, id: projectId } = scene.project) =>
  collectionByName(stage.ground.database, { tenantId, projectId, name });

async function edit(name: string, change: Parameters<typeof editCollection>[4]) {
  return editCollection(stage.room, scene.ann, await collection(name), 'sequence', change);
}

/** Holds that a deed is refused, and that nothing at all is different afterwards. */
async function refused(code: RefusalCode, deed: () => Promise<unknown>, message?: RegExp): Promise<void> {
  const untouched = await stage.everything();
  await assert.rejects(deed(), refusal(code, message));
  assert.deepEqual(await stage.everything(), untouched);
}
