import type { Instant } from '../model/clock.ts';
import { notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import type { MasterKeys } from '../secrets/master-keys.ts';
import { sealValue } from '../secrets/secret-value.ts';
import { recordDeed } from '../store/audit.ts';
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
  deed: 'secret.created' | 'secret.rotated',
  write: (tx: Transaction, secret: SecretWrite) => Promise<void>,
): Promise<SavedSecret> {
  const { value, notices } = parseSecretValue(input.value);
  const key = { tenantId: entity.tenantId, name: input.name };
  const secret = await database.transaction(async (tx) => {
    if ((await lockEntity(tx, entity.id, 'shared')) === undefined) throw notFound(`entity '${entity.name}' not found`);
    const sealed = sealValue(await tenantDataKey(tx, masters, key.tenantId), key, value);
    const now = clock.now();
    await write(tx, { ...key, sealed, by: viewer.userId, now });
    const saved = await secretByName(tx, key.tenantId, key.name);
    if (saved !== undefined) await recordSecret(tx, viewer, saved, deed, now);
    return saved;
  });
  if (secret === undefined) throw notFound(`secret '${key.name}' not found`);
  return { secret, notices };
}

/** By its version: what a secret holds leaves no trace, not even a hash. */
function recordSecret(
  tx: Transaction,
  viewer: Viewer,
  { tenantId, name, version, previousUntil }: Secret,
  deed: 'secret.created' | 'secret.rotated',
  now: Instant,
): Promise<void> {
  const before = deed === 'secret.created' ? null : { version: version - 1 };
  const subject = { kind: 'secret', id: name, name };
  return recordDeed(tx, viewer, { now, tenantId, deed, subject, before, after: { version, previousUntil } });
}
