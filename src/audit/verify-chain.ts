import type { TenantId } from '../model/ids.ts';
import {
  type ChainBreak,
  type ChainPlace,
  type Known,
  lostEnd,
  type SealedEntry,
  WALK_START,
  type Walk,
  walkChain,
} from '../store/audit-chain.ts';
import { chainAnchors, chainHead, type EntryPlace, sealedEntries } from '../store/audit-checks.ts';
import type { Queryable } from '../store/database.ts';

const AT_ONCE = 1_000;
/** Before every number, also those that no sealer gives. */
const FIRST: EntryPlace = { number: Number.MIN_SAFE_INTEGER, id: '0' };

/**
 * Checks the chain of a tenant from its start to its head, steps over what was dropped, and says where it breaks first.
 *
 * @param written heads that were written down elsewhere, for instance in the server's log
 */
export async function verifyChain(
  database: Queryable,
  tenantId: TenantId,
  written: readonly ChainPlace[] = [],
): Promise<Walk> {
  const head = await chainHead(database, tenantId);
  const anchors = new Map((await chainAnchors(database, tenantId)).map((anchor) => [anchor.first, anchor]));
  const known: Known = { anchors, checkpoints: [...written, ...(head === undefined ? [] : [head])] };
  let walk = WALK_START;
  for (let after: EntryPlace | undefined = FIRST; after !== undefined && walk.broken === undefined; ) {
    const entries: SealedEntry[] = await sealedEntries(database, tenantId, after, AT_ONCE);
    walk = walkChain(walk, entries, known);
    after = entries.at(-1);
  }
  if (walk.broken !== undefined) return walk;
  const broken = lostEnd(walk.reached, known.checkpoints) ?? (await beyondHead(database, tenantId, walk.reached));
  return broken === undefined ? walk : { ...walk, broken };
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
