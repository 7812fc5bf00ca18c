import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { signWebhook } from './sign-webhook.ts';

const BODY = '{"name":"größer 🚀","n":1}';
const request = { id: 'exe_1_2_3_0', timestamp: String(Math.floor(Date.now() / 1000)), body: Buffer.from(BODY) };
const sign = (value: string, previous?: string, encoding: 'base64' | 'hex' = 'base64') =>
  signWebhook(request, { value, previous }, encoding);

/** The signature as the receiver's own shell makes it. */
function openssl(secret: string): Buffer {
  return execFileSync('openssl', ['dgst', '-sha256', '-hmac', secret, '-binary'], { input: BODY });
}

const headersOf = (signature: string) => ({
  'webhook-id': request.id,
  'webhook-timestamp': request.timestamp,
  'webhook-signature': signature,
});

test('AUT-100: X-Wandb-Signature is what openssl computes over the body, non-ASCII bytes included', () => {
  for (const secret of ['my secret', 'schlüssel', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']) {
    assert.equal(sign(secret)['X-Wandb-Signature'], openssl(secret).toString('base64'));
    assert.equal(sign(secret, undefined, 'hex')['X-Wandb-Signature'], openssl(secret).toString('hex'));
  }
});

test('AUT-102: webhook-signature verifies with the published library, for whsec_ secrets and for plain ones', () => {
  const prefixed = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const plain = 'a plain secret, schlüssel';
  const verifiers = [new Webhook(prefixed), new Webhook(Buffer.from(plain).toString('base64'))];
  [prefixed, plain].forEach((secret, index) => {
    const headers = headersOf(sign(secret)['webhook-signature']);
    assert.deepEqual(verifiers[index]!.verify(BODY, headers), JSON.parse(BODY));
    assert.throws(() => verifiers[index]!.verify(`${BODY} `, headers));
    assert.throws(() => verifiers[1 - index]!.verify(BODY, headers));
  });
});

test('AUT-102: while a rotation overlaps, receivers with either secret accept; W&B’s signature has the new one', () => {
  const signed = sign('the new secret', 'the old secret');
  assert.match(signed['webhook-signature'], /^v1,\S+ v1,\S+$/);
  for (const secret of ['the new secret', 'the old secret']) {
    const verifier = new Webhook(Buffer.from(secret).toString('base64'));
    assert.doesNotThrow(() => verifier.verify(BODY, headersOf(signed['webhook-signature'])));
  }
  assert.equal(signed['X-Wandb-Signature'], openssl('the new secret').toString('base64'));
});
