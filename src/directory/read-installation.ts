import { demandInstanceAdmin } from '../access/demand.ts';
import type { Viewer } from '../model/viewer.ts';
import type { MasterKeys } from '../secrets/master-keys.ts';
import { INSTANCE } from '../store/audit.ts';
import type { ChainPlace } from '../store/audit-chain.ts';
import { chainHead } from '../store/audit-checks.ts';
import { type Unsealed, unsealedSince } from '../store/audit-seals.ts';
import type { Ground } from '../store/ground.ts';
import { type InstallationCounts, installationCounts } from '../store/installation.ts';
import { instanceValue } from '../store/instance.ts';
import { countKeysNotWrappedBy } from '../store/tenant-keys.ts';

/** How the installation stands at the moment. */
export interface Installation extends InstallationCounts {
  readonly masterKey: {
    /** Whether this node knows the key that counts for the database. */
    readonly known: boolean;
    /** Entities whose secrets this node cannot open. */
    readonly lockedEntities: number;
  };
  readonly audit: {
    /** Of the installation's own chain; `undefined` before its first entry is sealed. */
    readonly head: ChainPlace | undefined;
    /** Of all chains. */
    readonly unsealed: Unsealed;
  };
}

/** For instance admins. @throws TriplineError forbidden */
export async function readInstallation(
  { database, clock }: Pick<Ground, 'database' | 'clock'>,
  masters: MasterKeys,
  viewer: Viewer,
): Promise<Installation> {
  demandInstanceAdmin(viewer);
  const now = clock.now();
  const [counts, counting, lockedEntities, head, unsealed] = await Promise.all([
    installationCounts(database, now),
    instanceValue(database, 'master_key_check'),
    countKeysNotWrappedBy(database, masters.known),
    chainHead(database, INSTANCE),
    unsealedSince(database, now),
  ]);
  const known = counting !== undefined && masters.known.includes(counting);
  return { ...counts, masterKey: { known, lockedEntities }, audit: { head, unsealed } };
}
