import { dropMonths, parseMonth } from '../audit/drop-months.ts';
import { type Flags, loadSettings } from '../server/settings/load.ts';
import { joinDatabase } from './join-database.ts';

/** `tripline audit drop`: forgets whole months of the audit log; an anchor keeps the last hash of each chain. */
export async function dropAudit({ before, ...flags }: Flags & { readonly before: string }): Promise<void> {
  const month = parseMonth(before, Date.now());
  const dropped = await joinDatabase(loadSettings(flags, process.env), (database) => dropMonths(database, month));
  console.log(dropped.length === 0 ? `Nothing is older than ${before}.` : `Dropped: ${dropped.join(', ')}.`);
}
