import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDatabase } from '../../src/store/database.ts';
import { ensurePartitions } from '../../src/store/partitions.ts';
import { freshDatabase } from '../support/databases.ts';
import { spawnTripline } from '../support/node-process.ts';
import { rest } from '../support/rest.ts';
import { untilSaid } from '../support/said.ts';
import { type Server, startServer } from '../support/server.ts';
import { until } from '../support/wait.ts';

interface Entry {
  readonly deed: string;
  readonly number: number | null;
  readonly origin: { readonly address: string };
}

const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

/** `tripline audit …` as a process. @returns its exit code and all that it said */
async function audit(args: readonly string[], env: Record<string, string> = {}): Promise<[string, string]> {
  const command = spawnTripline(['audit', ...args], { TRIPLINE_MASTER_KEY: MASTER_KEY, ...env });
  const outcome = await until('the command to end', () => command.outcome, { within: 60_000 });
  return [outcome, command.log];
}

const people = (server: Server, name: string) =>
  rest(server, server.adminKey, '/users', { method: 'POST', body: { username: name } });

async function entriesOf(server: Server): Promise<Entry[]> {
  return (await rest<{ items: Entry[] }>(server, server.adminKey, '/audit?limit=100')).items;
}

const sealed = (server: Server, count: number) =>
  until(`${count} sealed entries`, async () => {
    const entries = await entriesOf(server);
    return entries.length >= count && entries.every(({ number }) => number !== null) && entries;
  });

describe('embedded', () => {
  test('the chain is checked beside the running server and without it; entries outlive a kill right after the deeds', async () => {
    const server = await startServer({ args: [] });
    try {
      await Promise.all(['ann', 'bob', 'carl', 'dora'].map((name) => people(server, name)));
      await server.kill();
      const [early, told] = await audit(['verify', '--data', server.data]);
      strictEqual(early, '0', told);
      await server.start();
      const entries = await sealed(server, 5);
      strictEqual(entries.filter(({ deed }) => deed === 'user.created').length, 4);
      const spoof = { 'x-forwarded-for': '203.0.113.7' };
      const body = { username: 'eve' };
      await server.call('/api/v1/users', { method: 'POST', key: server.adminKey, headers: spoof, body });
      const [newest] = await sealed(server, 6);
      strictEqual(newest?.origin.address, '127.0.0.1', 'no proxy is trusted unless it is named');

      const running = await audit(['verify', '--data', server.data]);
      match(running[1], /the installation: 6 entries are whole; head 6:[0-9a-f]{64}\n/);
      strictEqual(running[0], '0');
      await server.stop();
      deepStrictEqual(await audit(['verify', '--data', server.data]), running);
      const [outcome, nowhere] = await audit(['verify', '--data', `${server.data}-elsewhere`]);
      strictEqual(outcome, '1');
      match(nowhere, /^There is no Tripline in \S+ yet: .*\n$/);
    } finally {
      await server.dispose();
    }
  });
});

describe('server', () => {
  test('a change, a cut end and a foreign head are named, and the command ends with 1; months are dropped', async () => {
    const fresh = await freshDatabase('server');
    const server = await startServer({ database: fresh });
    const database = openDatabase({ connection: { connectionString: fresh.url }, onConnectionError: () => {} });
    const verify = (...args: string[]) => audit(['verify', ...args], { DATABASE_URL: fresh.url });
    /** As whoever owns the database can. */
    const tamper = async (sql: string) => {
      const changed = await database.transaction(async (tx) => {
        await tx.execute('set local session_replication_role = replica');
        return tx.execute(sql);
      });
      ok(changed > 0);
    };
    try {
      for (const name of ['ann', 'bob', 'carl']) await people(server, name);
      await sealed(server, 4);
      const [outcome, said] = await verify();
      strictEqual(outcome, '0', said);
      const [, head = ''] = /the installation: 4 entries are whole; head (\S+)\n/.exec(said) ?? [];
      await untilSaid(server, new RegExp(head.split(':')[1] ?? '?'));
      deepStrictEqual((await verify('--entity', '0', '--head', head))[0], '0');

      const name = (text: string) =>
        tamper(`update audit_entry set subject_name = '${text}' where number = 3 and tenant_id = 0`);
      await name('mallory');
      const [code, broken] = await verify();
      strictEqual(code, '1');
      match(broken, /the installation: BROKEN at entry 3: .* was changed: .*; 2 entries before it are whole\n/);
      match(broken, /The audit log is not whole: 1 of 1 chains are broken\.\n$/);
      await name('bob');
      strictEqual((await verify())[0], '0');

      await tamper('delete from audit_entry where number = 4 and tenant_id = 0');
      const [cut, lost] = await verify();
      deepStrictEqual([cut, /BROKEN at entry 4: entries 4 to 4 are missing at the end/.test(lost)], ['1', true], lost);
      await tamper(`update audit_chain set number = 3, hash = (select hash from audit_entry
        where number = 3 and tenant_id = 0) where tenant_id = 0`);
      strictEqual((await verify())[0], '0', 'the database alone cannot tell');
      match((await verify('--entity', '0', '--head', head))[1], /BROKEN at entry 4/);
      strictEqual((await verify('--head', head))[0], '1', 'a head is of one entity');

      const drop = (before: string) => audit(['drop', '--before', before], { DATABASE_URL: fresh.url });
      const nowhere = ['drop', '--data', '/nonexistent/tripline', '--before', '2027-13'];
      deepStrictEqual(
        await audit(nowhere),
        ['1', "A month is written as '2027-01'.\n"],
        'before a database is looked for',
      );
      deepStrictEqual(await drop('last month'), ['1', "A month is written as '2027-01'.\n"]);
      deepStrictEqual(await drop('2999-01'), ['1', 'The present month and those to come stay.\n']);
      await ensurePartitions(database, Date.UTC(2026, 2, 31));
      const [, dropped] = await drop('2026-04');
      strictEqual(dropped, 'Dropped: audit_entry_2026_02, audit_entry_2026_03.\n');
      deepStrictEqual(await drop('2026-04'), ['0', 'Nothing is older than 2026-04.\n']);
    } finally {
      await database.close();
      await server.dispose();
    }
  });
});
