import type { AuditedDeed } from '../model/audit.ts';
import type { Viewer } from '../model/viewer.ts';
import { type RecordedDeed, recordDeed } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { tellProject } from '../store/tell-project.ts';

type ProjectDeed = Extract<AuditedDeed, `project.${string}` | `registry.${string}`>;

/** Leaves an entry about a project or a registry, and has whoever saw it told. */
export function recordProject(
  tx: Transaction,
  viewer: Viewer,
  project: ProjectPlace,
  facts: Pick<RecordedDeed, 'now' | 'before' | 'after'> & { readonly deed: ProjectDeed },
): Promise<void> {
  const { id, name, tenantId, registryId } = project;
  tellProject(tx, project);
  const kind = registryId === null ? 'project' : 'registry';
  return recordDeed(tx, viewer, { ...facts, tenantId, subject: { kind, id, name } });
}

/** What can be set of a project. */
export function shownProject({ visibility, description }: ProjectPlace) {
  return { visibility, description };
}
