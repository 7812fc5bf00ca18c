import type { Instant } from '../model/clock.ts';
import { largeIdAt } from '../model/large-id.ts';
import type { Database, Queryable } from './database.ts';

/** Any fixed number: nodes make partitions one after the other. */
const LOCK = 7_291_346_003;
const MONTHS_AHEAD = 3;

/** Partitioned by range of a large id, which carries the time (data model, sections 3 and 4). */
const PARTITIONED = [
  'history_chunk',
  'history_column',
  'run_metric',
  'event',
  'execution',
  'execution_detail',
  'attempt',
  'audit_entry',
] as const;

/** An execution changes once or twice: with room beside it the new version stays on its page, in the order of lists. */
const FILLED: Readonly<Record<string, number>> = { execution: 70 };

interface Partition {
  readonly table: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Makes the monthly partitions from the previous month to three months ahead that are missing. There is no
 * default partition: call this at start and at least daily. Nodes may call it together; when nothing is missing
 * it costs one read.
 */
export async function ensurePartitions(database: Database, now: Instant): Promise<void> {
  const wanted = partitionsAround(now);
  if ((await missing(database, wanted)).length === 0) return;
  await database.transaction(async (tx) => {
    await tx.execute('select pg_advisory_xact_lock($1)', [LOCK]);
    for (const partition of await missing(tx, wanted)) {
      await tx.execute(createPartition(partition));
      if (partition.table === 'audit_entry') await tx.execute(refuseTruncate(partition));
    }
  });
}

async function missing(queryable: Queryable, wanted: readonly Partition[]): Promise<Partition[]> {
  const rows = await queryable.query<{ name: string }>(
    'select name from unnest($1::text[]) name where to_regclass(name) is null',
    [wanted.map((partition) => partition.name)],
  );
  const names = new Set(rows.map((row) => row.name));
  return wanted.filter((partition) => names.has(partition.name));
}

/** Names and bounds are our own: no text from outside reaches the statement. */
function createPartition({ name, table, from, to }: Partition): string {
  const filled = FILLED[table] ?? 100;
  return `create table if not exists ${name} partition of ${table} for values from (${from}) to (${to})
    with (fillfactor = ${filled})`;
}

/** Unlike triggers of rows, one of statements is not inherited from the whole table. */
function refuseTruncate({ name, table }: Partition): string {
  return `create trigger ${table}_truncate before truncate on ${name} execute function refuse_audit_change()`;
}

/** Pure: the partitions that must exist at an instant. */
export function partitionsAround(now: Instant): Partition[] {
  const first = firstOfMonth(now, -1);
  const months = Array.from({ length: MONTHS_AHEAD + 2 }, (_, index) => firstOfMonth(first, index));
  return PARTITIONED.flatMap((table) =>
    months
      .map((month) => ({
        table,
        name: `${table}_${new Date(month).toISOString().slice(0, 7).replace('-', '_')}`,
        from: largeIdAt(month),
        to: largeIdAt(firstOfMonth(month, 1)),
      }))
      // ids begin in 2026: a clock before that makes no empty ranges
      .filter((partition) => partition.from !== partition.to),
  );
}

/** The beginning of the month of an instant, or of one so many months later. */
export function firstOfMonth(instant: Instant, offset: number): Instant {
  const date = new Date(instant);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1);
}
