import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Verdict } from '../actions/judge-http.ts';
import type { Answer } from '../model/exchange.ts';
import { Pressure } from './pressure.ts';

const LIMITS = { inFlight: 3, perSecond: 5 };
const sent = { address: undefined, durationMs: 1 };
const response = (status: number): Answer => ({
  kind: 'response',
  status,
  headers: {},
  body: '',
  truncated: false,
  ...sent,
});
const timeout: Answer = { kind: 'failure', phase: 'wait', fault: 'timeout', text: '', ...sent };
const done: Verdict = { kind: 'done' };
const again = (at?: number): Verdict => ({ kind: 'not_before', reason: 'x', at });

test('no more are sent than may be in flight, nor than a second allows', () => {
  const pressure = new Pressure(LIMITS);
  for (let count = 0; count < 3; count += 1) pressure.started(1000);
  assert.equal(pressure.free(1000), 0);
  for (let count = 0; count < 3; count += 1) pressure.ended({ answer: response(200), verdict: done });
  assert.equal(pressure.free(1000), 2);
  assert.equal(pressure.free(2000), 3);
});

test('a receiver that is overloaded or times out gets one probe at a time until one succeeds', () => {
  for (const answer of [response(429), response(502), response(504), timeout]) {
    const pressure = new Pressure(LIMITS);
    pressure.started(0);
    pressure.ended({ answer, verdict: again() });
    assert.equal(pressure.free(5000), 1);
    pressure.started(5000);
    assert.equal(pressure.free(5000), 0);
    pressure.ended({ answer: response(500), verdict: again() });
    assert.equal(pressure.free(9000), 1);
    pressure.started(9000);
    pressure.ended({ answer: response(204), verdict: done });
    assert.equal(pressure.free(12_000), 3);
  }
});

test('AUT-114: nothing is sent before the instant that a 429 names', () => {
  const pressure = new Pressure(LIMITS);
  pressure.started(0);
  pressure.ended({ answer: response(429), verdict: again(120_000) });
  assert.equal(pressure.free(119_999), 0);
  assert.equal(pressure.isCalm(119_999), false);
  assert.equal(pressure.free(120_000), 1);
});

test('a 503 with Retry-After delays its own delivery only', () => {
  const pressure = new Pressure(LIMITS);
  pressure.started(0);
  pressure.ended({ answer: response(503), verdict: again(120_000) });
  assert.equal(pressure.free(1000), 3);
});

test('a delivery that was not sent leaves only its place', () => {
  const pressure = new Pressure(LIMITS);
  pressure.started(0);
  pressure.ended();
  assert.equal(pressure.isCalm(0), true);
});
