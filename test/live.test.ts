import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { artifactScene } from './support/artifact-scene.ts';
import { visitor } from './support/browser-call.ts';
import { DATABASES, freshDatabase } from './support/databases.ts';
import { type Listener, listen, withKey } from './support/listener.ts';
import { rest } from './support/rest.ts';
import { type Scene, signUp } from './support/scene.ts';
import { type Server, startServer } from './support/server.ts';
import { stage } from './support/stage.ts';
import { until } from './support/wait.ts';
import { state } from './support/wire-events.ts';

const PER_PERSON = 3;
const env = { TRIPLINE_LIVE_READERS_PER_PERSON: String(PER_PERSON), TRIPLINE_LIVE_READERS: '6' };

/** Listens as somebody of the scene, and is ready. */
async function listening(server: Server, query: string, key: string): Promise<Listener> {
  const listener = await listen(server, query, withKey(key));
  assert.equal(listener.status, 200);
  await listener.hears('ready');
  return listener;
}

/** Asks the database itself. */
async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await work(client).finally(() => client.end());
}

const numberOf = (wireId: string) => Buffer.from(wireId, 'base64').toString().split(':')[1]!;
const ofTeam = ({ team }: Scene) => `entity=${team}`;
const ofProject = ({ team, project }: Scene) => `entity=${team}&project=${project}`;

async function setVisibility(scene: Scene, access: string): Promise<void> {
  const input = { entityName: scene.team, name: scene.project, access };
  await scene.graphql('mutation ($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', { input });
}

