import assert from 'node:assert/strict';
import { test } from 'node:test';
import { executionId } from '../../src/model/execution-id.ts';
import { type AutomationId, asId, type EventId, type IntegrationId } from '../../src/model/ids.ts';
import { insertExecutions } from '../../src/store/executions.ts';
import { may, type Right, type RoleColumn } from '../support/rights-table.ts';
import { seedCollection, seedVersion } from '../support/seeded-artifacts.ts';
import { seedRun } from '../support/seeded-runs.ts';
import { asked } from './cell.ts';
import { REGISTRY, type RightsStage, USERS } from './stage.ts';

interface Ground {
  readonly entity: 'vision' | 'acme';
  readonly project: string;
  readonly scope: object;
  /** Whether the automation is the asking user's own. */
  readonly own?: boolean;
  readonly see: Right;
  readonly payloads: Right;
  readonly steer: Right;
}

const IN_TEAM = {
  entity: 'vision',
  project: 'cats',
  see: 'see a team, its projects, automations and executions',
  payloads: 'see payloads of a team',
} as const;
const IN_REGISTRY = {
  entity: 'acme',
  project: REGISTRY,
  see: 'see a registry or the organization, and what they automate',
  payloads: 'see payloads of a registry',
} as const;

const GROUNDS: Readonly<Record<string, Ground>> = {
  'of a project': {
    ...IN_TEAM,
    scope: { kind: 'project', project: 'cats' },
    steer: 'edit automations of a project or collection',
  },
  'of their own': {
    ...IN_TEAM,
    own: true,
    scope: { kind: 'project', project: 'cats' },
    steer: 'edit their own automations of a project or collection',
  },
  'of a team': { ...IN_TEAM, scope: { kind: 'entity' }, steer: 'edit automations of a team' },
  'of a restricted project': {
    ...IN_TEAM,
    project: 'hidden',
    scope: { kind: 'project', project: 'hidden' },
    see: 'see a restricted project of a team',
    payloads: 'see a restricted project of a team',
    steer: 'edit automations of a project or collection',
  },
  'of a registry': {
    ...IN_REGISTRY,
    scope: { kind: 'project', project: REGISTRY },
    steer: 'edit automations of a registry or its collections',
  },
  'of an organization': { ...IN_REGISTRY, scope: { kind: 'entity' }, steer: 'edit automations of an organization' },
};

const ENTITY_SEEN = { vision: IN_TEAM.see, acme: IN_REGISTRY.see } as const;

const PAYLOAD = '{"what":"only some may read"}';

/** What each role may do to executions (AUT-147). */
export function executionRights(role: RoleColumn, stage: () => RightsStage): void {
  const user = USERS[role];
  for (const kind of ['of a project', 'of a restricted project']) ofSubjects(role, stage, GROUNDS[kind] as Ground);
  for (const [kind, ground] of Object.entries(GROUNDS)) {
    const seen = may(role, ground.see);
    const shows = seen && may(role, ground.payloads);
    const allowed = seen && may(role, ground.steer);

    test(`AUT-147: executions ${kind} are seen, and what they sent, as written`, async () => {
      const { rest } = stage();
      const { id, path, list } = await failed(stage(), user, ground);
      const { body } = await asked({ allowed: seen, seen }, () => rest(user, 'GET', path));
      if (seen) assert.deepEqual([body.showsPayloads, body.payload], [shows, shows ? PAYLOAD : null]);
      else assert.ok(!JSON.stringify(body).includes('only some'));
      const listed = await rest(user, 'GET', `${list}?limit=100`);
      assert.equal(JSON.stringify(listed.body).includes(id), seen);
      const [row] = (listed.body.items ?? []).filter((each: { id: string }) => each.id === id);
      const steered = seen ? [allowed ? ['retry'] : []] : [];
      assert.deepEqual(seen ? [row.maySteer, body.maySteer] : [], [...steered, ...steered]);
      assert.ok(!JSON.stringify(listed.body).includes('only some'));
    });

    test(`AUT-147: executions ${kind} are exported as written, with payloads for those who see them`, async () => {
      const { rest, ground: base } = stage();
      const { id, list, automation } = await failed(stage(), user, ground);
      const reason = `exported ${automation}`;
      await base.database.execute('update execution set reason = $1 where automation_id = $2', [reason, automation]);
      // one line of JSON, or none
      const { status, body } = await rest(user, 'GET', `${list}/export?reason=${encodeURIComponent(reason)}`);
      assert.equal(status, may(role, ENTITY_SEEN[ground.entity]) ? 200 : 404);
      if (status === 200) assert.equal(body?.id, seen ? id : undefined);
      if (seen) assert.equal(body.payload, shows ? PAYLOAD : null);
    });

    test(`executions ${kind} are retried, run anyway and cancelled as written, one by one and by filter`, async () => {
      const { rest, ground: base } = stage();
      const { id, path, list, automation } = await failed(stage(), user, ground);
      const state = async () => (await rest('admin', 'GET', path)).body;
      const cell = { allowed, seen, state };
      const set = (status: string) =>
        base.database.execute('update execution set status = $1, reason = $2 where automation_id = $3', [
          status,
          `reason of ${automation}`,
          automation,
        ]);
      await asked(cell, () => rest(user, 'POST', `${path}/retry`));
      assert.equal((await state()).status, allowed ? 'pending' : 'failed');
      await base.database.execute('delete from delivery where automation_id = $1', [automation]);
      await set('skipped');
      await asked(cell, () => rest(user, 'POST', `${path}/run`));
      assert.equal((await state()).status, allowed ? 'pending' : 'skipped', id);
      await base.database.execute('delete from delivery where automation_id = $1', [automation]);
      await set('failed');
      const before = await state();
      for (const dryRun of [true, false]) {
        const body = { deed: 'retry', filter: { subject: '77', reason: `reason of ${automation}` }, dryRun };
        const answer = await rest(user, 'POST', `${list}/bulk`, body);
        // who may steer none is told of none
        const entitySeen = may(role, ENTITY_SEEN[ground.entity]);
        assert.equal(answer.status, entitySeen ? 200 : 404);
        if (entitySeen) assert.equal(answer.body.count, allowed ? 1 : 0);
      }
      if (!allowed) {
        assert.deepEqual(await state(), before);
        await rest('admin', 'POST', `${path}/retry`);
      }
      assert.equal((await state()).status, 'pending');
      await asked(cell, () => rest(user, 'POST', `${path}/cancel`));
      const { status, cancelledBy } = await state();
      assert.deepEqual([status, cancelledBy], allowed ? ['cancelled', user] : ['pending', null]);
    });
  }
}

