import type { ProjectId, TenantId } from '../model/ids.ts';

/** Some runs of a project, by their ids on the wire; those that there are not are left out. */
export interface SomeRuns {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
  readonly names: readonly string[];
}
