import { rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { isUniqueViolation } from '../src/store/database-faults.ts';
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
});
