import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toSendError } from './failure.ts';

test('the text of a failure names no address, whatever the error says', () => {
  const codes = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENOTFOUND', 'CERT_HAS_EXPIRED', 'HPE_INVALID_CONSTANT', 'ESTRANGE'];
  for (const code of codes) {
    const error = Object.assign(new Error('connect 10.0.0.7:8080 http://u:p@h/?token=1'), { code });
    assert.doesNotMatch(toSendError(error).message, /10\.0\.0\.7|token|u:p/);
  }
});

test('a certificate that is not accepted is told from a handshake that fails', () => {
  assert.equal(toSendError(Object.assign(new Error(), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })).fault, 'certificate');
  assert.equal(toSendError(Object.assign(new Error(), { code: 'EPROTO' })).fault, 'tls');
});

test('a thrown thing without a code is still a failure', () => {
  assert.equal(toSendError('strange').fault, 'other');
});
