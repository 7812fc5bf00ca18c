import { TriplineError } from '../model/error.ts';
import type { TenantId } from '../model/ids.ts';
import type { Queryable } from '../store/database.ts';
import { entityById } from '../store/entities.ts';
import { storedSpace } from '../store/stored-space.ts';

/** How many bytes each entity may store; `undefined` for any number. */
export type SpaceLimit = number | undefined;

/** An upload may go so far over the limit, or a tenth of it, until its version is committed and is told so. */
const LEAST_HEADROOM = 1024 ** 3;

/** The most that an entity may hold while uploads are under way. */
export function whileUploading(limit: SpaceLimit): SpaceLimit {
  return limit === undefined ? undefined : limit + Math.max(LEAST_HEADROOM, Math.ceil(limit / 10));
}

/**
 * Expects that an entity has room for more bytes.
 *
 * @param more that it would store; 0 asks whether it is over the limit already
 * @throws TriplineError too_large, which says how much is stored and what to do
 */
export async function expectRoom(
  database: Queryable,
  limit: SpaceLimit,
  tenantId: TenantId,
  more: number,
): Promise<void> {
  if (limit === undefined) return;
  const { bytes } = await storedSpace(database, tenantId);
  if (bytes + more > limit) throw await noRoom(database, limit, tenantId, bytes, more);
}

/**
 * Expects that there was room for what has come, where its request said less before: it was packed, or came in pieces.
 *
 * @throws TriplineError too_large
 */
export async function expectRoomAfter(
  database: Queryable,
  limit: SpaceLimit,
  tenantId: TenantId,
  { said = 0, size }: { readonly said: number | undefined; readonly size: number },
): Promise<void> {
  if (size > said) await expectRoom(database, limit, tenantId, size);
}

async function noRoom(database: Queryable, limit: number, tenantId: TenantId, bytes: number, more: number) {
  const entity = await entityById(database, tenantId);
  const wanted = more === 0 ? '' : ` and ${inMegabytes(more)} would come on top`;
  return new TriplineError(
    'too_large',
    `'${entity?.name}' stores ${inMegabytes(bytes)} of the ${inMegabytes(limit)} that it may${wanted}: nothing of this was kept. Delete versions or files of runs, or ask the operator for more (--entity-space); then log it again.`,
  );
}

function inMegabytes(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
