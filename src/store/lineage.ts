import type { Instant } from '../model/clock.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { Queryable } from './database.ts';
import type { RunKey } from './run-heads.ts';

/** That a run made a version, or used it. */
export interface LineageLink {
  readonly run: RunKey;
  readonly direction: 'output' | 'input';
  readonly artifact: ArtifactKey;
  /** The name under which the script used it. */
  readonly usedAs: string | null;
  readonly now: Instant;
}

/** Notes that a run made or used a version; once is enough. */
export async function insertLineage(database: Queryable, link: LineageLink): Promise<void> {
  const { run, direction, artifact, usedAs, now } = link;
  await database.execute(
    `insert into lineage (tenant_id, run_id, direction, artifact_tenant_id, artifact_id, used_as, created_at)
     values ($1::bigint, $2::bigint, $3::text, $4::bigint, $5::bigint, $6::text, $7::timestamptz)
     on conflict do nothing`,
    [run.tenantId, run.runId, direction, artifact.tenantId, artifact.artifactId, usedAs, new Date(now)],
  );
}
