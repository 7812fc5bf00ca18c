import type { ProjectId, TenantId } from '../model/ids.ts';
import { type Place, VISIBILITIES, type Viewer, type Visibility } from '../model/viewer.ts';
import { permits } from './permits.ts';

/** Which projects of an entity somebody may see: those of some visibilities, and registries besides. */
export interface SeenProjects {
  readonly tenantId: TenantId;
  readonly visibilities: readonly Visibility[];
  /** Those of other entities may be among them. */
  readonly registries: readonly ProjectId[];
}

/**
 * What {@link permits} lets a viewer see of the projects of an entity, for statements that list them. A registry that
 * is not restricted is seen by whom its organization's other projects are seen; every role that somebody was given in
 * a registry lets them see it.
 */
export function seenProjects(viewer: Viewer, { tenantId, rootId }: Place): SeenProjects {
  return {
    tenantId,
    visibilities: VISIBILITIES.filter((visibility) => permits(viewer, 'see', { tenantId, rootId, visibility })),
    registries: [...viewer.registryRoles.keys()],
  };
}
