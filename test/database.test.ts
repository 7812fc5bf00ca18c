import assert, { rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { isUniqueViolation } from '../src/store/database-faults.ts';
import { arraysOf } from '../src/store/rows.ts';
import { forEachDatabase, withDatabase } from './support/databases.ts';

forEachDatabase((name) => {
  test('of statements that travel together the one that failed is told, not those after it', () =>
    withDatabase(name, async (database) => {
      const take = `insert into instance (key, value) values ('taken', 'once')`;
      await database.execute(take);
      // who hears of the fault a moment later than of what follows from it
      const late = async (work: Promise<unknown>) => {
        const [settled] = await Promise.allSettled([work]);
        await new Promise(setImmediate);
        if (settled.status === 'rejected') throw settled.reason;
      };
      const together = database.transaction((tx) => Promise.all([late(tx.execute(take)), tx.query('select 1')]));
      await rejects(together, isUniqueViolation);
    }));

  test('a statement that takes rows as arrays is planned once, however many rows come', () =>
    withDatabase(name, async (database) => {
      await database.transaction(async (tx) => {
        const sum = `select coalesce(sum(size), 0)::int as size from ${arraysOf('bigint', 'text')} as wanted (tenant_id, digest)
          join artifact_blob using (tenant_id, digest)`;
        for (let rows = 1; rows <= 20; rows += 1) {
          const ids = Array.from({ length: rows }, (_, at) => String(at));
          assert.deepEqual(await tx.query(sum, [ids, ids]), [{ size: 0 }]);
        }
        const [planned] = await tx.query<{ generic: number; custom: number }>(
          `select generic_plans::int as generic, custom_plans::int as custom from pg_prepared_statements
            where statement = $1::text`,
          [sum],
        );
        // the first five are tried by their true numbers, to compare
        assert.deepEqual(planned, { generic: 15, custom: 5 });
      });
    }));
});
