import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apiKeyOf } from './api-key-of.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('the API key of a request', () => {
  test('is the password of HTTP Basic, whatever the user name', () => {
    assert.equal(apiKeyOf(basic('api:key')), 'key');
    assert.equal(apiKeyOf(basic('user:key')), 'key');
    assert.equal(apiKeyOf(basic(':key')), 'key');
  });

  test('may hold colons', () => assert.equal(apiKeyOf(basic('api:a:b')), 'a:b'));

  test('is a Bearer token, in any case of the word', () => {
    assert.equal(apiKeyOf('Bearer key'), 'key');
    assert.equal(apiKeyOf('bearer  key '), 'key');
  });

  test('is missing from anything else', () => {
    for (const header of [undefined, '', 'Basic', 'Bearer ', 'Digest key', basic('api:'), basic('key'), 'Basic !!']) {
      assert.equal(apiKeyOf(header), undefined, header);
    }
  });
});
