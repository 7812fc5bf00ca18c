import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonClass } from './reason-class.ts';

test('the class of a reason names nothing that a receiver or a person chose', () => {
  const classes = {
    http_404: 'http_4xx',
    http_503: 'http_5xx',
    'attempts_exhausted: http_500': 'attempts_exhausted',
    'secret_missing: TOKEN': 'secret_missing',
    rate_limited: 'rate_limited',
    'the receiver said so': 'other',
    http_999: 'other',
  };
  for (const [reason, expected] of Object.entries(classes)) assert.equal(reasonClass(reason), expected);
  assert.equal(reasonClass(null), 'none');
});