describe('embedded', () => {
  const scenario = stage('embedded', { env });

  scenario('a run that is made, logs and ends is told where it is shown, and what it fires with it', async (scene) => {
    const watch = await scene.automation(state(['FINISHED']));
    const [team, project] = [
      await listening(scene.server, ofTeam(scene), scene.person.key),
      await listening(scene.server, ofProject(scene), scene.teammate.key),
    ];
    assert.equal(team.headers['content-type'], 'text/event-stream');
    assert.equal(team.headers['cache-control'], 'no-store, no-transform');
    assert.equal(team.headers['x-accel-buffering'], 'no');
    const run = await scene.run();
    const made = await project.next('run');
    assert.equal(made.part, 'record');
    const own = await listening(scene.server, `${ofProject(scene)}&run=${run.id}`, scene.person.key);
    await run.log({ loss: 1 });
    assert.deepEqual(await project.next('run'), { kind: 'run', id: made.id, part: 'history' });
    assert.deepEqual(await own.next('run'), { kind: 'run', id: made.id, part: 'history' });
    await run.finish();
    await watch.fires(1);
    const [execution] = await watch.executions();
    for (const each of [team, project, own]) {
      await until('the execution to be told as it ended', async () =>
        each.changes().some(({ id }) => id === execution!.id),
      );
    }
    assert.deepEqual(
      team.changes().filter(({ part }) => part === 'history'),
      [],
    );
    for (const each of [team, project, own]) each.close();
  });

  scenario('what changes in a collection is told where it lies, and where its versions are linked', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('models');
    const path = `entity=${registry.entity}&project=${registry.project}`;
    const [project, linked] = [
      await listening(scene.server, ofProject(scene), scene.person.key),
      await listening(scene.server, path, scene.person.key),
    ];
    const net = { entity: scene.team, project: scene.project, collection: 'net' };
    const road = { ...registry, collection: 'Road net' };
    const version = await artifacts.log('net');
    const { id } = await project.next('collection');
    const told = async (listener: Listener, deed: Promise<unknown>) => {
      await deed;
      return (await listener.next('collection')).id;
    };
    assert.equal(await told(project, artifacts.addAliases(version, net, 'best')), id);
    const portfolio = await told(linked, artifacts.link(version, road));
    assert.notEqual(portfolio, id);
    assert.equal(await told(linked, artifacts.tag(version, { add: ['pruned'] })), portfolio);
    assert.equal(await told(project, Promise.resolve()), id);
    assert.equal(await told(project, artifacts.tagCollection(net, { add: ['road'] })), id);
    assert.equal(await told(linked, artifacts.unlink(version, road)), portfolio);
    assert.equal(await told(project, artifacts.delete(version)), id);
    for (const each of [project, linked]) each.close();
  });

  scenario('a registry is told to whom it is seen, whoever is let in or out, and as it goes', async (scene) => {
    const registries = `/organizations/${scene.organization}/registries`;
    const change = (method: string, path: string, body?: unknown) =>
      rest(scene.server, scene.person.key, `${registries}${path}`, body === undefined ? { method } : { method, body });
    const member = `/models/members/${scene.teammate.username}`;
    const teammate = await listening(scene.server, `entity=${scene.organization}`, scene.teammate.key);
    await change('POST', '', { name: 'hidden', visibility: 'Restricted' });
    await change('POST', '', { name: 'models' });
    const { id } = await teammate.next('project');
    await change('PATCH', '/models', { visibility: 'Restricted' });
    assert.equal((await teammate.next('project')).id, id);
    await change('PUT', member, { role: 'restricted_viewer' });
    assert.deepEqual((await teammate.hears('reload')).data, { reason: 'roles' });
    assert.equal((await teammate.next('project')).id, id);
    await change('DELETE', '/models');
    assert.equal((await teammate.next('project')).id, id);
    assert.deepEqual([...new Set(teammate.changes().map((told) => told.id))], [id], 'nothing of what is hidden');
    teammate.close();
  });

  scenario('an automation and an execution are listened to by themselves', async (scene) => {
    const watch = await scene.automation(state(['FINISHED']));
    const id = numberOf(watch.id);
    const of = await listening(scene.server, `entity=${scene.team}&automation=${id}`, scene.person.key);
    await watch.edit({ enabled: false }, state(['FINISHED']));
    assert.equal((await of.next('automation')).id, id);
    await watch.edit({ enabled: true }, state(['FINISHED']));
    await (await scene.run()).finish();
    const execution = await of.next('execution');
    assert.equal(execution.automation, id);
    const one = await listening(scene.server, `entity=${scene.team}&execution=${execution.id}`, scene.person.key);
    await watch.delete();
    assert.equal((await of.next('automation')).id, id);
    for (const each of [of, one]) each.close();
  });

  scenario('what is told is gathered: a burst comes as few messages', async (scene) => {
    const listener = await listening(scene.server, ofProject(scene), scene.person.key);
    const runs = await Promise.all(Array.from({ length: 20 }, () => scene.run()));
    for (const run of runs) await run.log({ loss: 1 });
    await until('all runs to be told', () => new Set(listener.changes().map(({ id }) => id)).size === runs.length);
    assert.ok(listener.told.length < 12, `${listener.told.length} messages`);
    listener.close();
  });

  scenario(
    'strangers hear nothing: not of hidden places, and not of hidden projects in places they see',
    async (scene) => {
      const stranger = await signUp(scene.server);
      for (const query of [ofTeam(scene), ofProject(scene), `entity=${scene.team}&automation=1`]) {
        assert.equal((await listen(scene.server, query, withKey(stranger.key))).status, 404, query);
      }
      assert.equal((await listen(scene.server, ofTeam(scene), {})).status, 401);
      await setVisibility(scene, 'RESTRICTED');
      const [member, admin] = [
        await listening(scene.server, ofTeam(scene), scene.teammate.key),
        await listening(scene.server, ofTeam(scene), scene.person.key),
      ];
      await scene.run();
      await admin.next('run');
      await setVisibility(scene, 'PRIVATE');
      await scene.run();
      const seen = await member.next('run');
      assert.notEqual(seen.id, admin.changes()[0].id);
      assert.equal(member.changes().filter(({ id }) => id === admin.changes()[0].id).length, 0);
      for (const each of [member, admin]) each.close();
    },
  );

  scenario('whoever is signed out hears no more, at once; a browser is not asked for a password', async (scene) => {
    const made = await rest<{ id: string; key: string }>(scene.server, scene.person.key, '/viewer/api-keys', {
      method: 'POST',
    });
    const byKey = await listening(scene.server, ofTeam(scene), made.key);
    const browser = visitor(scene.server);
    await browser.call('/api/v1/session', { method: 'POST', body: { apiKey: scene.person.key } });
    const bySession = await listen(scene.server, ofTeam(scene), { cookie: browser.cookie! });
    await bySession.hears('ready');
    await browser.call('/api/v1/viewer/sessions', { method: 'DELETE' });
    assert.deepEqual((await bySession.hears('end')).data, { reason: 'signed_out' });
    await rest(scene.server, scene.person.key, `/viewer/api-keys/${made.id}`, { method: 'DELETE' });
    assert.deepEqual((await byKey.hears('end')).data, { reason: 'signed_out' });
    await until('both streams to end', () => byKey.ended && bySession.ended);
    const again = await listen(scene.server, ofTeam(scene), { cookie: browser.cookie ?? 'tripline_session=x' });
    assert.deepEqual([again.status, again.headers['www-authenticate']], [401, undefined]);
  });

  scenario('one person and the server take so many, and more when one has left', async (scene) => {
    const own = await Promise.all(
      Array.from({ length: PER_PERSON }, () => listening(scene.server, ofTeam(scene), scene.person.key)),
    );
    const refused = await listen(scene.server, ofTeam(scene), withKey(scene.person.key));
    assert.deepEqual([refused.status, refused.headers['retry-after']], [429, '10']);
    const others = await Promise.all(
      Array.from({ length: PER_PERSON }, () => listening(scene.server, ofTeam(scene), scene.teammate.key)),
    );
    const full = await listen(scene.server, 'entity=admin', withKey(scene.server.adminKey));
    assert.deepEqual([full.status, full.headers['retry-after']], [503, '10']);
    own.pop()!.close();
    const late = await until('a place to be free', async () => {
      const listener = await listen(scene.server, ofTeam(scene), withKey(scene.person.key));
      return listener.status === 200 && listener;
    });
    for (const each of [...own, ...others, late]) each.close();
  });

  scenario('what does not go together is refused', async (scene) => {
    for (const query of [
      '',
      'entity=a&run=b',
      `${ofTeam(scene)}&automation=1&execution=2`,
      'entity=a&entity=b&project=c',
    ]) {
      assert.equal((await listen(scene.server, query, withKey(scene.person.key))).status, 400, query);
    }
  });

  scenario('a client that comes with a key is told to its owner who waits for it', async (scene) => {
    const query = `entity=${scene.person.username}&clients=true`;
    const own = await listening(scene.server, query, scene.person.key);
    await scene.graphql('{ viewer { username } }', {});
    await own.next('client');
    own.close();
  });
});

