import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ground } from '../src/store/ground.ts';
import { leaseNodeNumber } from '../src/store/nodes.ts';
import { type FreshGround, freshGround } from './directory-database.ts';
import { forEachDatabase } from './support/databases.ts';

let fresh: FreshGround;
let ground: Ground;

forEachDatabase((name) => {
  before(async () => {
    fresh = await freshGround(name);
    ground = fresh.ground;
  });

  after(() => fresh.drop());

  describe('node numbers', () => {
    test('processes that start at once get different numbers, and give them back', async () => {
      const leases = await Promise.all([1, 2, 3, 4].map(() => leaseNodeNumber(ground, assert.fail)));
      assert.equal(new Set(leases.map((lease) => lease.number)).size, 4);
      await Promise.all(leases.map((lease) => lease.stop()));
      const [held] = await ground.database.query<{ count: string }>(
        'select count(*) from node where lease_until > to_timestamp($1::float8 / 1000)',
        [Date.now() + 1],
      );
      assert.equal(held?.count, '0');
    });

    test('a process whose number was taken is told once', async (context) => {
      context.mock.timers.enable({ apis: ['setInterval'] });
      const lost = new Promise<string>((resolve) => {
        void leaseNodeNumber(ground, resolve).then(async (lease) => {
          await ground.database.execute('update node set holder = gen_random_uuid() where number = $1', [lease.number]);
          context.mock.timers.tick(15_000);
        });
      });
      assert.match(await lost, /another process/);
    });
  });
});
