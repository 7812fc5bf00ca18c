import type { Instant } from '../model/clock.ts';
import { largeIdAt } from '../model/large-id.ts';
import type { Transaction } from './database.ts';
import { firstOfMonth } from './partitions.ts';

/** What is kept of the history of executions: whichever keeps more (automations, section 6.2). */
export interface ExecutionRetention {
  /** Whole months that ended so many days ago are put away. */
  readonly days: number;
  /** Of each automation and owner of what happened, the newest. */
  readonly newest: number;
}

/** In the order in which their rows are copied and their partitions exchanged. */
const TABLES = ['event', 'execution', 'execution_detail', 'attempt'] as const;

/** Any fixed number: deeds on executions hold it together, the exchange of partitions holds it alone. */
const GATE = 7_291_346_004;

/** Held by deeds that make ended executions pending again, so that none changes while its row is copied. */
export async function enterHistory(tx: Transaction): Promise<void> {
  await tx.execute('select pg_advisory_xact_lock_shared($1)', [GATE]);
}

/** What was done with the months that were due. */
export interface PutAway {
  readonly dropped: readonly string[];
  /** Executions that stayed because they are among the newest of their automation, or pending. */
  readonly kept: number;
}

/**
 * Puts away the months that are over for longer than the retention: what must stay is copied into one partition of all
 * that is older, then the partitions are exchanged at once. Who reads or writes meanwhile waits for the exchange only,
 * never for the copy (data model, section 4).
 *
 * @returns `undefined` when another node is at it
 * @throws DatabaseError 55P03 when the tables could not be locked within a moment: the transaction is to be repeated
 */
export async function putAwayExecutions(
  tx: Transaction,
  { days, newest }: ExecutionRetention,
  now: Instant,
): Promise<PutAway | undefined> {
  if (!(await enterAlone(tx))) return undefined;
  const first = firstOfMonth(now - days * DAY_MS, 0);
  const old = await partitionsBefore(tx, first);
  if (!old.some(({ isMonth }) => isMonth)) return { dropped: [], kept: 0 };
  const bound = largeIdAt(first);
  await markSurvivors(tx, bound, newest);
  for (const table of TABLES) await copySurvivors(tx, table, bound);
  await exchange(tx, old, bound);
  const [row] = await tx.query<{ kept: number }>('select count(*)::int as kept from survivor');
  return { dropped: old.map(({ name }) => name), kept: row?.kept ?? 0 };
}

const DAY_MS = 86_400_000;

async function enterAlone(tx: Transaction): Promise<boolean> {
  const [row] = await tx.query<{ entered: boolean }>('select pg_try_advisory_xact_lock($1) as entered', [GATE]);
  return row?.entered === true;
}

interface OldPartition {
  readonly table: string;
  readonly name: string;
  /** Or else the rest of all that is older. */
  readonly isMonth: boolean;
}

/** Names are our own: no text from outside reaches a statement. */
async function partitionsBefore(tx: Transaction, first: Instant): Promise<OldPartition[]> {
  const month = new Date(first).toISOString().slice(0, 7).replace('-', '_');
  return tx.query<OldPartition>(
    `select whole.relname as table, part.relname as name, part.relname <> whole.relname || '_rest' as "isMonth"
       from pg_inherits
       join pg_class part on part.oid = pg_inherits.inhrelid
       join pg_class whole on whole.oid = pg_inherits.inhparent
     where whole.relname = any($1::text[])
       and (part.relname = whole.relname || '_rest' or part.relname < whole.relname || '_' || $2::text)
     order by array_position($1::text[], whole.relname::text), 2`,
    [TABLES, month],
  );
}

