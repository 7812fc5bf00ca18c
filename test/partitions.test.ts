import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ensurePartitions, partitionsAround } from '../src/store/partitions.ts';
import { forEachDatabase, withDatabase } from './support/databases.ts';

const NOW = Date.UTC(2026, 10, 24);
const LATER = Date.UTC(2027, 2, 1);

forEachDatabase((name) => {
  test('nodes that make the same partitions at once all succeed, and later months are added', () =>
    withDatabase(name, async (database) => {
      await Promise.all([1, 2, 3].map(() => ensurePartitions(database, NOW)));
      await ensurePartitions(database, NOW);
      await Promise.all([1, 2].map(() => ensurePartitions(database, LATER)));
      const rows = await database.query<{ name: string }>(
        `select inhrelid::regclass::text as name from pg_inherits where inhparent::regclass::text in
           ('history_chunk', 'history_column', 'run_metric', 'event', 'execution', 'execution_detail', 'attempt',
            'audit_entry')`,
      );
      const wanted = new Set([...partitionsAround(NOW), ...partitionsAround(LATER)].map((each) => each.name));
      assert.deepEqual(rows.map((row) => row.name).sort(), [...wanted].sort());
    }));
});
