import { verifyChain } from '../audit/verify-chain.ts';
import { conflict, invalid, notFound } from '../model/error.ts';
import { type Flags, loadSettings } from '../server/settings/load.ts';
import type { ChainPlace, Walk } from '../store/audit-chain.ts';
import { auditedTenants, type ChainOfTenant } from '../store/audit-checks.ts';
import type { Database } from '../store/database.ts';
import { joinDatabase } from './join-database.ts';

interface Wanted {
  readonly entity?: string;
  readonly head?: string;
}

/** `tripline audit verify`: checks the chains of the audit log. @throws TriplineError conflict where one is not whole */
export async function verifyAudit({ entity, head, ...flags }: Flags & Wanted): Promise<void> {
  const known = head === undefined ? [] : [parseHead(head)];
  if (known.length > 0 && entity === undefined) throw invalid('Name the entity that the head is of with --entity.');
  const lines = await joinDatabase(loadSettings(flags, process.env), (database) => check(database, entity, known));
  console.log(lines.map(({ line }) => line).join('\n'));
  const broken = lines.filter(({ whole }) => !whole).length;
  if (broken > 0) throw conflict(`The audit log is not whole: ${broken} of ${lines.length} chains are broken.`);
}

async function check(database: Database, entity: string | undefined, known: readonly ChainPlace[]) {
  const all = await auditedTenants(database);
  const wanted = entity === undefined ? all : all.filter((chain) => chain.name === entity || chain.tenantId === entity);
  if (entity !== undefined && wanted.length === 0) throw notFound(`There is no audit log of an entity '${entity}'.`);
  const lines: { line: string; whole: boolean }[] = [];
  for (const chain of wanted) {
    const report = await verifyChain(database, chain.tenantId, known);
    lines.push({ line: told(chain, report), whole: report.broken === undefined });
  }
  return lines;
}

function told({ tenantId, name }: ChainOfTenant, { whole, dropped, reached, broken }: Walk): string {
  const who = tenantId === '0' ? 'the installation' : `${name ?? 'a removed entity'} (${tenantId})`;
  const before = dropped === 0 ? '' : `, beside ${dropped} that were dropped`;
  if (broken === undefined) return `${who}: ${counted(whole)} whole${before}; head ${reached.number}:${reached.hash}`;
  return `${who}: BROKEN at entry ${broken.number}: ${broken.what}; ${counted(whole, ' before it')} whole${before}`;
}

const counted = (entries: number, which = ''): string =>
  entries === 1 ? `1 entry${which} is` : `${entries} entries${which} are`;

function parseHead(text: string): ChainPlace {
  const [, number, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (number !== undefined && hash !== undefined) return { number: Number(number), hash };
  throw invalid("A head is a number and a hash, as the log and this command write them: '12:ab34…'.");
}
