import type { ProjectId, TenantId } from '../model/ids.ts';
import type { Visibility } from '../model/viewer.ts';
import type { Transaction } from './database.ts';

/** A project, as it can be seen before or after a change. */
interface SeenProject {
  readonly tenantId: TenantId;
  readonly id: ProjectId;
  readonly visibility: Visibility;
}

/** Has whoever listens, and may see the project as it is given here, told after the commit that it changed. */
export function tellProject(tx: Transaction, { tenantId, id, visibility }: SeenProject): void {
  tx.changed({ kind: 'project', tenantId, projectId: id, visibility });
}