describe('a server that stops', () => {
  let server: Server;
  before(async () => {
    server = await startServer();
  });
  after(() => server.dispose());

  test('tells its listeners, who are told anew by the next one', async () => {
    const listener = await listening(server, 'entity=admin', server.adminKey);
    const began = performance.now();
    await server.stop();
    assert.ok(performance.now() - began < 4_000, 'nobody waits for an endless answer');
    assert.deepEqual((await listener.hears('end')).data, { reason: 'stopping' });
    await server.start();
    (await listening(server, 'entity=admin', server.adminKey)).close();
  });
});

for (const database of DATABASES.filter((name) => name === 'server')) {
  describe(database, () => {
    const scenario = stage(database, { nodes: 2 });

    scenario('what one node commits is told at the other, and so is who was signed out', async (scene) => {
      const [one, other] = scene.nodes as [Server, Server];
      const made = await rest<{ id: string; key: string }>(one, scene.person.key, '/viewer/api-keys', {
        method: 'POST',
      });
      const [project, team] = [
        await listening(other, ofProject(scene), scene.person.key),
        await listening(other, ofTeam(scene), made.key),
      ];
      const run = await scene.run();
      const { id } = await project.next('run');
      assert.equal((await team.next('run')).id, id);
      await run.via(one).log({ loss: 1 });
      assert.deepEqual(await project.next('run'), { kind: 'run', id, part: 'history' });
      await artifactScene(scene).log('net');
      await project.next('collection');
      await rest(one, scene.person.key, `/viewer/api-keys/${made.id}`, { method: 'DELETE' });
      assert.deepEqual((await team.hears('end')).data, { reason: 'signed_out' });
      project.close();
    });

    test('nodes that could not hear each other tell listeners to read everything again, and hear each other again', async () => {
      const fresh = await freshDatabase(database);
      const one = await startServer({ database: fresh });
      try {
        const other = await one.join();
        const listener = await listening(other!, 'entity=admin', one.adminKey);
        await withClient(fresh.url, (client) =>
          client.query(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tripline calls' and datname = current_database()",
          ),
        );
        assert.deepEqual((await listener.hears('reload')).data, { reason: 'missed' });
        const event = { type: 'RUN_STATE', states: ['FINISHED'] };
        const told = () => listener.changes().some(({ kind }) => kind === 'automation');
        // the other node may come back a little later
        let made = 0;
        await until('an automation to be told', async () => {
          made += 1;
          const body = { name: `quiet ${made}`, scope: { kind: 'entity' }, event, action: { type: 'NO_OP' } };
          await rest(one, one.adminKey, '/entities/admin/automations', { method: 'POST', body });
          return told();
        });
        listener.close();
      } finally {
        await one.dispose();
      }
    });
  });
}
