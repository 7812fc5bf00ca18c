import type { Instant } from '../model/clock.ts';
import { conflict, invalid } from '../model/error.ts';
import { auditPartitionsBefore, dropAuditPartition } from '../store/audit-drops.ts';
import type { Database } from '../store/database.ts';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** A month, written `2027-01`. @throws TriplineError invalid, also for a month to come when the present is given */
export function parseMonth(text: string, now: Instant): string {
  if (!MONTH.test(text)) throw invalid("A month is written as '2027-01'.");
  // without its partition no deed could be recorded, and so none done
  if (text > new Date(now).toISOString().slice(0, 7)) throw invalid('The present month and those to come stay.');
  return text;
}

/**
 * Drops the months of the audit log before another; what is left is chained to their last hashes.
 *
 * @param month as {@link parseMonth} reads it: the first that stays
 * @returns the names of the partitions that were dropped
 * @throws TriplineError conflict while one of them holds entries that are not sealed: then none is dropped
 */
export async function dropMonths(database: Database, month: string): Promise<string[]> {
  return database.transaction(async (tx) => {
    const names = await auditPartitionsBefore(tx, month);
    for (const name of names) {
      if (!(await dropAuditPartition(tx, name))) throw conflict(`${name} holds entries that are not sealed yet.`);
    }
    return names;
  });
}
