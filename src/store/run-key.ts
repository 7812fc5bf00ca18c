import type { RunId, TenantId } from '../model/ids.ts';

/** The key of a run in every large table. */
export interface RunKey {
  readonly tenantId: TenantId;
  readonly runId: RunId;
}