/** Of each automation the newest that younger months do not already hold; and what still waits, however old. */
async function markSurvivors(tx: Transaction, bound: string, newest: number): Promise<void> {
  await tx.execute(
    `create temporary table survivor (tenant_id bigint, event_id bigint, automation_id bigint, ask int, status text)
     on commit drop`,
  );
  await tx.execute(
    `insert into survivor
     select ranked.tenant_id, ranked.event_id, ranked.automation_id, ranked.ask, ranked.status from (
       select tenant_id, event_id, automation_id, ask, status,
         row_number() over (partition by tenant_id, automation_id order by event_id desc, ask desc) as place
       from execution where event_id < $1::bigint
     ) ranked
     join (
       select old.tenant_id, old.automation_id, (
         select count(*) from (
           (select 1 from execution younger where younger.tenant_id = old.tenant_id
              and younger.automation_id = old.automation_id and event_id >= $1::bigint and status <> 'skipped'
              limit $2::int)
           union all
           (select 1 from execution younger where younger.tenant_id = old.tenant_id
              and younger.automation_id = old.automation_id and event_id >= $1::bigint and status = 'skipped'
              limit $2::int)
         ) as younger
       ) as younger
       from (select distinct tenant_id, automation_id from execution where event_id < $1::bigint) old
     ) held using (tenant_id, automation_id)
     where ranked.place + held.younger <= $2::int or ranked.status = 'pending'`,
    [bound, newest],
  );
  await tx.execute('create index on survivor (tenant_id, event_id, automation_id, ask)');
  await tx.execute('analyze survivor');
}

async function copySurvivors(tx: Transaction, table: (typeof TABLES)[number], bound: string): Promise<void> {
  await tx.execute(`create table ${table}_kept (like ${table} including all)`);
  // said beforehand, so that it need not be looked for when the tables are locked
  await tx.execute(`alter table ${table}_kept add constraint ${table}_kept_old check (event_id < ${bound})`);
  await tx.execute(copySql(table, bound));
}

function copySql(table: (typeof TABLES)[number], bound: string, only = ''): string {
  const survivor = `select from survivor where survivor.tenant_id = ${table}.tenant_id
    and survivor.event_id = ${table}.event_id ${only}`;
  const same = `and survivor.automation_id = ${table}.automation_id and survivor.ask = ${table}.ask`;
  return `insert into ${table}_kept select ${table}.* from ${table}
    where event_id < ${bound} and exists (${survivor} ${table === 'event' ? '' : same})`;
}

/** How often the tables are asked for before the whole is given up until later. */
const TRIES = 20;

async function exchange(tx: Transaction, old: readonly OldPartition[], bound: string): Promise<void> {
  await lockAll(tx);
  await copyPendingAnew(tx, bound);
  for (const { table, name } of old) {
    await tx.execute(`alter table ${table} detach partition ${name}`);
    await tx.execute(`drop table ${name}`);
  }
  for (const table of TABLES) {
    await tx.execute(`alter table ${table}_kept rename to ${table}_rest`);
    await tx.execute(`alter table ${table} attach partition ${table}_rest for values from (minvalue) to (${bound})`);
    await tx.execute(`alter table ${table}_rest drop constraint ${table}_kept_old`);
  }
}

/** No longer than a moment, so that those who wait behind it do not; shorter than what finds deadlocks. */
async function lockAll(tx: Transaction): Promise<void> {
  await tx.execute(`set local lock_timeout = '400ms'`);
  for (let attempt = 1; ; attempt += 1) {
    await tx.execute('savepoint unlocked');
    try {
      await tx.execute(`lock table ${TABLES.join(', ')} in access exclusive mode`);
      return;
    } catch (error) {
      if (attempt === TRIES) throw error;
      await tx.execute('rollback to savepoint unlocked');
    }
  }
}

/** Those that waited when they were copied may have been delivered since; of the ended ones none has changed. */
async function copyPendingAnew(tx: Transaction, bound: string): Promise<void> {
  for (const table of ['execution', 'execution_detail', 'attempt'] as const) {
    await tx.execute(
      `delete from ${table}_kept using survivor where survivor.status = 'pending'
         and survivor.tenant_id = ${table}_kept.tenant_id and survivor.event_id = ${table}_kept.event_id
         and survivor.automation_id = ${table}_kept.automation_id and survivor.ask = ${table}_kept.ask`,
    );
    await tx.execute(copySql(table, bound, `and survivor.status = 'pending'`));
  }
}
