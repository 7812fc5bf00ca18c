import { DataKeys } from '../secrets/data-keys.ts';
import type { MasterKeys } from '../secrets/master-keys.ts';
import type { SecretRoom } from '../secrets/open-secrets.ts';
import type { Ground } from '../store/ground.ts';
import { noteUse, readSealed } from '../store/sealed-secrets.ts';
import { tenantKeys } from '../store/tenant-keys.ts';

/** What secrets are opened with for deliveries. */
export function openSecretRoom(
  { database, clock }: Pick<Ground, 'database' | 'clock'>,
  masters: MasterKeys,
  log: { error(details: object, message: string): void },
): SecretRoom {
  const dataKeys = new DataKeys(
    masters,
    (tenants) => tenantKeys(database, tenants),
    ({ tenantId, wrappedBy }) =>
      log.error(
        { entity: tenantId, masterKey: wrappedBy },
        'the secrets of an entity are sealed under a master key that this node does not know: start it with that key',
      ),
  );
  return {
    clock,
    dataKeys,
    readSecrets: (wanted) => readSealed(database, wanted),
    noteUse: (used, now) => noteUse(database, used, now),
  };
}
