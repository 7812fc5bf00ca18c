import { invalid, notFound } from '../model/error.ts';
import type { TenantId } from '../model/ids.ts';
import { unwrapDataKey, wrapDataKey } from '../secrets/data-key.ts';
import { keyCheck, type MasterKey } from '../secrets/master-key.ts';
import { MasterKeys } from '../secrets/master-keys.ts';
import { INSTANCE, recordDeed } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import type { Ground } from '../store/ground.ts';
import { lockInstanceValue, replaceInstanceValue } from '../store/instance.ts';
import { countKeysNotWrappedBy, lockKeysWrappedBy, rewrapTenantKeys } from '../store/tenant-keys.ts';

export interface MasterKeyRotation {
  readonly old: MasterKey;
  readonly next: MasterKey;
}

export interface RotationResult {
  /** Data keys that are wrapped by the new master key now, and were by the old one. */
  readonly rewrapped: number;
  /** Data keys that neither key opens; they are left as they are. */
  readonly left: number;
}

/** Data keys locked at a time: others wait for milliseconds. */
type KeyGround = Pick<Ground, 'database' | 'clock'>;

const SLICE = 200;

/**
 * Makes another master key the one that counts, and wraps every data key by it; secrets themselves stay as they are.
 * First new data keys are wrapped by the new one, then the others, slice by slice: broken off, it is run again.
 * Nodes that know both keys go on all the while.
 *
 * @throws TriplineError invalid when the database belongs to neither key
 */
export async function rotateMasterKey(
  ground: KeyGround,
  { old, next }: MasterKeyRotation,
  slice = SLICE,
): Promise<RotationResult> {
  const [from, to] = [keyCheck(old), keyCheck(next)];
  if (from === to) throw invalid('the new master key is the old one: make another');
  await changeCounting(ground, from, to);
  const { database } = ground;
  const masters = new MasterKeys(next, old);
  let rewrapped = 0;
  for (let after: TenantId | null = null; ; ) {
    const done = await rewrapSlice(database, masters, { from, to, after, limit: slice });
    rewrapped += done.rewrapped;
    if (done.last === undefined) break;
    after = done.last;
  }
  return { rewrapped, left: await countKeysNotWrappedBy(database, [to]) };
}

/** Deeds that make a data key hold the value shared: none wraps by the old key after this. */
async function changeCounting({ database, clock }: KeyGround, from: string, to: string): Promise<void> {
  const now = clock.now();
  await database.transaction(async (tx) => {
    const counting = await lockInstanceValue(tx, 'master_key_check', 'alone');
    if (counting === undefined) throw notFound('this database has no master key yet: start Tripline with the new one');
    if (counting === from) {
      await replaceInstanceValue(tx, 'master_key_check', to);
      const subject = { kind: 'master_key', id: '0', name: 'master key' };
      const system = 'tripline secrets rotate-master-key';
      return recordDeed(tx, { system }, { now, tenantId: INSTANCE, deed: 'instance.master_key_rotated', subject });
    }
    if (counting !== to) {
      throw invalid('neither the old nor the new master key is the one that this database was written with');
    }
  });
}

interface Slice {
  readonly from: string;
  readonly to: string;
  readonly after: TenantId | null;
  readonly limit: number;
}

function rewrapSlice(
  database: Database,
  masters: MasterKeys,
  { from, to, after, limit }: Slice,
): Promise<{ rewrapped: number; last: TenantId | undefined }> {
  return database.transaction(async (tx) => {
    const keys = await lockKeysWrappedBy(tx, { wrappedBy: from, after, limit });
    const made = keys.flatMap((key) => {
      const dataKey = unwrapDataKey(masters, key);
      return (dataKey && wrapDataKey(masters, to, key.tenantId, dataKey)) ?? [];
    });
    if (made.length > 0) await rewrapTenantKeys(tx, made);
    return { rewrapped: made.length, last: keys.at(-1)?.tenantId };
  });
}
