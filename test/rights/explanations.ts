import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_EVENT } from '../../src/delivery/sample-event.ts';
import type { EventId } from '../../src/model/ids.ts';
import { insertExecutions } from '../../src/store/executions.ts';
import { may, type RoleColumn } from '../support/rights-table.ts';
import { seedRun } from '../support/seeded-runs.ts';
import { until } from '../support/wait.ts';
import { asked } from './cell.ts';
import { type RightsStage, USERS } from './stage.ts';

const EVENT = { type: 'RUN_STATE', states: ['FINISHED'] };
const SCOPE = { kind: 'project', project: 'cats' };
/** Each backtest starts a thread: these roles tell the two answers apart. */
const BACKTESTING: ReadonlySet<RoleColumn> = new Set<RoleColumn>(['outsider', 'view-only']);

/** Whoever may see a scope's automations may ask about them; only members see what would be sent. */
export function explanationRights(role: RoleColumn, stage: () => RightsStage): void {
  const user = USERS[role];
  const seen = may(role, 'see a team, its projects, automations and executions');
  const shows = seen && may(role, 'see payloads of a team');
  const cell = { allowed: seen, seen };

  test('AUT-047, AUT-153: filters are tested and explained to whoever sees the automation', async () => {
    const { rest } = stage();
    const { automation, run, event } = await watched(stage());
    const tests = '/entities/vision/automations';
    const draft = { scope: SCOPE, event: EVENT };
    await asked(cell, () => rest(user, 'POST', `${tests}/test-filters`, draft));
    await asked(cell, () => rest(user, 'GET', `${tests}/${automation}/why-not?run=vision/cats/${run}`));
    const action = { type: 'NO_OP' };
    const trial = { ...draft, action, pastEvent: { id: event } };
    const tried = await asked(cell, () => rest(user, 'POST', `${tests}/test-event`, trial));
    if (seen) assert.deepEqual([tried.body.fires, tried.body.payload], [true, null]);
  });

  test('AUT-047: what would be sent for a past event is shown to those who see payloads', async () => {
    const { rest } = stage();
    const { event } = await watched(stage());
    const hook = { name: stage().fresh('hook'), url: 'https://example.com/hook' };
    const { body } = await rest('admin', 'POST', '/entities/vision/integrations', hook);
    const action = { type: 'GENERIC_WEBHOOK', integrationId: body.id, payload: { run: '${run_name}' } };
    const trial = { scope: SCOPE, event: EVENT, action, pastEvent: { id: event } };
    const tried = await asked(cell, () => rest(user, 'POST', '/entities/vision/automations/test-event', trial));
    if (seen) assert.equal(tried.body.payload, shows ? '{"run":"sample-run"}' : null);
  });

  test('what happened under a scope is listed to whoever sees it, and rendered for those who see payloads', async () => {
    const { rest } = stage();
    const { event } = await watched(stage());
    const path = '/entities/vision/automations';
    const sought = { scope: SCOPE, type: EVENT.type };
    const listed = await asked(cell, () => rest(user, 'POST', `${path}/past-events`, sought));
    const action = { type: 'NOTIFICATION', title: '${run_name}', message: '' };
    const sketch = { scope: SCOPE, event: EVENT, action };
    const shown = await asked(cell, () => rest(user, 'POST', `${path}/preview`, sketch));
    if (seen) assert.equal(listed.body.items[0].id, event);
    // the others see what a sample would look like
    if (seen) assert.deepEqual([shown.body.event?.id ?? null, shown.body.unknown], [shows ? event : null, []]);
    const named = { ...sketch, pastEvent: event };
    await asked({ allowed: shows, seen: false }, () => rest(user, 'POST', `${path}/preview`, named));
  });

  if (!BACKTESTING.has(role)) return;
  test('AUT-150: a backtest is started by whoever sees the automation, and read by them alone', async () => {
    const { rest } = stage();
    const { automation } = await watched(stage());
    const path = '/entities/vision/backtests';
    const { body } = await asked({ ...cell, success: 202 }, () => rest(user, 'POST', path, { automation }));
    const own = seen ? body.id : (await rest('admin', 'POST', path, { automation })).body.id;
    await asked(cell, () => rest(user, 'GET', `${path}/${own}`));
    const starter = seen ? user : 'admin';
    await until(
      'the backtest to end',
      async () => (await rest(starter, 'GET', `${path}/${own}`)).body.status !== 'running',
    );
    if (seen) assert.equal((await rest('admin', 'GET', `${path}/${own}`)).status, 404);
    await asked({ ...cell, success: 204 }, () => rest(user, 'DELETE', `${path}/${own}`));
  });
}

/** An automation of the project, a run in it, and something that happened to it. */
async function watched({ rest, ground, seedPlaces, fresh }: RightsStage) {
  const at = seedPlaces.get('vision/cats');
  assert.ok(at);
  const body = { name: fresh('automation'), scope: SCOPE, event: EVENT, action: { type: 'NO_OP' } };
  const made = await rest('admin', 'POST', '/entities/vision/automations', body);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const run = fresh('run');
  const { runId } = await seedRun(ground, at, { name: run, state: 'finished' });
  const now = ground.clock.now();
  const eventId = ground.ids.next<EventId>(now);
  const about = { tenantId: at.tenantId, projectId: at.projectId, subjectKind: 'run' as const, subjectId: runId };
  const event = { ...about, eventId, type: 'RUN_STATE', author: 'ann', occurredAt: now, captured: SAMPLE_EVENT };
  await ground.database.transaction((tx) => insertExecutions(tx, { events: [event], executions: [] }));
  return { automation: made.body.id as string, run, event: eventId };
}
