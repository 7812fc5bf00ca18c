import assert from 'node:assert/strict';
import { test } from 'node:test';
import { executionId, parseExecutionId } from './execution-id.ts';

test('the public id of an execution reads back as its key', () => {
  const key = parseExecutionId('exe_12_59309295413495808_7_0');
  assert.deepEqual(key, { tenantId: '12', eventId: '59309295413495808', automationId: '7', ask: 0 });
  assert.equal(key && executionId(key), 'exe_12_59309295413495808_7_0');
});

test('what is no execution id, or no id of a database, is not read', () => {
  const texts = ['', 'exe_1_2_3', 'exe_1_2_3_4_5', 'run_1_2_3_0', 'exe_1_02_3_0', 'exe_1_2_-3_0', 'exe_a_2_3_0'];
  for (const text of [...texts, 'exe_1_2_3_2147483648', 'exe_1_9223372036854775808_3_0']) {
    assert.equal(parseExecutionId(text), undefined, text);
  }
});
