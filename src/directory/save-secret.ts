import { notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import type { MasterKeys } from '../secrets/master-keys.ts';
import { sealValue } from '../secrets/secret-value.ts';
import type { Transaction } from '../store/database.ts';
import { lockEntity } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import { type Secret, type SecretWrite, secretByName } from '../store/secrets.ts';
import type { EntityPlace } from './find-entity.ts';
import { parseSecretValue } from './secret-input.ts';
import { tenantDataKey } from './tenant-data-key.ts';

/** What deeds that seal something stand on. */
export interface SecretGround extends Pick<Ground, 'database' | 'clock'> {
  readonly masters: MasterKeys;
}

export interface SecretInput {
  readonly name: string;
  readonly value: string;
}

export interface SavedSecret {
  readonly secret: Secret;
  /** Sentences for whoever gave the value. */
  readonly notices: readonly string[];
}

/**
 * Seals a value and stores it by `write`, in one transaction.
 *
 * @throws TriplineError invalid, not_found, unavailable, and what `write` throws
 */
export async function saveSecret(
  { database, clock, masters }: SecretGround,
  viewer: Viewer,
  entity: EntityPlace,
  input: SecretInput,
  write: (tx: Transaction, secret: SecretWrite) => Promise<void>,
): Promise<SavedSecret> {
  const { value, notices } = parseSecretValue(input.value);
  const key = { tenantId: entity.tenantId, name: input.name };
  const secret = await database.transaction(async (tx) => {
    if ((await lockEntity(tx, entity.id, 'shared')) === undefined) throw notFound(`entity '${entity.name}' not found`);
    const sealed = sealValue(await tenantDataKey(tx, masters, key.tenantId), key, value);
    await write(tx, { ...key, sealed, by: viewer.userId, now: clock.now() });
    return secretByName(tx, key.tenantId, key.name);
  });
  if (secret === undefined) throw notFound(`secret '${key.name}' not found`);
  return { secret, notices };
}
