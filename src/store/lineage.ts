import type { Instant } from '../model/clock.ts';
import type { ProjectId } from '../model/ids.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { Transaction } from './database.ts';
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

/** Notes that a run made or used a version; once is enough. @returns whether it was not noted yet */
export async function insertLineage(tx: Transaction, link: LineageLink): Promise<boolean> {
  const { run, direction, artifact, usedAs, now } = link;
  const rows = await tx.query<{ projectId: ProjectId | null }>(
    `insert into lineage (tenant_id, run_id, direction, artifact_tenant_id, artifact_id, used_as, created_at)
     values ($1::bigint, $2::bigint, $3::text, $4::bigint, $5::bigint, $6::text, $7::timestamptz)
     on conflict do nothing
     returning (select project_id from run where run.tenant_id = lineage.tenant_id and run.run_id = lineage.run_id)
       as "projectId"`,
    [run.tenantId, run.runId, direction, artifact.tenantId, artifact.artifactId, usedAs, new Date(now)],
  );
  for (const { projectId } of rows)
    if (projectId !== null)
      tx.changed({ kind: 'run', tenantId: run.tenantId, projectId, runId: run.runId, part: 'record' });
  return rows.length > 0;
}
