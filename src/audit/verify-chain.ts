import type { TenantId } from '../model/ids.ts';
import {
  CHAIN_START,
  type ChainBreak,
  type ChainPlace,
  lostEnd,
  type SealedEntry,
  walkChain,
} from '../store/audit-chain.ts';
import { chainAnchor, chainHead, type EntryPlace, sealedEntries } from '../store/audit-checks.ts';
import type { Queryable } from '../store/database.ts';

export interface ChainReport {
  /** Entries that are there and unchanged. */
  readonly whole: number;
  /** Entries before them that were dropped: only the anchor speaks for them. */
  readonly dropped: number;
  readonly reached: ChainPlace;
  readonly broken?: ChainBreak;
}

const AT_ONCE = 1_000;
/** Before every number, also those that no sealer gives. */
const FIRST: EntryPlace = { number: Number.MIN_SAFE_INTEGER, id: '0' };
const LAST_ID = String(2n ** 63n - 1n);

/**
 * Checks the chain of a tenant from its anchor, else its start, to its head, and says where it breaks first.
 *
 * @param known heads that were written down elsewhere, for instance in the server's log
 */
export async function verifyChain(
  database: Queryable,
  tenantId: TenantId,
  known: readonly ChainPlace[] = [],
): Promise<ChainReport> {
  const head = await chainHead(database, tenantId);
  const dropped = await chainAnchor(database, tenantId);
  const anchor = dropped ?? CHAIN_START;
  const checkpoints = [...known, ...(head === undefined ? [] : [head])].filter(({ number }) => number > anchor.number);
  let reached: ChainPlace = anchor;
  let broken: ChainBreak | undefined;
  let after: EntryPlace | undefined = dropped === undefined ? FIRST : { number: dropped.number, id: LAST_ID };
  while (after !== undefined && broken === undefined) {
    const entries: SealedEntry[] = await sealedEntries(database, tenantId, after, AT_ONCE);
    ({ reached, broken } = { broken: undefined, ...walkChain(reached, entries, checkpoints) });
    after = entries.at(-1);
  }
  broken ??= lostEnd(reached, checkpoints) ?? (await beyondHead(database, tenantId, reached));
  const report = { whole: reached.number - anchor.number, dropped: anchor.number, reached };
  return broken === undefined ? report : { ...report, broken };
}

/** Read after the entries: the head may have moved on meanwhile, never back. */
async function beyondHead(
  database: Queryable,
  tenantId: TenantId,
  reached: ChainPlace,
): Promise<ChainBreak | undefined> {
  const number = (await chainHead(database, tenantId))?.number ?? 0;
  if (number >= reached.number) return undefined;
  return { number: number + 1, what: `the head of the chain says ${number} entries, and there are ${reached.number}` };
}
