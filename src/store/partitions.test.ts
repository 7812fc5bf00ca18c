import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partitionsAround } from './partitions.ts';

test('partitions reach from the previous month to three months ahead, without a gap', () => {
  const partitions = partitionsAround(Date.UTC(2026, 11, 31, 23, 59, 59)).filter(({ table }) => table === 'event');
  assert.deepEqual(
    partitions.map(({ name }) => name),
    ['event_2026_11', 'event_2026_12', 'event_2027_01', 'event_2027_02', 'event_2027_03'],
  );
  for (const [index, partition] of partitions.slice(1).entries()) assert.equal(partition.from, partitions[index]!.to);
});

test('all partitioned tables get the same months', () => {
  const tables = new Set(partitionsAround(Date.UTC(2026, 5, 1)).map(({ table }) => table));
  assert.deepEqual([...tables].sort(), [
    'attempt',
    'audit_entry',
    'event',
    'execution',
    'execution_detail',
    'history_chunk',
    'history_column',
    'run_metric',
  ]);
});

test('months before the first id have no partition', () => {
  const names = partitionsAround(Date.UTC(2026, 0, 10)).map(({ name }) => name);
  assert.ok(names.includes('event_2026_01') && !names.some((name) => name.includes('2025')));
});
