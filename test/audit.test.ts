import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { dropMonths } from '../src/audit/drop-months.ts';
import { sealEntries } from '../src/audit/seal-entries.ts';
import { verifyChain } from '../src/audit/verify-chain.ts';
import type { EntityId, TenantId, UserId } from '../src/model/ids.ts';
import type { Viewer } from '../src/model/viewer.ts';
import { createLogger } from '../src/server/logger.ts';
import { warnOfUnsealed } from '../src/server/start-auditing.ts';
import { type AuditQuery, auditEntries, recordDeed } from '../src/store/audit.ts';
import { nextInChain } from '../src/store/audit-chain.ts';
import { chainAnchors, chainHead } from '../src/store/audit-checks.ts';
import { leaseSubject } from '../src/store/deadlines.ts';
import type { Ground } from '../src/store/ground.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import { queueHealth } from '../src/store/queue-health.ts';
import { type FreshGround, freshGround } from './directory-database.ts';
import { forEachDatabase } from './support/databases.ts';

const everything = {
  deed: null,
  actor: null,
  actorKind: null,
  subject: null,
  from: null,
  to: null,
  after: null,
  limit: 1000,
};

forEachDatabase((name) => {
  describe('the chain of the audit log', () => {
    let fresh: FreshGround;
    let ground: Ground;
    let tenants = 0;

    before(async () => {
      fresh = await freshGround(name);
      ({ ground } = fresh);
    });
    after(() => fresh.drop());

    const leave = (tenantId: TenantId, count: number, now = ground.clock.now()) =>
      ground.database.transaction(async (tx) => {
        for (let index = 0; index < count; index += 1) {
          const subject = { kind: 'project', id: String(index), name: `project ${index} \0 \ud800` };
          const facts = {
            deed: 'project.changed',
            subject,
            before: { z: 1, a: null },
            after: { a: 'ü', z: 1.5e300 },
          } as const;
          await recordDeed(tx, { system: 'a test' }, { now, tenantId, ...facts });
        }
      });
    const chain = async (count: number): Promise<TenantId> => {
      tenants += 1;
      const tenantId = String(1_000_000 + tenants) as TenantId;
      await leave(tenantId, count);
      await sealEntries(ground);
      return tenantId;
    };
    /** As whoever owns the database could. */
    const tamper = (sql: string, parameters: readonly unknown[]) =>
      ground.database.transaction(async (tx) => {
        await tx.execute('set local session_replication_role = replica');
        assert.ok((await tx.execute(sql, parameters)) > 0);
      });
    const verdict = async (tenantId: TenantId) => {
      const { whole, broken } = await verifyChain(ground.database, tenantId);
      return { whole, broken: broken?.number };
    };

    test('entries are numbered and chained, once, and the chain is whole', async () => {
      const tenantId = await chain(5);
      await leave(tenantId, 3);
      assert.deepEqual(await verdict(tenantId), { whole: 5, broken: undefined }, 'what is unsealed does not count');
      await sealEntries(ground);
      await sealEntries(ground);
      assert.deepEqual(await verdict(tenantId), { whole: 8, broken: undefined });
      assert.equal((await chainHead(ground.database, tenantId))?.number, 8);
    });

    test('the database refuses to change, delete and truncate', async () => {
      const tenantId = await chain(2);
      for (const sql of [
        `update audit_entry set deed = 'x' where tenant_id = $1::bigint`,
        `update audit_entry set number = 7 where tenant_id = $1::bigint`,
        `update audit_entry set number = null, hash = null where tenant_id = $1::bigint`,
        `delete from audit_entry where tenant_id = $1::bigint`,
        `update audit_chain set number = 1 where tenant_id = $1::bigint`,
        `delete from audit_chain where tenant_id = $1::bigint`,
      ]) {
        await assert.rejects(ground.database.execute(sql, [tenantId]), sql);
      }
      const month = new Date().toISOString().slice(0, 7).replace('-', '_');
      for (const table of ['audit_entry', `audit_entry_${month}`, 'audit_chain', 'audit_anchor']) {
        await assert.rejects(ground.database.execute(`truncate ${table}`), /append-only/, table);
      }
      assert.deepEqual(await verdict(tenantId), { whole: 2, broken: undefined });
    });

    test('a changed, a deleted and a swapped entry are each found where they are', async () => {
      const columns = ['deed', 'actor_name', 'reason', 'subject_kind', 'subject_id', 'subject_name'];
      for (const column of columns) {
        const tenantId = await chain(5);
        await tamper(`update audit_entry set ${column} = 'x' where tenant_id = $1::bigint and number = 3`, [tenantId]);
        assert.deepEqual(await verdict(tenantId), { whole: 2, broken: 3 }, column);
      }
      const middle = await chain(5);
      await tamper('delete from audit_entry where tenant_id = $1::bigint and number = 4', [middle]);
      assert.deepEqual(await verdict(middle), { whole: 3, broken: 4 });
      const swapped = await chain(5);
      await tamper(`update audit_entry set number = 5 - number where tenant_id = $1::bigint and number in (2, 3)`, [
        swapped,
      ]);
      assert.deepEqual(await verdict(swapped), { whole: 1, broken: 2 });
      const doubled = await chain(3);
      await tamper(
        `insert into audit_entry select tenant_id, id + 1000000, at, deed, actor_id, actor_name, reason, origin,
           subject_kind, subject_id, subject_name, before, after, number, hash
         from audit_entry where tenant_id = $1::bigint and number = 2`,
        [doubled],
      );
      assert.deepEqual(await verdict(doubled), { whole: 2, broken: 2 });
    });

    test('a lost end is found by the head, and where the head was set back too, by the head in the log', async () => {
      const tenantId = await chain(5);
      const written = await chainHead(ground.database, tenantId);
      assert.ok(written);
      await tamper('delete from audit_entry where tenant_id = $1::bigint and number > 3', [tenantId]);
      assert.deepEqual(await verdict(tenantId), { whole: 3, broken: 4 });
      await tamper(
        `update audit_chain set number = 3, hash = (select hash from audit_entry
           where tenant_id = $1::bigint and number = 3) where tenant_id = $1::bigint`,
        [tenantId],
      );
      assert.deepEqual(await verdict(tenantId), { whole: 3, broken: undefined }, 'the database alone cannot tell');
      assert.equal((await verifyChain(ground.database, tenantId, [written])).broken?.number, 4);
    });

    test('two nodes that seal at once, while entries come, make one chain', async () => {
      const tenantId = await chain(0);
      const nodes = [ground, { ...ground, database: fresh.open() }, { ...ground, database: fresh.open() }];
      await Promise.all(
        nodes.flatMap((node) => [leave(tenantId, 20), sealEntries(node), leave(tenantId, 20), sealEntries(node)]),
      );
      await sealEntries({ ...ground, clock: { now: () => Date.now() + 5_000 } });
      assert.deepEqual(await verdict(tenantId), { whole: 120, broken: undefined });
      assert.equal((await auditEntries(ground.database, { ...everything, tenantIds: [tenantId] })).length, 120);
    });

    test('entries of a node that died between insert and seal, its lease in hand, are sealed when the lease ends', async () => {
      const tenantId = await chain(1);
      await leave(tenantId, 2);
      const now = Date.now();
      await leaseSubject(ground.database, { tenantId, kind: 'audit', subjectId: '0' }, now, now + 4_000);
      await sealEntries(ground);
      assert.deepEqual(await verdict(tenantId), { whole: 1, broken: undefined }, 'the lease is respected');
      await sealEntries({ ...ground, clock: { now: () => now + 4_000 } });
      assert.deepEqual(await verdict(tenantId), { whole: 3, broken: undefined });
    });

    test('a deed that is rolled back leaves no entry', async () => {
      const tenantId = await chain(1);
      const fault = new Error('the deed failed');
      const deed = ground.database.transaction(async (tx) => {
        const subject = { kind: 'project', id: '1', name: 'x' };
        await recordDeed(tx, { system: 'a test' }, { now: Date.now(), tenantId, deed: 'project.changed', subject });
        throw fault;
      });
      await assert.rejects(deed, fault);
      await sealEntries(ground);
      assert.deepEqual(await verdict(tenantId), { whole: 1, broken: undefined });
    });

    test('entries that wait for more than 10 s raise the alarm, fresh and sealed ones do not', async () => {
      const lines: string[] = [];
      const logger = createLogger('info', { write: (line: string) => void lines.push(line) });
      await sealEntries(ground);
      await leave(await chain(1), 2);
      await warnOfUnsealed(ground, logger);
      assert.deepEqual(lines, []);
      const later = { ...ground, clock: { now: () => Date.now() + 11_000 } };
      await warnOfUnsealed(later, logger);
      assert.equal(lines.length, 1);
      assert.equal(JSON.parse(lines[0]!).entries, 2);
      await sealEntries(ground);
      await warnOfUnsealed(later, logger);
      assert.equal(lines.length, 1);
    });

    test('a month that is dropped leaves an anchor that the chain goes on from', async () => {
      const now = Date.UTC(2026, 5, 10);
      await ensurePartitions(ground.database, now);
      const tenantId = await chain(0);
      await leave(tenantId, 3, now);
      await assert.rejects(dropMonths(ground.database, '2026-07'), /not sealed/);
      await sealEntries(ground);
      await leave(tenantId, 2);
      await sealEntries(ground);
      assert.ok((await dropMonths(ground.database, '2026-07')).includes('audit_entry_2026_06'));
      const report = await verifyChain(ground.database, tenantId);
      assert.deepEqual([report.dropped, report.whole, report.broken], [3, 2, undefined]);
      await tamper('delete from audit_entry where tenant_id = $1::bigint and number = 4', [tenantId]);
      assert.deepEqual(await verdict(tenantId), { whole: 0, broken: 4 });
    });

    test('numbers follow the sealing and months the time: what is left between dropped entries is checked too', async () => {
      const [march, april] = [Date.UTC(2026, 2, 31), Date.UTC(2026, 3, 1)];
      for (const now of [march, april]) await ensurePartitions(ground.database, now);
      const tenants: TenantId[] = [];
      for (let index = 0; index < 5; index += 1) {
        const tenantId = await chain(0);
        // 1 and 2 in March, 3 in April, 4 late in March, 5 in April, 6 late in March, 7 in April
        for (const [count, now] of [
          [2, march],
          [1, april],
          [1, march],
          [1, april],
          [1, march],
          [1, april],
        ] as const) {
          await leave(tenantId, count, now);
          await sealEntries(ground);
        }
        tenants.push(tenantId);
      }
      assert.ok((await dropMonths(ground.database, '2026-04')).includes('audit_entry_2026_03'));
      const [first, third, last, forged, anchored] = tenants as [TenantId, TenantId, TenantId, TenantId, TenantId];
      const report = await verifyChain(ground.database, first);
      assert.deepEqual([report.whole, report.dropped, report.reached.number], [3, 4, 7]);
      assert.equal(report.broken, undefined);
      for (const [tenantId, number, whole] of [
        [first, 3, 0],
        [third, 5, 1],
        [last, 7, 2],
      ] as const) {
        await tamper(`update audit_entry set deed = 'x' where tenant_id = $1::bigint and number = $2::bigint`, [
          tenantId,
          number,
        ]);
        assert.deepEqual(await verdict(tenantId), { whole, broken: number });
      }
      // one with the right hash of its own, and only what was dropped stood on it
      await tamper('delete from audit_entry where tenant_id = $1::bigint and number = 3', [forged]);
      const before = await chainAnchors(ground.database, forged);
      await leave(forged, 1, april);
      const [entry] = await auditEntries(ground.database, { ...everything, tenantIds: [forged], limit: 1 });
      assert.ok(entry && before[0]);
      const { hash } = nextInChain(before[0], entry);
      await tamper(
        `update audit_entry set number = 3, hash = decode($2::text, 'hex') where tenant_id = $1::bigint and number is null`,
        [forged, hash],
      );
      assert.deepEqual(await verdict(forged), { whole: 1, broken: 4 });
      await tamper('delete from audit_anchor where tenant_id = $1::bigint and number = 4', [anchored]);
      assert.deepEqual(await verdict(anchored), { whole: 1, broken: 4 });

      assert.ok((await dropMonths(ground.database, '2026-05')).includes('audit_entry_2026_04'));
      const rest = await chain(0);
      assert.deepEqual(await verdict(rest), { whole: 0, broken: undefined });
      assert.deepEqual(await verdict(forged), { whole: 0, broken: 4 }, 'what was broken stays so');
    });

    test('entries of the system are told apart from those of a user who is called so', async () => {
      const tenantId = await chain(1);
      const rights = { admin: false, defaultEntity: 'x', roles: new Map(), registryRoles: new Map() };
      const ids = { userId: '77' as UserId, entityId: '78' as EntityId };
      const named: Viewer = { ...ids, ...rights, username: 'system', email: undefined };
      const subject = { kind: 'project', id: '1', name: 'x' };
      const deed = { now: ground.clock.now(), tenantId, deed: 'project.changed', subject } as const;
      await ground.database.transaction((tx) => recordDeed(tx, named, deed));
      const found = async (filter: Partial<AuditQuery>) => {
        const entries = await auditEntries(ground.database, { ...everything, ...filter, tenantIds: [tenantId] });
        return entries.map(({ actorId }) => actorId);
      };
      assert.deepEqual(await found({ actor: 'system' }), [named.userId]);
      assert.deepEqual(await found({ actorKind: 'user' }), [named.userId]);
      assert.deepEqual(await found({ actorKind: 'system' }), [null]);
      assert.deepEqual(await found({ actor: 'system', actorKind: 'system' }), []);
    });

    test('a time outside of all months is answered, with nothing', async () => {
      const tenantId = await chain(2);
      const now = ground.clock.now();
      const count = async (from: number | null, to: number | null) =>
        (await auditEntries(ground.database, { ...everything, from, to, tenantIds: [tenantId] })).length;
      assert.equal(await count(now - 60_000, now + 60_000), 2);
      assert.equal(await count(now + 60_000, null), 0);
      assert.equal(await count(null, now - 60_000), 0);
      assert.equal(await count(Date.UTC(1970, 0), Date.UTC(9999, 0)), 2);
      assert.equal(await count(Date.UTC(9999, 0), null), 0);
      assert.equal(await count(null, Date.UTC(1970, 0)), 0);
    });

    test('the age of the oldest entry that is not sealed is told with the queues', async () => {
      await sealEntries(ground);
      const oldest = async () => (await queueHealth(ground.database, Date.now(), Date.now())).oldestUnsealed;
      assert.equal(await oldest(), null);
      const now = Math.floor(ground.clock.now());
      const tenantId = await chain(0);
      await leave(tenantId, 1, now);
      await leave(tenantId, 1, now + 5_000);
      assert.equal(await oldest(), now);
    });
  });
});
