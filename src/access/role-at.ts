import type { Place, Role, Viewer } from '../model/viewer.ts';

/**
 * The role that a viewer has at a place; `undefined` for strangers. Instance admins and the admins of an
 * organization are admins of everything below. Membership of an organization alone gives no role in its teams,
 * and membership of a team alone gives none in its restricted projects (automations, section 1.4).
 */
export function roleAt(viewer: Viewer, place: Place): Role | undefined {
  if (viewer.admin || viewer.roles.get(place.rootId) === 'admin') return 'admin';
  const role = viewer.roles.get(place.tenantId);
  return place.visibility === 'Restricted' && role !== 'admin' ? undefined : role;
}
