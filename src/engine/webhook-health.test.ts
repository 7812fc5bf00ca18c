import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHopeless } from './webhook-health.ts';

const DAY = 24 * 3600 * 1000;

test('AUT-116: only five days and ten failures together make a webhook hopeless', () => {
  assert.equal(isHopeless({ since: 0, failed: 10 }, 5 * DAY), true);
  assert.equal(isHopeless({ since: 0, failed: 9 }, 50 * DAY), false);
  assert.equal(isHopeless({ since: 0, failed: 1000 }, 5 * DAY - 1), false);
});