function ofSubjects(role: RoleColumn, stage: () => RightsStage, { project, see }: Ground): void {
  const projectPath = `/entities/vision/projects/${project}`;
  const seen = may(role, see);
  const cell = { allowed: seen, seen: false };

  test(`AUT-146: executions of runs, versions and collections of ${project} are listed as written`, async () => {
    const { rest } = stage();
    const { run, net } = await inProject(stage(), project);
    for (const path of [`runs/${run}`, `artifacts/${net}`, `artifacts/${net}/versions/v0`]) {
      const { body } = await asked(cell, () => rest(USERS[role], 'GET', `${projectPath}/${path}/executions`));
      if (seen) assert.deepEqual(body, { items: [], nextCursor: null, searchedTo: null });
    }
  });

  test(`runs, collections and versions of ${project} are read as written`, async () => {
    const { rest } = stage();
    const { run, net } = await inProject(stage(), project);
    const lists = ['', '/runs', '/artifact-types', '/artifacts', `/artifacts/${net}/versions`];
    for (const labels of ['aliases', 'tags']) lists.push(`/artifacts/${net}/version-${labels}`);
    for (const path of [...lists, `/runs/${run}`, `/artifacts/${net}`, `/artifacts/${net}/versions/v0`])
      await asked(cell, () => rest(USERS[role], 'GET', projectPath + path));
  });
}

/** A run and a collection with a version, new in a project. */
async function inProject({ ground, seedPlaces, fresh }: RightsStage, project: string) {
  const place = seedPlaces.get(`vision/${project}`);
  assert.ok(place);
  const [run, net] = [fresh('run'), fresh('net')];
  await seedRun(ground, place, { name: run });
  await seedVersion(ground, place, await seedCollection(ground, place, { name: net }));
  return { run, net };
}

/** An execution that failed, of an automation that is of nobody, or of the user. */
async function failed(stage: RightsStage, user: string, { entity, project, scope, own = false }: Ground) {
  const { ground, rest } = stage;
  const hook = { name: stage.fresh('hook'), url: 'https://example.com/hook' };
  const made = await rest('admin', 'POST', '/entities/vision/integrations', hook);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const destination = asId<IntegrationId>(made.body.id);
  const action = { type: 'GENERIC_WEBHOOK', integrationId: destination, payload: null };
  const body = { name: stage.fresh('automation'), scope, event: { type: 'LINK_MODEL' }, action };
  const automated = await rest('admin', 'POST', `/entities/${entity}/automations`, body);
  assert.equal(automated.status, 201, JSON.stringify(automated.body));
  const automation = asId<AutomationId>(automated.body.id);
  if (own) {
    const { userId } = await stage.viewer(user);
    await ground.database.execute('update automation set created_by = $1 where id = $2', [userId, automation]);
  }
  const at = stage.seedPlaces.get(`${entity}/${project}`);
  assert.ok(at);
  const now = ground.clock.now();
  const key = { tenantId: at.tenantId, eventId: ground.ids.next<EventId>(now), automationId: automation, ask: 0 };
  await ground.database.transaction((tx) =>
    insertExecutions(tx, {
      events: [
        {
          ...key,
          type: 'INTEGRATION_TROUBLE',
          projectId: at.projectId,
          subjectKind: 'collection',
          subjectId: '77',
          author: 'ann',
          occurredAt: now,
          captured: {
            type: 'INTEGRATION_TROUBLE',
            integration: { id: destination, kind: 'webhook', name: hook.name, entity: 'vision' },
            trouble: 'disabled',
            reason: 'gone',
          },
        },
      ],
      executions: [
        {
          ...key,
          revision: 1,
          actionType: 'GENERIC_WEBHOOK',
          destinationId: destination,
          explanation: {},
          createdAt: now,
        },
      ],
    }),
  );
  await ground.database.execute('delete from delivery where automation_id = $1', [automation]);
  await ground.database.execute(`update execution set status = 'failed' where automation_id = $1`, [automation]);
  await ground.database.execute('update execution_detail set payload = $1 where automation_id = $2', [
    PAYLOAD,
    automation,
  ]);
  const list = `/entities/${entity}/executions`;
  const id = executionId(key);
  return { id, automation, list, path: `${list}/${id}` };
}
