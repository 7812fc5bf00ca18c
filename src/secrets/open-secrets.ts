import type { Clock, Instant } from '../model/clock.ts';
import type { TenantId } from '../model/ids.ts';
import type { SecretAccess } from '../model/secret-access.ts';
import type { DataKeys } from './data-keys.ts';
import { type SecretKey, unsealValue } from './secret-value.ts';

/** A secret as it is stored. */
export interface SealedSecret extends SecretKey {
  readonly sealed: Uint8Array;
  /** The value before the last rotation, while that one's overlap was chosen to last. */
  readonly previous: Uint8Array | null;
  readonly previousUntil: Instant | null;
  readonly lastUsedAt: Instant | null;
  readonly access: SecretAccess;
}

/** What secrets are opened with; made once, by the composition root. */
export interface SecretRoom {
  readonly clock: Clock;
  readonly dataKeys: DataKeys;
  readonly readSecrets: (wanted: readonly SecretKey[]) => Promise<readonly SealedSecret[]>;
  /** Keeps when secrets were last used. */
  readonly noteUse: (used: readonly SecretKey[], now: Instant) => Promise<void>;
}

export interface WantedSecrets {
  readonly tenantId: TenantId;
  readonly names: readonly string[];
}

/** `locked`: it is there, and this node cannot open it now; nothing is lost, and a node with the right key can. */
export type OpenedSecret =
  | {
      readonly kind: 'open';
      readonly value: string;
      /** While a rotation's overlap lasts: for signatures only, beside the new one. */
      readonly previous: string | undefined;
      /** What it may be used for: whoever asks must heed it. */
      readonly access: SecretAccess;
    }
  | { readonly kind: 'missing' | 'locked' };

/** The answer for one secret of those that were asked for. */
export type FindOpened = (tenantId: TenantId, name: string) => OpenedSecret;

const NOTED_EVERY_MS = 60_000;

/**
 * Opens secrets for a batch, as they stand now: who rotates one must not see the old value used after that. Never
 * log or keep what it answers.
 *
 * @throws when the database fails
 */
export async function openSecrets(room: SecretRoom, wanted: readonly WantedSecrets[]): Promise<FindOpened> {
  const keys = new Map(
    wanted.flatMap(({ tenantId, names }) => names.map((name) => [keyOf(tenantId, name), { tenantId, name }])),
  );
  if (keys.size === 0) return () => ({ kind: 'missing' });
  const rows = await room.readSecrets([...keys.values()]);
  // after the secrets: whoever stores an entity's first one stores its data key with it
  const dataKeys = await room.dataKeys.of([...new Set(rows.map(({ tenantId }) => tenantId))]);
  const now = room.clock.now();
  const opened = new Map(
    rows.map((row) => [keyOf(row.tenantId, row.name), open(dataKeys.get(row.tenantId), row, now)]),
  );
  const unnoted = rows.filter(({ lastUsedAt }) => lastUsedAt === null || lastUsedAt < now - NOTED_EVERY_MS);
  if (unnoted.length > 0) await room.noteUse(unnoted, now);
  return (tenantId, name) => opened.get(keyOf(tenantId, name)) ?? { kind: 'missing' };
}

function open(dataKey: Uint8Array | undefined, row: SealedSecret, now: Instant): OpenedSecret {
  const value = dataKey && unsealValue(dataKey, row, row.sealed);
  if (dataKey === undefined || value === undefined) return { kind: 'locked' };
  const overlaps = row.previous !== null && row.previousUntil !== null && now < row.previousUntil;
  const previous = overlaps ? unsealValue(dataKey, row, row.previous) : undefined;
  return { kind: 'open', value, previous, access: row.access };
}

function keyOf(tenantId: TenantId, name: string): string {
  return `${tenantId}/${name}`;
}
