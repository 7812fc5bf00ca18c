import type { Instant } from '../model/clock.ts';
import type { Artifact } from '../store/artifacts.ts';
import type { Collection } from '../store/collections.ts';
import type { Transaction } from '../store/database.ts';
import { type DeadlineKey, removeDeadline, setDeadline } from '../store/deadlines.ts';

const INHERITED = -1;
/** A hundred years: what lives longer lives for ever. */
const LONGEST_S = 3_153_600_000;

/** When a version has lived as long as it was to live; `undefined` when it lives for ever. */
export function endOfVersion(
  { ttlSeconds, committedAt }: Pick<Artifact, 'ttlSeconds' | 'committedAt'>,
  sequence: Pick<Collection, 'ttlSeconds'> | undefined,
): Instant | undefined {
  const seconds = ttlSeconds === INHERITED ? sequence?.ttlSeconds : ttlSeconds;
  if (committedAt === null || seconds == null || seconds <= 0 || seconds > LONGEST_S) return undefined;
  return committedAt + seconds * 1000;
}

/** Has a version, whose lock is held, looked at when it has lived as long as it was to live. */
export async function setEnd(
  tx: Transaction,
  artifact: Artifact,
  sequence: Pick<Collection, 'ttlSeconds'> | undefined,
): Promise<void> {
  const end = endOfVersion(artifact, sequence);
  await (end === undefined ? removeDeadline(tx, endDeadline(artifact)) : setDeadline(tx, endDeadline(artifact), end));
}

/** Under which the end of a version is noted. */
export function endDeadline({ tenantId, artifactId }: Artifact): DeadlineKey {
  return { tenantId, kind: 'ttl', subjectId: artifactId };
}
