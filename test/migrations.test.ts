import { deepStrictEqual, match, rejects, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { automationsUsing } from '../src/store/automation-lists.ts';
import { migrate, missingMigrations } from '../src/store/migrate.ts';
import { DeliveryScene } from './delivery-scene.ts';
import { forEachDatabase, withDatabase } from './support/databases.ts';

forEachDatabase((name) => {
  test('migrations are applied once; a second start finds nothing to do', () =>
    withDatabase(name, async (database) => {
      strictEqual(await missingMigrations(database), 0);
      deepStrictEqual(await migrate(database), []);
    }));

  test('two starts at the same moment do not disturb each other', () =>
    withDatabase(name, async (database) => {
      await database.execute('drop schema public cascade');
      await database.execute('create schema public');
      const applied = await Promise.all([migrate(database), migrate(database)]);
      deepStrictEqual(applied.map((names) => names.length > 0).toSorted(), [false, true]);
      strictEqual(await missingMigrations(database), 0);
    }));

  test('a database that has history already gets a place for columns of all of it', () =>
    withDatabase(name, async (database) => {
      await database.execute('drop table history_reach, run_metric, history_column');
      await database.execute('delete from schema_migration where number = 5');
      await database.execute('create table history_chunk_old partition of history_chunk for values from (10) to (20)');
      deepStrictEqual(await migrate(database), ['0005_history_columns.sql']);
      for (const table of ['history_column', 'run_metric']) {
        const [row] = await database.query<{ bounds: string }>(
          'select pg_get_expr(relpartbound, oid) as bounds from pg_class where relname = $1',
          [`${table}_old`],
        );
        strictEqual(row?.bounds, "FOR VALUES FROM ('10') TO ('20')");
      }
    }));

  test('definitions that are stored already keep what they say, and stay found by their integration', () =>
    withDatabase(name, async (database) => {
      const scene = await DeliveryScene.open(database);
      for (const table of ['automation', 'automation_revision']) {
        await database.execute(`alter table ${table} alter column definition type jsonb using definition::jsonb`);
      }
      const integrationId = await scene.webhook('http://127.0.0.1:9/');
      const id = await scene.automation(integrationId, { z: 'é "quoted"', a: 1e21 });
      await database.execute('delete from schema_migration where number = 21');
      deepStrictEqual(await migrate(database), ['0021_definition_order.sql']);
      deepStrictEqual(
        (await automationsUsing(database, integrationId)).map((found) => [found.id, found.definition]),
        [
          [
            id,
            { event: {}, action: { type: 'GENERIC_WEBHOOK', integrationId, payload: { a: 1e21, z: 'é "quoted"' } } },
          ],
        ],
      );
      const [index] = await database.query<{ indexdef: string }>(
        `select indexdef from pg_indexes where indexname = 'automation_integration'`,
      );
      match(index?.indexdef ?? '', /integrationId/);
    }));

  test('a database of a newer program is refused with what to do', () =>
    withDatabase(name, async (database) => {
      await database.execute("insert into schema_migration (number, name) values (9000, '9000_later.sql')");
      await rejects(migrate(database), /newer Tripline .*start that version/);
    }));
});
