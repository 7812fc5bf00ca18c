import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asId } from '../model/ids.ts';
import type { RunState } from '../model/run-state.ts';
import type { RunHead } from '../store/run-heads.ts';
import { edited, HEARTBEAT_TIMEOUT_MS, heard, type Moved, silent, started, upserted } from './run-transitions.ts';

const NOW = Date.UTC(2026, 10, 24);
const HOUR = 3_600_000;
const DATA = { preempting: false, ended: undefined };
const ended = (exitCode: number) => ({ preempting: false, ended: { exitCode } });

function head(state: RunState, members: Partial<RunHead> = {}): RunHead {
  return {
    tenantId: asId('1'),
    runId: asId('2'),
    projectId: asId('3'),
    state,
    epoch: 0,
    metaVersion: 0,
    transitionNo: 1,
    historyLines: 0,
    eventsLines: 0,
    forkedLines: 0,
    historyOffset: 0,
    eventsOffset: 0,
    consoleLines: 0,
    lastStep: null,
    heartbeatAt: NOW,
    exitCode: null,
    stopRequested: false,
    resumeAskedAt: null,
    failedAt: null,
    ...members,
  };
}

/** The states entered, each with what automations are told. */
function told(moved: Moved): string[] {
  return moved.transitions.map(({ to, reports }) => `${to}: ${reports ?? 'nothing'}`);
}

describe('a run that says something', () => {
  test('goes on running', () => assert.deepEqual(told(heard(head('running'), DATA, NOW)), []));
  test('starts when it was pending', () => {
    assert.deepEqual(told(heard(head('pending'), DATA, NOW)), ['running: RUNNING']);
  });
  test('starts and ends within one request when it was pending', () => {
    assert.deepEqual(told(heard(head('pending'), ended(0), NOW)), ['running: RUNNING', 'finished: FINISHED']);
  });
  test('comes back silently when it was crashed, preempting or preempted', () => {
    for (const state of ['crashed', 'preempting', 'preempted'] as const) {
      assert.deepEqual(told(heard(head(state), DATA, NOW)), ['running: nothing']);
    }
  });
  test('stays as its client ended it: a delayed request brings nothing back', () => {
    for (const state of ['finished', 'failed', 'killed'] as const) {
      assert.equal(heard(head(state), DATA, NOW).head.state, state);
    }
  });
});

describe('a run that ends', () => {
  test('is finished, failed or killed by its exit code', () => {
    assert.deepEqual(told(heard(head('running'), ended(0), NOW)), ['finished: FINISHED']);
    assert.deepEqual(told(heard(head('running'), ended(1), NOW)), ['failed: FAILED']);
    assert.deepEqual(told(heard(head('running'), ended(255), NOW)), ['killed: nothing']);
  });
  test('AUT-070: is killed when a stop was asked for', () => {
    assert.deepEqual(told(heard(head('running', { stopRequested: true }), ended(1), NOW)), ['killed: nothing']);
  });
  test('ends once, however often it says so', () => {
    const first = heard(head('running'), ended(1), NOW);
    assert.deepEqual(told(heard(first.head, ended(1), NOW + 1)), []);
  });
  test('is preempted when it had announced that', () => {
    const announced = heard(head('running'), { preempting: true, ended: undefined }, NOW);
    assert.deepEqual(told(announced), ['preempting: nothing']);
    assert.equal(silent(announced.head, NOW + HEARTBEAT_TIMEOUT_MS).head.state, 'preempted');
  });
});

describe('a run without heartbeats', () => {
  test('AUT-076: crash, revival and crash within 24 hours tell FAILED once', () => {
    const crashed = silent(head('running'), NOW);
    assert.deepEqual(told(crashed), ['crashed: FAILED']);
    const revived = heard(crashed.head, DATA, NOW + HOUR);
    assert.deepEqual(told(silent(revived.head, NOW + 2 * HOUR)), ['crashed: nothing']);
    assert.deepEqual(told(silent(revived.head, NOW + 25 * HOUR)), ['crashed: FAILED']);
  });
  test('a start in between makes the next crash tell again', () => {
    const crashed = silent(head('running'), NOW);
    const restarted = started(crashed.head, NOW + HOUR);
    assert.deepEqual(told(silent(restarted.head, NOW + 2 * HOUR)), ['crashed: FAILED']);
  });
  test('one that failed after it crashed tells FAILED once', () => {
    const crashed = silent(head('running'), NOW);
    assert.deepEqual(told(heard(crashed.head, ended(1), NOW + 60_000)), ['running: nothing', 'failed: nothing']);
  });
});

describe('an upsert that names a run', () => {
  test('AUT-075: starts it again when it has ended', () => {
    for (const state of ['pending', 'finished', 'failed', 'killed', 'preempted'] as const) {
      assert.deepEqual(told(upserted(head(state), false, NOW)), ['running: RUNNING']);
    }
  });
  test('changes nothing while it runs', () => assert.deepEqual(told(upserted(head('running'), true, NOW)), []));
  test('brings a crashed one back silently when its client was only cut off', () => {
    assert.deepEqual(told(upserted(head('crashed', { failedAt: NOW }), false, NOW)), ['running: nothing']);
  });
  test('starts a crashed one when its client asked to resume, or is a new process', () => {
    assert.deepEqual(told(upserted(head('crashed', { resumeAskedAt: NOW }), false, NOW + 1)), ['running: RUNNING']);
    assert.deepEqual(told(upserted(head('crashed'), true, NOW)), ['running: RUNNING']);
  });
  test('is a start when the new process shows itself only after the run came back', () => {
    const back = upserted(head('crashed', { failedAt: NOW }), false, NOW);
    assert.deepEqual(told(upserted(back.head, true, NOW + 5_000)), ['running: RUNNING']);
  });
});

test('a state set by a person is told like any other', () => {
  assert.deepEqual(told(edited(head('running'), 'failed', NOW)), ['failed: FAILED']);
  assert.deepEqual(told(edited(head('failed'), 'pending', NOW)), ['pending: nothing']);
});
