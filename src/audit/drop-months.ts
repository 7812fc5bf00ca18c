import type { Instant } from '../model/clock.ts';
import { conflict, invalid } from '../model/error.ts';
import { auditPartitionsBefore, dropAuditPartition } from '../store/audit-drops.ts';
import type { Database } from '../store/database.ts';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/**
 * Drops the months of the audit log before another; what is left is chained to their last hashes.
 *
 * @param month `2027-01`: the first that stays
 * @returns the names of the partitions that were dropped
 * @throws TriplineError conflict while one of them holds entries that are not sealed: then none is dropped; invalid for
 *   a month to come
 */
export async function dropMonths(database: Database, month: string, now: Instant): Promise<string[]> {
  if (!MONTH.test(month)) throw invalid("A month is written as '2027-01'.");
  // without its partition no deed could be recorded, and so none done
  if (month > new Date(now).toISOString().slice(0, 7)) throw invalid('The present month and those to come stay.');
  return database.transaction(async (tx) => {
    const names = await auditPartitionsBefore(tx, month);
    for (const name of names) {
      if (!(await dropAuditPartition(tx, name))) throw conflict(`${name} holds entries that are not sealed yet.`);
    }
    return names;
  });
}
