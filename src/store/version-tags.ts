import type { Instant } from '../model/clock.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { Queryable, Transaction } from './database.ts';
import { rowsOf } from './rows.ts';

/** The tags of a version, by name. */
export async function tagsOf(database: Queryable, { tenantId, artifactId }: ArtifactKey): Promise<string[]> {
  const rows = await database.query<{ tag: string }>(
    'select tag from version_tag where tenant_id = $1::bigint and artifact_id = $2::bigint order by tag',
    [tenantId, artifactId],
  );
  return rows.map(({ tag }) => tag);
}

/** Adds tags that a version does not have. */
export async function insertVersionTags(
  tx: Transaction,
  { tenantId, artifactId }: ArtifactKey,
  tags: readonly string[],
  now: Instant,
): Promise<void> {
  if (tags.length === 0) return;
  const { values, parameters } = rowsOf(tags, (tag) => [tenantId, artifactId, tag, new Date(now)]);
  await tx.execute(
    `insert into version_tag (tenant_id, artifact_id, tag, created_at) values ${values} on conflict do nothing`,
    parameters,
  );
}
