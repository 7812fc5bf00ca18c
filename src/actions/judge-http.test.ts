import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, SendFault } from '../model/exchange.ts';
import { judgeHttp, readRetryAfter } from './judge-http.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0);
const HOUR = 3600 * 1000;

const response = (status: number, headers: Record<string, string> = {}): Answer => ({
  kind: 'response',
  status,
  headers,
  body: '',
  truncated: false,
  address: '127.0.0.1',
  durationMs: 1,
});

const failure = (fault: SendFault): Answer => ({
  kind: 'failure',
  phase: 'connect',
  fault,
  text: 'x',
  address: undefined,
  durationMs: 1,
});

test('AUT-111: every 2xx finishes the execution, a redirect fails it at once', () => {
  for (const status of [200, 201, 204, 299]) assert.deepEqual(judgeHttp(response(status), NOW), { kind: 'done' });
  for (const status of [300, 301, 302, 304, 307, 308]) {
    assert.deepEqual(judgeHttp(response(status), NOW), { kind: 'never', reason: `http_${status}` });
  }
});

test('AUT-112: 408, 425, 429 and all 5xx are retried, other 4xx are not', () => {
  for (const status of [408, 425, 429, 500, 501, 502, 503, 504, 599]) {
    assert.equal(judgeHttp(response(status), NOW).kind, 'not_before', String(status));
  }
  for (const status of [400, 401, 403, 404, 405, 409, 410, 413, 422, 451]) {
    assert.equal(judgeHttp(response(status), NOW).kind, 'never', String(status));
  }
});

test('AUT-112: no connection, no name, no handshake, no time and a broken answer are retried; a blocked address is not', () => {
  const retried = ['dns', 'refused', 'unreachable', 'timeout', 'reset', 'certificate', 'tls', 'malformed', 'other'];
  for (const fault of retried as SendFault[]) {
    assert.deepEqual(judgeHttp(failure(fault), NOW), { kind: 'not_before', reason: fault, at: undefined });
  }
  assert.deepEqual(judgeHttp(failure('blocked'), NOW), { kind: 'never', reason: 'address_blocked' });
});

test('AUT-114: Retry-After in seconds or as a date names the instant before which nothing is sent', () => {
  const seconds = judgeHttp(response(429, { 'retry-after': '120' }), NOW);
  assert.deepEqual(seconds, { kind: 'not_before', reason: 'http_429', at: NOW + 120_000 });
  const date = judgeHttp(response(503, { 'retry-after': 'Tue, 24 Nov 2026 13:00:00 GMT' }), NOW);
  assert.deepEqual(date, { kind: 'not_before', reason: 'http_503', at: NOW + HOUR });
});

test('Retry-After is bounded by 24 h, and ignored when past or unreadable', () => {
  assert.equal(readRetryAfter('9999999999', NOW), NOW + 24 * HOUR);
  assert.equal(readRetryAfter('Wed, 24 Nov 2027 12:00:00 GMT', NOW), NOW + 24 * HOUR);
  for (const text of [undefined, '', '0', '-1', '1.5', 'soon', 'Mon, 23 Nov 2026 12:00:00 GMT', '2027-01-01']) {
    assert.equal(readRetryAfter(text, NOW), undefined, text);
  }
});
